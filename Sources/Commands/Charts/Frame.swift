// The rectangle in which a chart's data lie, with its grid, its ticks and the names of its axes.

struct Frame {
    let width: Double
    let height: Double
    var left = 70.0
    var top = 50.0
    var rightMargin = 20.0
    var bottomMargin = 48.0

    var right: Double { width - rightMargin }
    var bottom: Double { height - bottomMargin }
    var innerWidth: Double { right - left }
    var innerHeight: Double { bottom - top }

    /// The place of a share of the horizontal axis, in pixels.
    func x(_ share: Double) -> Double { left + share * innerWidth }
    /// The same of the vertical axis, which grows upwards.
    func y(_ share: Double) -> Double { bottom - share * innerHeight }

    func draw(_ x: Axis, _ y: Axis, xName: String, yName: String, on svg: inout SVG) {
        drawLevels(y, on: &svg)
        for tick in x.ticks {
            let place = self.x(x.share(tick.value))
            svg.line(place, top, place, bottom, Palette.grid)
            svg.line(place, bottom, place, bottom + 4, Palette.frame)
            svg.text(place, bottom + 18, tick.label, anchor: .middle)
        }
        svg.line(left, bottom, right, bottom, Palette.frame)
        svg.line(left, top, left, bottom, Palette.frame)
        svg.text((left + right) / 2, bottom + 38, xName, anchor: .middle)
        if !yName.isEmpty { svg.text(16, (top + bottom) / 2, yName, anchor: .middle, turned: true) }
    }
    /// The ticks of the vertical axis and their lines alone.
    func drawLevels(_ y: Axis, on svg: inout SVG) {
        for tick in y.ticks {
            let place = self.y(y.share(tick.value))
            svg.line(left, place, right, place, Palette.grid)
            svg.text(left - 8, place + 4, tick.label, anchor: .end)
        }
    }
}

/// About what a text in 13-pixel Helvetica covers, in pixels.
func textWidth(_ text: String) -> Double { 6.4 * Double(text.columns) }
