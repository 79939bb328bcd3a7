// What the network sees and what of it counts: its planes as small pictures, and the saliency as heat over all of them.
import RLCore

struct PanelSight: PanelSection {
    let planes: [Insight.Plane]
    let attention: Insight.Plane?
    /// What is shown as full brightness, the same for all planes.
    private let brightest: Float
    /// Cells that are there or not, as mini-Atari's; else shades of grey.
    private let isBinary: Bool

    /// Nil where the policy sees no picture.
    init?(_ insight: Insight?) {
        guard let insight, !insight.planes.isEmpty || insight.attention != nil else { return nil }
        planes = insight.planes
        attention = insight.attention
        let brightest = max(planes.reduce(0) { max($0, $1.values.reduce(0) { max($0, $1) }) }, 1e-9)
        self.brightest = brightest
        isBinary = planes.allSatisfy { $0.values.allSatisfy { $0 == 0 || $0 == brightest } }
    }

    private var aspect: Double {
        let any = attention ?? planes[0]
        return max(0.1, min(10, Double(any.width) / Double(any.height)))
    }
    /// The share of the width that the heat map takes.
    private var share: Double { attention == nil ? 0 : planes.isEmpty ? 1 : 0.5 }

    func leastHeight(_ style: PanelStyle) -> Double { style.heading + 7 * style.text + 1.8 * style.small }
    func idealHeight(_ style: PanelStyle) -> Double {
        if attention != nil { return style.heading + min(0.5 * style.width / aspect, 1.2 * style.width) + 1.8 * style.small }
        let room = Rectangle(x: 0, y: 0, width: style.width, height: 0.7 * style.width)
        return max(
            leastHeight(style), style.heading + PanelTiles(planes.count, aspect: aspect, in: room, style).totalHeight)
    }

    func draw(in area: Rectangle, with pen: inout PanelPen) {
        let style = pen.style
        let body = pen.heading(planes.isEmpty ? "what counts for the choice" : "what the network sees", in: area)
        let gap = share == 0.5 ? style.gap : 0
        let left = Rectangle(x: body.x, y: body.y, width: share * body.width - gap / 2, height: body.height)
        if let attention {
            let tiles = PanelTiles(1, aspect: aspect, in: left, style)
            draw(heat(attention), attention.width, attention.height, in: tiles.picture(0), with: &pen)
            tiles.drawName("what counts for the choice", of: 0, with: &pen)
        }
        guard !planes.isEmpty else { return }
        let start = left.width > 0 ? left.width + gap : 0
        let right = Rectangle(x: body.x + start, y: body.y, width: body.width - start, height: body.height)
        let tiles = PanelTiles(planes.count, aspect: aspect, in: right, style)
        for (index, plane) in planes.enumerated() where tiles.height >= 1 {
            draw(shades(plane, index), plane.width, plane.height, in: tiles.picture(index), with: &pen)
            tiles.drawName(plane.name, of: index, with: &pen)
        }
    }

    private func draw(_ bytes: [UInt8], _ width: Int, _ height: Int, in area: Rectangle, with pen: inout PanelPen) {
        guard area.width >= 1, area.height >= 1 else { return }
        pen.picture(bytes, width: width, height: height, in: area)
    }

    /// [height, width, 3]: a colour of its own for each plane of cells, grey for pictures.
    private func shades(_ plane: Insight.Plane, _ index: Int) -> [UInt8] {
        let colour = isBinary ? PanelSight.colours[index % PanelSight.colours.count] : PanelStyle.ink
        return plane.values.flatMap { value in
            let mixed = PanelStyle.well.mixed(with: colour, Double(max(0, value) / brightest))
            return [mixed.red, mixed.green, mixed.blue]
        }
    }

    /// [height, width, 3]: what is seen, dark, and over it the heat.
    private func heat(_ attention: Insight.Plane) -> [UInt8] {
        let greatest = max(attention.values.reduce(0) { max($0, $1) }, 1e-30)
        let below = planes.filter { $0.width == attention.width && $0.height == attention.height }
        return attention.values.indices.flatMap { place in
            let seen = below.reduce(Float(0)) { max($0, $1.values[place]) } / brightest
            let ground = PanelStyle.well.mixed(with: PanelStyle.ink, 0.28 * Double(max(0, seen)))
            let heat = Double(max(0, attention.values[place]) / greatest)
            let colour = ground.mixed(with: Heat.colour(heat), min(1, 1.6 * heat))
            return [colour.red, colour.green, colour.blue]
        }
    }

    private static let colours: [Colour] = [
        .skyBlue, .orange, .green, .yellow, .rose, .vermilion, .blue, .snow,
    ]
}

/// From dark violet over orange to pale yellow, ever brighter, so that it can be read without colours too.
enum Heat {
    private static let stops = [
        Colour(28, 16, 68), Colour(107, 28, 109), Colour(187, 55, 84), Colour(237, 121, 37), Colour(252, 222, 120),
    ]
    /// - Parameter share: 0 to 1.
    static func colour(_ share: Double) -> Colour {
        let place = max(0, min(1, share)) * Double(stops.count - 1)
        let index = min(Int(place), stops.count - 2)
        return stops[index].mixed(with: stops[index + 1], place - Double(index))
    }
}
