// What the policy thinks of each action, as bars with names and numbers: Q-values, probabilities, or means with deviations.
import RLCore

struct PanelBars: PanelSection {
    struct Row: Hashable {
        let name: String
        let value: Double
        /// Half the width of a whisker; nil where there is none.
        var deviation: Double?
        /// What would be right, where that is known.
        var exact: Double?
        let isChosen: Bool
    }
    let title: String
    let rows: [Row]
    /// The bars' axis runs from the first to the second; 0 lies between.
    let range: (low: Double, high: Double)
    let isText = true
    /// More bars than these nobody compares.
    private static let most = 12

    /// Nil where the policy says nothing about its actions.
    init?(_ contents: PanelContents) {
        guard let scores = contents.insight?.scores else { return nil }
        func name(_ i: Int) -> String { contents.actionNames.indices.contains(i) ? contents.actionNames[i] : "\(i)" }
        func rows(_ values: [Double]) -> [Row] {
            values.indices.map { i in
                let exact = contents.exactScores.flatMap { $0.indices.contains(i) ? $0[i] : nil }
                return Row(name: name(i), value: values[i], exact: exact, isChosen: i == contents.chosenAction)
            }
        }
        switch scores {
        case .values(let values):
            self.init("action values", rows(values), reach: 0)
        case .probabilities(let values):
            self.init(
                "action probabilities", rows(values).map { Row(name: $0.name, value: $0.value, isChosen: $0.isChosen) }, reach: 1)
        case .normal(let means, let deviations):
            let rows = zip(means, deviations).enumerated().map { i, pair in
                Row(name: name(i), value: pair.0, deviation: pair.1, isChosen: false)
            }
            self.init("action: mean ± deviation", rows, reach: 0, isSymmetric: true)
        }
    }

    /// - Parameters:
    ///   - reach: how far the axis goes at least.
    ///   - isSymmetric: it goes as far to the left.
    private init?(_ title: String, _ rows: [Row], reach: Double, isSymmetric: Bool = false) {
        guard !rows.isEmpty else { return nil }
        self.title = title
        self.rows = rows
        var low = 0.0, high = reach
        for row in rows {
            for end in [row.value - (row.deviation ?? 0), row.value + (row.deviation ?? 0), row.exact ?? 0] where end.isFinite {
                low = min(low, end)
                high = max(high, end)
            }
        }
        if isSymmetric { (low, high) = (min(low, -high), max(high, -low)) }
        range = (low, high > low ? high : 1)
    }

    private func rowHeight(_ style: PanelStyle) -> Double { 2.1 * style.text }

    func leastHeight(_ style: PanelStyle) -> Double {
        style.heading + Double(min(rows.count, 3)) * 0.86 * rowHeight(style)
    }
    func idealHeight(_ style: PanelStyle) -> Double { style.heading + Double(min(rows.count, PanelBars.most)) * rowHeight(style) }

    func draw(in area: Rectangle, with pen: inout PanelPen) {
        let style = pen.style
        let hasExact = rows.contains { $0.exact != nil }
        let body = pen.heading(hasExact ? "\(title), exact ones marked" : title, in: area)
        let capacity = max(1, Int((body.height / (0.86 * rowHeight(style))).rounded(.down)))
        let (shown, hidden) = choice(of: capacity)
        let lines = shown.count + (hidden > 0 ? 1 : 0)
        let pitch = min(body.height / Double(lines), rowHeight(style))
        let size = max(abs(range.low), abs(range.high))
        let numbers = shown.map { figure($0.value, besides: size) }
        let numberWidth = numbers.reduce(0) { max($0, Picture.width(of: $1, height: style.text)) }
        let widest = shown.reduce(0) { max($0, Picture.width(of: $1.name, height: style.text)) }
        let marker = 1.1 * style.text
        let nameWidth = min(widest, 0.32 * area.width, area.width - numberWidth - marker - style.text)
        let left = area.x + marker + nameWidth + 0.8 * style.text
        let right = area.x + area.width - numberWidth - 0.8 * style.text
        for (index, row) in shown.enumerated() {
            let line = Rectangle(x: area.x, y: body.y + Double(index) * pitch, width: area.width, height: pitch)
            let middle = line.y + pitch / 2
            let colour = row.isChosen ? PanelStyle.chosen : PanelStyle.ink
            if row.isChosen { drawMarker(at: Point(area.x, middle), style.text, with: &pen) }
            pen.write(row.name, at: Point(area.x + marker, middle), room: nameWidth + 0.01, colour)
            pen.write(
                numbers[index], at: Point(area.x + area.width, middle), room: numberWidth + 0.01, colour, .trailing)
            if right - left >= 2 * style.text {
                let track = Rectangle(x: left, y: middle - 0.32 * pitch, width: right - left, height: 0.64 * pitch)
                drawBar(row, in: track, with: &pen)
            }
        }
        if hidden > 0 {
            let y = body.y + (Double(shown.count) + 0.5) * pitch
            pen.write(
                "and \(hidden) more", at: Point(area.x + marker, y), room: area.width - marker,
                height: style.small, PanelStyle.faint)
        }
    }

    /// The best rows and the chosen one, in their own order, when there is no room for all.
    func choice(of capacity: Int) -> (shown: [Row], hidden: Int) {
        guard rows.count > capacity else { return (rows, 0) }
        let kept = max(1, capacity - 1)
        let order = rows.indices.sorted {
            (rows[$0].isChosen ? 0 : 1, -rows[$0].value, $0) < (rows[$1].isChosen ? 0 : 1, -rows[$1].value, $1)
        }
        return (order.prefix(kept).sorted().map { rows[$0] }, capacity > 1 ? rows.count - kept : 0)
    }

    private func drawMarker(at point: Point, _ size: Double, with pen: inout PanelPen) {
        let half = 0.38 * size
        pen.polygon(
            [Point(point.x, point.y - half), Point(point.x + 1.5 * half, point.y), Point(point.x, point.y + half)],
            PanelStyle.chosen)
    }

    private func drawBar(_ row: Row, in track: Rectangle, with pen: inout PanelPen) {
        let unit = pen.style.text / 10
        func x(_ value: Double) -> Double {
            track.x + max(0, min(1, (value - range.low) / (range.high - range.low))) * track.width
        }
        pen.fill(track, corner: 2 * unit, PanelStyle.well)
        guard row.value.isFinite else { return }
        let zero = x(0), end = x(row.value)
        let colour = row.isChosen ? PanelStyle.chosen : PanelStyle.plain
        if abs(end - zero) > 0 {
            let bar = Rectangle(x: min(zero, end), y: track.y, width: abs(end - zero), height: track.height)
            pen.fill(bar, corner: min(2 * unit, bar.width / 2), colour)
        }
        if range.low < 0 {
            pen.line([Point(zero, track.y), Point(zero, track.y + track.height)], width: unit, PanelStyle.faint)
        }
        if let deviation = row.deviation, deviation.isFinite {
            let middle = track.y + track.height / 2, tip = 0.25 * track.height
            let ends = [x(row.value - deviation), x(row.value + deviation)]
            pen.line([Point(ends[0], middle), Point(ends[1], middle)], width: 1.2 * unit, PanelStyle.ink)
            for end in ends { pen.line([Point(end, middle - tip), Point(end, middle + tip)], width: 1.2 * unit, PanelStyle.ink) }
        }
        if let exact = row.exact, exact.isFinite {
            pen.line(
                [Point(x(exact), track.y), Point(x(exact), track.y + track.height)], width: 2.2 * unit, PanelStyle.exact)
        }
    }
}
