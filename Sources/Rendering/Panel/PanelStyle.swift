// Sizes and colours of the panel: everything follows from its width.
import RLCore

struct PanelStyle: Hashable, Sendable {
    /// Height of a capital of plain text; the unit of all other sizes.
    let text: Double
    /// Width between the margins.
    let width: Double

    init(width: Int) {
        text = max(7, min(Double(width) / 40, 40))
        margin = 1.4 * text
        self.width = Double(width) - 2 * margin
    }

    let margin: Double
    /// Labels of axes, and words of lesser importance.
    var small: Double { 0.84 * text }
    /// From one line of text to the next.
    var pitch: Double { 2 * text }
    /// A section's heading with the space below it.
    var heading: Double { 2.1 * text }
    /// Between two sections.
    var gap: Double { 1.5 * text }

    static let ground = Colour.night
    /// Where charts and pictures stand.
    static let well = Colour(30, 36, 49)
    static let ink = Colour.snow
    static let faint = Colour(146, 156, 174)
    static let rule = Colour(62, 71, 89)
    static let plain = Colour.skyBlue
    /// What was chosen, and what is now.
    static let chosen = Colour.orange
    /// What is exact, beside what was learned.
    static let exact = Colour.yellow
    static let `return` = Colour(64, 200, 160)
    static let curve = Colour.rose
}
