// Pictures and words as cells of a terminal, and the bytes that show them.
import RLCore
import Testing

@testable import Rendering

@Suite("Terminal page")
struct TerminalPageTests {
    /// Columns of one colour each, the lower half inverted.
    private func picture(_ colours: [Colour]) -> Picture {
        let upper = colours.flatMap { [$0.red, $0.green, $0.blue] }
        return Picture(width: colours.count, height: 2, pixels: upper + upper.map { 255 - $0 })
    }
    private func shown(_ page: TerminalPage) -> ScreenEmulator {
        var screen = ScreenEmulator(columns: page.columns, rows: page.rows), sent = TerminalScreen()
        screen.read(sent.update(to: page))
        return screen
    }

    @Test("a cell is two pixels: the upper one is the letter's colour, the lower one what is behind it")
    func halves() {
        var page = TerminalPage(columns: 5, rows: 3, colours: .all)
        page.paint(picture([Colour(1, 2, 3), Colour(200, 100, 0)]), row: 1, column: 2)
        let screen = shown(page)
        #expect(screen.text == ["     ", "  ▀▀ ", "     "])
        #expect(screen.cells[1][2] == .init(letter: "▀", ink: "2;1;2;3", ground: "2;254;253;252"))
        #expect(screen.cells[1][3] == .init(letter: "▀", ink: "2;200;100;0", ground: "2;55;155;255"))
    }

    @Test("an odd last row of pixels fills its cell, and what lies beyond the page is not shown")
    func borders() {
        var page = TerminalPage(columns: 3, rows: 2, colours: .all)
        page.paint(Picture(width: 9, height: 9, Colour(9, 9, 9)), row: -1, column: 1)
        page.paint(Picture(width: 1, height: 1, Colour(7, 7, 7)), row: 0, column: 0)
        let screen = shown(page)
        #expect(screen.cells.joined().allSatisfy { $0.letter == " " })
        #expect(screen.cells[0].map(\.ground) == ["2;7;7;7", "2;9;9;9", "2;9;9;9"] && screen.cells[1][0].ground == nil)
    }

