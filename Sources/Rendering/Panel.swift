// The panel beside a world, painted: who plays, how it goes, what the policy thinks.
import RLCore

extension Picture {
    /// Paints `contents` over the whole of `area`; what does not fit is left out.
    public mutating func paintPanel(_ contents: PanelContents, in area: PixelArea) {
        var background = Scene(background: Colour(24, 27, 34))
        background.bounds = Rectangle(x: 0, y: 0, width: Double(max(area.width, 1)), height: Double(max(area.height, 1)))
        paint(background, in: area)
        var lines = [contents.title, contents.subtitle].filter { !$0.isEmpty }
        lines += contents.facts.map { "\($0.label) \($0.value)" }
        lines += contents.lines
        let height = 9.0, pitch = 20.0, margin = 14.0
        var y = Double(area.y) + margin + height / 2
        for line in lines where y + pitch / 2 < Double(area.y + area.height) {
            write(line, at: Point(Double(area.x) + margin, y), height: height, Colour(226, 230, 238), .leading, in: area)
            y += pitch
        }
    }
}
