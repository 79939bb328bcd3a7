// Streams: when bytes go out, what a terminal is spared, and when colours appear.

import Commands
import Glibc
import Testing

@Suite struct OutputTests {
    @Test func aPipeGetsOneWriteForManyLines() {
        let script = ScriptedConsole()
        let output = script.console().output
        for i in 0..<100 { output.line("\(i)") }
        #expect(script.writes == 0)
        output.flush()
        #expect(script.writes == 1)
        #expect(script.out.hasPrefix("0\n1\n2\n"))
    }

    @Test func aTerminalGetsEveryLineAtOnce() {
        let script = ScriptedConsole()
        let output = script.console(isTerminal: true).output
        output.write("half")
        #expect(script.out == "")
        output.line(" whole")
        #expect(script.out == "half whole\n")
    }

    @Test func aComplaintComesAfterWhatWasPrintedBefore() {
        let script = ScriptedConsole()
        let console = script.console()
        console.output.line("first")
        console.complain("second")
        #expect(script.out == "first\n")
        #expect(script.err == "rl: second\n")
    }

    @Test func aTerminalNeverSeesControlCharacters() {
        let script = ScriptedConsole()
        let console = script.console(isTerminal: true)
        console.output.line("a\u{1b}[2Jb\u{9b}c\rd\u{202e}e")
        #expect(script.out == "a\\u{1b}[2Jb\\u{9b}c\\u{d}d\\u{202e}e\n")
    }

    @Test func aPipeGetsTheBytesAsTheyAre() {
        let script = ScriptedConsole()
        let output = script.console().output
        output.line("a\u{1b}b")
        output.flush()
        #expect(script.out == "a\u{1b}b\n")
    }

    @Test func stylesNeedAColourfulTerminal() {
        let colourful = ScriptedConsole()
        colourful.console(isTerminal: true, hasColor: true).output.line("x", .red)
        #expect(colourful.out == "\u{1b}[31mx\u{1b}[0m\n")
        let plain = ScriptedConsole()
        plain.console(isTerminal: true).output.line("x", .red)
        #expect(plain.out == "x\n")
    }

    @Test func afterAFailureNothingMoreIsWritten() {
        let script = ScriptedConsole()
        let output = script.console().output
        var calls = 0
        output.whenClosed = { calls += 1 }
        script.outputFailure = EPIPE
        output.line("x")
        output.flush()
        output.line("y")
        output.flush()
        #expect(calls == 1)
        #expect(script.writes == 1)
        #expect(output.failure == EPIPE)
    }

    @Test(arguments: [
        ("plain", 5, "plain"), ("longer", 5, "long…"), ("日本語", 6, "日本語"), ("日本語", 5, "日本…"), ("日本語", 4, "日…"),
        ("x", 0, ""), ("é", 1, "é"),
    ])
    func truncationCountsColumns(text: String, width: Int, expected: String) {
        #expect(text.truncated(to: width) == expected)
        #expect(text.truncated(to: width).columns <= width)
    }
}
