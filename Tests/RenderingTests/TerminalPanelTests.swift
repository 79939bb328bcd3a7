// The panel as text: inside its area whatever that is, with the same figures as the painted one.
import RLCore
import Testing

@testable import Rendering

@Suite("Panel as text")
struct TerminalPanelTests {
    private func lines(_ contents: PanelContents, columns: Int, rows: Int, _ colours: TerminalColours = .all) -> [String] {
        var page = TerminalPage(columns: columns, rows: rows, colours: colours)
        page.writePanel(contents, row: 0, column: 0, columns: columns, rows: rows)
        var screen = ScreenEmulator(columns: columns, rows: rows), sent = TerminalScreen()
        screen.read(sent.update(to: page))
        return screen.text
    }

    @Test("nothing is written outside its area", arguments: PanelExamples.all.keys.sorted())
    func inside(name: String) throws {
        let contents = try #require(PanelExamples.all[name])
        for colours in TerminalColours.allCases {
            for (columns, rows) in [(1, 1), (8, 3), (20, 6), (31, 17), (44, 40)] {
                var page = TerminalPage(columns: columns + 5, rows: rows + 4, colours: colours)
                for row in 0..<page.rows { page.write(String(repeating: "~", count: page.columns), row: row, column: 0) }
                page.writePanel(contents, row: 2, column: 3, columns: columns, rows: rows)
                var screen = ScreenEmulator(columns: page.columns, rows: page.rows), sent = TerminalScreen()
                screen.read(sent.update(to: page))
                for (row, line) in screen.text.enumerated() {
                    let outside =
                        (2..<(2 + rows)).contains(row) ? String(line.prefix(3) + line.suffix(2)) : line
                    #expect(outside.allSatisfy { $0 == "~" }, "\(name) at \(columns) by \(rows): \(line)")
                }
            }
        }
    }

    @Test("scores are bars with names and numbers, the chosen one marked")
    func scores() throws {
        let lines = lines(PanelExamples.breakout, columns: 40, rows: 30)
        let right = try #require(lines.first { $0.contains("right") }), up = try #require(lines.first { $0.contains("up") })
        let noop = try #require(lines.first { $0.contains("noop") })
        #expect(right.hasPrefix("▸ right") && right.hasSuffix("5.320") && up.hasPrefix("  up") && up.hasSuffix("−1.120"))
        // 40 columns less two for the mark, five and one for names, six and one for numbers leave 25; the axis is at 1.12 / 6.44 of them.
        #expect(right.count { $0 == "█" } == 21 && up.count { $0 == "█" } == 4)
        let axis = try #require(right.firstIndex(of: "█"))
        #expect(
            right.distance(from: right.startIndex, to: axis) == 8 + 4
                && up.lastIndex(of: "█") == up.index(up.startIndex, offsetBy: 11))
        // In eighths of a cell: 4.91 of 5.32.
        #expect(noop.count { $0 == "█" } == 19 && noop.contains("▍"))
    }

    @Test("without colours there is nothing but ASCII in bars and lines")
    func plain() {
        for contents in [PanelExamples.breakout, .init(title: "x")] {
            let text = lines(contents, columns: 44, rows: 40, .none).joined()
            #expect(!text.contains { "▁▂▃▄▅▆▇█▸▍▀".contains($0) })
        }
        let line = lines(PanelExamples.breakout, columns: 44, rows: 40, .none).first { $0.contains("> right") }
        #expect(line?.contains("####") == true)
    }

    @Test("a line of blocks rises with the numbers")
    func series() throws {
        var contents = PanelContents(title: "t")
        contents.returns = (0..<8).map(Double.init)
        let lines = lines(contents, columns: 20, rows: 6)
        #expect(lines[2].hasPrefix("return 7") && lines[3].hasPrefix("▁▂▃▄▅▆▇█"))
    }
}
