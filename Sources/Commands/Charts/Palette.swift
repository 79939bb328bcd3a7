// Colours and dashes by which the lines of a chart are told apart: by everyone, and on grey paper.
import RLCore

/// The house's colours without their yellow, which white paper swallows; where they come round
/// again, the dashes have not.
enum Palette {
    static let colours = [Colour.blue, .vermilion, .green, .rose, .black, .orange, .skyBlue].map(\.hexadecimal)
    private static let dashes: [[Double]] = [[], [8, 4], [2, 3], [10, 3, 2, 3], [5, 2]]

    static func colour(_ index: Int) -> String { colours[index % colours.count] }
    /// No two of the first thirty-five look the same.
    static func stroke(_ index: Int) -> SVG.Stroke {
        SVG.Stroke(colour: colour(index), width: 2, dashes: dashes[index % dashes.count])
    }
    static let grid = SVG.Stroke(colour: "#dddddd")
    static let frame = SVG.Stroke(colour: "#444444")
    static let threshold = SVG.Stroke(colour: "#444444", width: 1.2, dashes: [1, 3])
}

extension Colour {
    /// `#rrggbb`
    var hexadecimal: String {
        "#"
            + [red, green, blue].map { byte in
                let text = String(byte, radix: 16)
                return text.count == 1 ? "0" + text : text
            }.joined()
    }
}