    @Test("of 256 colours the nearest is taken")
    func nearest() {
        func number(_ colour: Colour) -> TerminalColour { TerminalColours.some.shown(colour) }
        #expect(number(.black) == .numbered(16) && number(.white) == .numbered(231))
        #expect(number(Colour(95, 135, 175)) == .numbered(67) && number(Colour(8, 8, 8)) == .numbered(232))
        #expect(number(Colour(127, 129, 128)) == .numbered(244) && number(Colour(254, 1, 2)) == .numbered(196))
        // Never further away than any other of the 240.
        let levels = [0, 95, 135, 175, 215, 255]
        func value(_ code: Int) -> [Int] {
            code >= 232
                ? [Int](repeating: 8 + 10 * (code - 232), count: 3)
                : [levels[(code - 16) / 36], levels[(code - 16) / 6 % 6], levels[(code - 16) % 6]]
        }
        func distance(_ one: [Int], _ other: [Int]) -> Int { zip(one, other).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } }
        for red in stride(from: 0, through: 255, by: 37) {
            for green in stride(from: 0, through: 255, by: 23) {
                for blue in stride(from: 0, through: 255, by: 29) {
                    guard case .numbered(let code) = number(Colour(UInt8(red), UInt8(green), UInt8(blue))) else { return }
                    let own = distance(value(Int(code)), [red, green, blue])
                    #expect((16...255).allSatisfy { own <= distance(value($0), [red, green, blue]) })
                }
            }
        }
    }

    @Test("without colours letters have the more ink, the more a pixel differs from the ground")
    func shades() {
        let ground = [Colour](repeating: .white, count: 5)
        let row = ground + [Colour(250, 250, 250), Colour(200, 200, 200), Colour(100, 100, 100), .black]
        let bytes = row.flatMap { [$0.red, $0.green, $0.blue] }
        var page = TerminalPage(columns: 9, rows: 1, colours: .none)
        page.paint(Picture(width: 9, height: 2, pixels: bytes + bytes), row: 0, column: 0)
        let line = Array(shown(page).text[0])
        let inks = " .:-=+*%#@".map { $0 }
        let levels = line.map { inks.firstIndex(of: $0) ?? -1 }
        #expect(levels.prefix(5) == [0, 0, 0, 0, 0])
        #expect(levels[5] == 1 && levels[5] < levels[6] && levels[6] < levels[7] && levels[7] < levels[8] && levels[8] == 9)
        #expect(shown(page).cells.joined().allSatisfy { $0.ink == nil && $0.ground == nil })
    }

    @Test("words stay in their room and on the page, and cannot control the terminal")
    func words() {
        var page = TerminalPage(columns: 10, rows: 2, colours: .all)
        #expect(page.write("a\u{1b}[2Jb\u{301}漢\u{202e}", row: 0, column: 0) == 9)
        #expect(page.write("0123456789", row: 1, column: 2, room: 5) == 5)
        #expect(page.write("beyond", row: 2, column: 0) == 0 && page.write("beyond", row: 1, column: 10) == 0)
        #expect(page.write("789", row: 1, column: 8) == 2)
        #expect(shown(page).text == ["a?[2Jb??? ", "  01234 78"])
    }

    @Test("only cells that changed are written, and the screen is the page all the same")
    func differences() {
        var sent = TerminalScreen(), screen = ScreenEmulator(columns: 60, rows: 20)
        var state: UInt32 = 7
        func chance(_ below: Int) -> Int {
            state = state &* 1_664_525 &+ 1_013_904_223
            return Int(state >> 8) % below
        }
        var page = TerminalPage(columns: 60, rows: 20, colours: .all)
        screen.read(sent.update(to: page))
        for _ in 0..<60 {
            let before = page
            for _ in 0..<chance(6) {
                let colours = (0...chance(12)).map { _ in Colour(UInt8(chance(3) * 100), 50, UInt8(chance(2) * 200)) }
                page.paint(picture(colours), row: chance(20), column: chance(60))
                page.write("word \(chance(1000))", row: chance(20), column: chance(60), chance(2) == 0 ? .orange : nil)
            }
            let changed = zip(page.cells, before.cells).reduce(0) { $0 + ($1.0 == $1.1 ? 0 : 1) }
            let already = screen.writes
            let bytes = sent.update(to: page)
            #expect((changed == 0) == bytes.isEmpty)
            screen.read(bytes)
            #expect(screen.writes - already == changed)
            #expect(!screen.isUpdating)
            var whole = ScreenEmulator(columns: 60, rows: 20), fresh = TerminalScreen()
            whole.read(fresh.update(to: page))
            #expect(screen.cells == whole.cells)
        }
    }

    @Test("one changed cell costs a few bytes, and another size is sent whole")
    func bandwidth() {
        var sent = TerminalScreen()
        var page = TerminalPage(columns: 80, rows: 24, colours: .all)
        page.paint(Picture(width: 80, height: 48, .night), row: 0, column: 0)
        // A ground of one colour is said once.
        #expect(sent.update(to: page).count < 80 * 24 + 24 * 12 + 60)
        page.paint(picture([.orange]), row: 10, column: 40)
        #expect(sent.update(to: page).count < 80)
        #expect(sent.update(to: page).isEmpty)
        sent.forget()
        #expect(sent.update(to: page).count > 80 * 24)
        let larger = TerminalPage(columns: 81, rows: 24, colours: .all)
        #expect(String(decoding: sent.update(to: larger), as: UTF8.self).contains("\u{1b}[2J"))
    }

    @Test("the environment says which colours there are")
    func choice() {
        func colours(_ pairs: (String, String)...) -> TerminalColours {
            TerminalColours(environment: Dictionary(uniqueKeysWithValues: pairs))
        }
        #expect(colours(("TERM", "xterm-256color"), ("COLORTERM", "truecolor")) == .all)
        #expect(colours(("TERM", "xterm"), ("COLORTERM", "24bit")) == .all && colours(("TERM", "xterm-direct")) == .all)
        #expect(colours(("TERM", "screen-256color")) == .some && colours(("TERM", "rxvt"), ("COLORTERM", "rxvt")) == .some)
        #expect(colours(("TERM", "vt100")) == .none && colours() == .none)
        #expect(colours(("TERM", "xterm-256color"), ("COLORTERM", "truecolor"), ("NO_COLOR", "1")) == .none)
        #expect(colours(("TERM", "xterm-256color"), ("NO_COLOR", "")) == .some)
    }
}
