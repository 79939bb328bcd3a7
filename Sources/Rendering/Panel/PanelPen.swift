// The vocabulary in which the sections of the panel draw: text that fits, rectangles, lines, pictures, other scenes.
import RLCore

struct PanelPen {
    let style: PanelStyle
    /// What was drawn, in pixels from the panel's upper left corner.
    private(set) var scene: Scene
    /// Scenes of their own units, each with the pixels that it fills.
    private(set) var insets: [(scene: Scene, area: Rectangle)] = []

    init(_ style: PanelStyle, width: Int, height: Int) {
        self.style = style
        scene = Scene(bounds: Rectangle(x: 0, y: 0, width: Double(width), height: Double(height)), background: PanelStyle.ground)
    }

    /// One line no wider than `room`, its end left out where it does not fit; `point` is halfway up a capital.
    ///
    /// - Parameter height: a capital's; nil for that of plain text.
    /// - Returns: the width that it takes.
    @discardableResult mutating func write(
        _ words: String, at point: Point, room: Double, height: Double? = nil, _ colour: Colour = PanelStyle.ink,
        _ alignment: TextAlignment = .leading
    ) -> Double {
        let height = height ?? style.text
        let shown = Picture.fitted(words, in: room, height: height)
        guard !shown.isEmpty else { return 0 }
        scene.text(shown, at: point, height: height, colour, alignment)
        return Picture.width(of: shown, height: height)
    }

    mutating func fill(_ area: Rectangle, corner: Double = 0, _ colour: Colour) {
        guard area.width > 0, area.height > 0 else { return }
        scene.rectangle(area, corner: corner, colour)
    }
    mutating func line(_ points: [Point], width: Double, _ colour: Colour) { scene.line(points, width: width, colour) }
    mutating func polygon(_ points: [Point], _ colour: Colour) { scene.polygon(points, colour) }
    mutating func dot(_ centre: Point, radius: Double, _ colour: Colour) { scene.circle(centre, radius: radius, colour) }
    /// - Parameter bytes: [height, width, 3].
    mutating func picture(_ bytes: [UInt8], width: Int, height: Int, in area: Rectangle) {
        scene.pixels(bytes, width: width, height: height, in: area)
    }
    mutating func inset(_ scene: Scene, in area: Rectangle) { insets.append((scene, area)) }

    /// A section's heading with what it says now at its right end.
    ///
    /// - Returns: what is left of `area` below it.
    mutating func heading(_ words: String, now: String = "", _ colour: Colour = PanelStyle.ink, in area: Rectangle) -> Rectangle {
        let y = area.y + style.text / 2
        let taken = write(now, at: Point(area.x + area.width, y), room: 0.6 * area.width, colour, .trailing)
        let room = area.width - (taken > 0 ? taken + style.text : 0)
        write(words, at: Point(area.x, y), room: room, PanelStyle.faint)
        return Rectangle(
            x: area.x, y: area.y + style.heading, width: area.width, height: max(0, area.height - style.heading))
    }
}
