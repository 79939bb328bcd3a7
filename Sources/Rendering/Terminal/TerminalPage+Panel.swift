// The panel as text: what the painted one tells, in as many lines as there are.
import RLCore

extension TerminalPage {
    /// Writes what fits of `contents` into an area of cells, the most important first.
    public mutating func writePanel(_ contents: PanelContents, row: Int, column: Int, columns: Int, rows: Int) {
        guard columns >= 8, rows > 0 else { return }
        var writer = TextPanel(page: self, row: row, end: row + rows, column: column, columns: columns)
        writer.write(contents)
        self = writer.page
    }
}

private struct TextPanel {
    var page: TerminalPage
    /// The line that is written next.
    var row: Int
    let end: Int
    let column: Int
    let columns: Int

    mutating func write(_ contents: PanelContents) {
        line(contents.title, PanelStyle.ink)
        if !contents.subtitle.isEmpty { line(contents.subtitle, PanelStyle.faint) }
        facts(contents.facts)
        if contents.insight == nil { section(contents.lines) }
        if let bars = PanelBars(contents) { scores(bars) }
        if !contents.learningCurve.isEmpty {
            series("learning", contents.learningCurve.map(\.meanReturn), PanelStyle.curve)
        }
        let values = contents.values.compactMap { $0 }
        if values.count > 1 { series("value", values, PanelStyle.plain, exact: contents.exactValue) }
        if contents.returns.count > 1 { series("return", contents.returns, PanelStyle.return) }
        if contents.finishedReturns.count > 1 { series("episodes", contents.finishedReturns, PanelStyle.return) }
        if contents.insight != nil { section(contents.lines) }
    }

    private mutating func line(_ words: String, _ colour: Colour) {
        guard row < end else { return }
        page.write(shortened(words, columns), row: row, column: column, room: columns, colour)
        row += 1
    }
    private func shortened(_ words: String, _ room: Int) -> String {
        words.unicodeScalars.count <= room ? words : String(String.UnicodeScalarView(words.unicodeScalars.prefix(room - 1))) + "…"
    }
    private mutating func section(_ lines: [String]) {
        guard !lines.isEmpty else { return }
        row += 1
        for words in lines { line(words, PanelStyle.faint) }
    }

    /// Two beside each other where they fit.
    private mutating func facts(_ facts: [PanelContents.Fact]) {
        guard !facts.isEmpty else { return }
        let half = columns / 2
        row += 1
        var place = 0
        for fact in facts {
            let words = "\(fact.label) \(fact.value)"
            if place > 0 && words.unicodeScalars.count > half {
                row += 1
                place = 0
            }
            guard row < end else { return }
            let room = words.unicodeScalars.count > half - 1 ? columns - place : half
            let label = page.write(shortened(fact.label, room), row: row, column: column + place, room: room, PanelStyle.faint)
            page.write(
                fact.value, row: row, column: column + place + label + 1, room: room - label - 1, PanelStyle.ink)
            place = place == 0 && room == half ? half : 0
            if place == 0 { row += 1 }
        }
        if place > 0 { row += 1 }
    }

    private mutating func scores(_ bars: PanelBars) {
        row += 1
        guard row + 1 < end else { return }
        line(bars.title, PanelStyle.faint)
        let (shown, hidden) = bars.choice(of: min(end - row, bars.rows.count, 12))
        let size = max(abs(bars.range.low), abs(bars.range.high))
        let numbers = shown.map { figure($0.value, besides: size) }
        let numberWidth = numbers.map(\.unicodeScalars.count).max() ?? 0
        let nameWidth = min(shown.map(\.name.unicodeScalars.count).max() ?? 0, columns / 3)
        let length = columns - 2 - nameWidth - 1 - numberWidth - 1
        for (bar, number) in zip(shown, numbers) where row < end {
            let colour = bar.isChosen ? PanelStyle.chosen : PanelStyle.ink
            if bar.isChosen { page.write(page.colours == .none ? ">" : "▸", row: row, column: column, PanelStyle.chosen) }
            page.write(shortened(bar.name, nameWidth), row: row, column: column + 2, room: nameWidth, colour)
            if length >= 4 { draw(bar, bars.range, at: column + 3 + nameWidth, length) }
            page.write(
                number, row: row, column: column + columns - number.unicodeScalars.count, room: numberWidth, colour)
            row += 1
        }
        if hidden > 0 { line("  and \(hidden) more", PanelStyle.faint) }
    }

    /// Full and, to the right, eighths of cells, from the column of zero on.
    private mutating func draw(_ bar: PanelBars.Row, _ range: (low: Double, high: Double), at left: Int, _ length: Int) {
        let width = Double(length)
        let colour = bar.isChosen ? PanelStyle.chosen : PanelStyle.plain
        let zero = Int(((0 - range.low) / (range.high - range.low) * width).rounded())
        let ground = page.colours == .none ? nil : PanelStyle.well
        page.write(String(repeating: " ", count: length), row: row, column: left, on: ground)
        guard bar.value.isFinite else { return }
        let end = max(0, min(width, (bar.value - range.low) / (range.high - range.low) * width))
        let full = page.colours == .none ? "#" : "█"
        if bar.value < 0 {
            let start = min(Int(end.rounded()), zero)
            page.write(String(repeating: full, count: zero - start), row: row, column: left + start, colour, on: ground)
        } else {
            let eighths = max(0, Int((end * 8).rounded()) - zero * 8)
            page.write(String(repeating: full, count: eighths / 8), row: row, column: left + zero, colour, on: ground)
            let rest = eighths % 8
            if rest > 0 && page.colours != .none && zero + eighths / 8 < length {
                page.write(
                    String("▏▎▍▌▋▊▉".dropFirst(rest - 1).prefix(1)), row: row, column: left + zero + eighths / 8, colour,
                    on: ground)
            }
        }
    }

    /// A name, the last number, and below it a line of blocks as high as the numbers are.
    private mutating func series(_ name: String, _ values: [Double], _ colour: Colour, exact: Double? = nil) {
        row += 1
        guard row + 1 < end, let last = values.last else { return }
        line("\(name) \(figure(last))" + (exact.map { ", exact \(figure($0, besides: last))" } ?? ""), colour)
        let known = values.filter(\.isFinite)
        let low = known.min() ?? 0, high = known.max() ?? 0
        let levels = Array(page.colours == .none ? "_.-=*#" : "▁▂▃▄▅▆▇█")
        var words = ""
        for place in 0..<min(columns, values.count) {
            let value = values[(place + 1) * values.count / min(columns, values.count) - 1]
            let share = value.isFinite && high > low ? (value - low) / (high - low) : 0
            words.append(levels[Int((share * Double(levels.count - 1)).rounded())])
        }
        line(words, colour)
    }
}
