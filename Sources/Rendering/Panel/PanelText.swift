// The sections of the panel that are words: who plays, the present figures, further lines.
import RLCore

struct PanelTitle: PanelSection {
    let title: String
    let subtitle: String
    private func capital(_ style: PanelStyle) -> Double { 1.4 * style.text }

    func leastHeight(_ style: PanelStyle) -> Double {
        // The last line's descenders belong to it.
        capital(style) + (subtitle.isEmpty ? 0.35 * capital(style) : style.pitch + 0.35 * style.text)
    }
    func idealHeight(_ style: PanelStyle) -> Double { leastHeight(style) }
    func draw(in area: Rectangle, with pen: inout PanelPen) {
        let capital = capital(pen.style)
        pen.write(title, at: Point(area.x, area.y + capital / 2), room: area.width, height: capital)
        let below = Point(area.x, area.y + capital + pen.style.pitch - pen.style.text / 2)
        pen.write(subtitle, at: below, room: area.width, PanelStyle.faint)
    }
}

/// Labels above their values, in columns.
struct PanelFacts: PanelSection {
    let facts: [PanelContents.Fact]
    private let columns = 3
    let isText = true

    private func rowHeight(_ style: PanelStyle) -> Double { 3.5 * style.text }
    private var rows: Int { (facts.count + columns - 1) / columns }

    func leastHeight(_ style: PanelStyle) -> Double { Double(rows) * rowHeight(style) + Double(rows - 1) * 0.7 * style.text }
    func idealHeight(_ style: PanelStyle) -> Double { leastHeight(style) }
    func draw(in area: Rectangle, with pen: inout PanelPen) {
        let style = pen.style
        let pitch = rowHeight(style) + 0.7 * style.text
        let cell = area.width / Double(columns), room = cell - 0.6 * style.text
        for (index, fact) in facts.enumerated() {
            let x = area.x + Double(index % columns) * cell, y = area.y + Double(index / columns) * pitch
            pen.write(fact.label, at: Point(x, y + style.small / 2), room: room, height: style.small, PanelStyle.faint)
            pen.write(fact.value, at: Point(x, y + 2.35 * style.text), room: room, height: 1.15 * style.text)
        }
    }
}

struct PanelLines: PanelSection {
    let lines: [String]
    let isText = true

    func leastHeight(_ style: PanelStyle) -> Double { 1.4 * style.text }
    func idealHeight(_ style: PanelStyle) -> Double { 1.4 * style.text + Double(lines.count - 1) * style.pitch }
    func draw(in area: Rectangle, with pen: inout PanelPen) {
        for (index, line) in lines.enumerated() {
            let y = area.y + Double(index) * pen.style.pitch
            // Heights come from sums of fractions, which may miss by a rounding.
            guard y + 1.4 * pen.style.text <= area.y + area.height + 1e-6 else { return }
            pen.write(line, at: Point(area.x, y + pen.style.text / 2), room: area.width, PanelStyle.faint)
        }
    }
}
