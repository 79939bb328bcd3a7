// What terminals send for keys is read back as those keys, however it arrives.
import Testing
import Viewing

@testable import Commands

@Suite struct TerminalKeysTests {
    private func keys(_ parts: String...) -> [Key] {
        var reader = TerminalKeys()
        return parts.flatMap { reader.read(Array($0.utf8)) }
    }

    @Test func lettersSignsAndNamedKeys() {
        #expect(keys("qQ ?,é") == ["q", "q", .space, "?", ",", "é"])
        #expect(keys("\r\n\t\u{7f}\u{8}") == [.enter, .enter, .tab, .backspace, .backspace])
        #expect(keys("\u{1b}[A\u{1b}[B\u{1b}OC\u{1b}OD") == [.up, .down, .right, .left])
        #expect(keys("\u{1b}OP\u{1b}[11~\u{1b}[24~\u{1b}[1;5C") == [.function(1), .function(1), .function(12), .right])
    }

    @Test func anEscapeIsOneOnlyWhenNothingFollows() {
        #expect(keys("\u{1b}") == [])
        #expect(keys("\u{1b}", "") == [.escape])
        #expect(keys("\u{1b}", "[", "A") == [.up])
        #expect(keys("\u{1b}[", "") == [.escape, "["])
        #expect(keys("\u{1b}q") == [], "Alt and a letter is neither of them")
        #expect(keys("\u{1b}", "", "q") == [.escape, "q"])
        #expect(keys("\u{1b}\u{1b}[A", "") == [.escape, .up])
    }

    @Test func whatNobodyKnowsIsNoKey() {
        #expect(keys("\u{1b}[5~\u{1b}[99~\u{1b}[Z\u{1}\u{2}x") == ["x"])
    }

    @Test func whateverCameBeforeTheNextKeyIsRead() {
        for first in UInt8.min...UInt8.max {
            for second in [0x1B, 0x5B, 0x4F, 0xC3, 0x3B] as [UInt8] {
                var reader = TerminalKeys()
                _ = reader.read([first, second])
                _ = reader.read([])
                #expect(reader.read(Array("q".utf8)) == ["q"], "after \(first) and \(second)")
            }
        }
        var reader = TerminalKeys()
        _ = reader.read([0x1B, 0x5B] + [UInt8](repeating: 0x3B, count: 100))
        _ = reader.read([])
        #expect(reader.read(Array("q".utf8)) == ["q"])
    }
}
