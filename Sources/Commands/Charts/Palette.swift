// Colours and dashes by which the lines of a chart are told apart: by everyone, and on grey paper.

/// Okabe and Ito's colours ("Color Universal Design", 2008) without their yellow, which white paper swallows; where they come round
/// again, the dashes have not.
enum Palette {
    static let colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#000000", "#e69f00", "#56b4e9"]
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
