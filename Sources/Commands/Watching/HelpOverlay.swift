// The help that `?` shows, painted over the picture.

import RLCore
import Rendering

/// Keys under a title.
struct HelpSection {
    let title: String
    let rows: [(keys: String, help: String)]
}

extension Colour {
    static let bar = Colour(30, 34, 44)
    static let brightText = Colour(236, 239, 245)
    static let faintText = Colour(150, 158, 172)
    static let keyText = Colour(240, 190, 90)
}

extension Picture {
    /// As large as the picture allows, in its middle.
    mutating func paintHelp(_ sections: [HelpSection]) {
        let lines = sections.reduce(0) { $0 + $1.rows.count + 2 }
        let longest = sections.flatMap(\.rows).map { Picture.width(of: $0.help, height: 1) }.max() ?? 0
        let widestKeys = sections.flatMap(\.rows).map { Picture.width(of: $0.keys, height: 1) }.max() ?? 0
        // In capitals' heights: a line is 2.1 high, a margin 2 wide.
        let unitsWide = longest + widestKeys + 6, unitsHigh = Double(lines) * 2.1 + 2
        let unit = min(10, Double(width) * 0.94 / unitsWide, Double(height) * 0.94 / unitsHigh)
        let box = Rectangle(
            x: (Double(width) - unitsWide * unit) / 2, y: (Double(height) - unitsHigh * unit) / 2, width: unitsWide * unit,
            height: unitsHigh * unit)
        var scene = Scene(
            bounds: Rectangle(x: 0, y: 0, width: Double(width), height: Double(height)),
            background: Colour(0, 0, 0, opacity: 110))
        scene.rectangle(box, corner: unit, Colour(24, 28, 38, opacity: 240))
        let left = box.x + 2 * unit, second = left + (widestKeys + 2) * unit
        var y = box.y + 1.9 * unit
        for section in sections {
            scene.text(section.title, at: Point(left, y), height: unit, .brightText, .leading)
            y += 2.1 * unit
            for row in section.rows {
                scene.text(row.keys, at: Point(left, y), height: unit, .keyText, .leading)
                scene.text(row.help, at: Point(second, y), height: unit, .brightText, .leading)
                y += 2.1 * unit
            }
            y += 1.6 * unit
        }
        paint(scene, in: area)
    }

    /// An area in one colour.
    mutating func paintBar(_ colour: Colour, in area: PixelArea) {
        paint(Scene(background: colour), in: area)
    }
}
