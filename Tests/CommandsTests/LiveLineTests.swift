// The line of progress: never wider than the window, ten drawings a second, plain lines in a pipe.

import Commands
import Testing

@Suite struct LiveLineTests {
    /// A clock that moves when it is told.
    private final class Clock {
        var time = Duration.zero
    }

    private func make(isTerminal: Bool, width: Int = 80, isSilent: Bool = false) -> (LiveLine, ScriptedConsole, Clock) {
        let script = ScriptedConsole()
        let clock = Clock()
        let errors = script.console(isTerminal: isTerminal, width: width).errors
        return (LiveLine(on: errors, isSilent: isSilent, now: { clock.time }), script, clock)
    }

    @Test func itIsDrawnOverAndErasedToItsEnd() {
        let (line, script, clock) = make(isTerminal: true)
        line.update("10 %")
        clock.time = .milliseconds(100)
        line.update("20 %")
        line.finish()
        #expect(script.err == "\r10 %\u{1b}[K\r20 %\u{1b}[K\r\u{1b}[K")
    }

    @Test func itIsDrawnTenTimesASecondAtMostAndElseNotEvenBuilt() {
        let (line, script, clock) = make(isTerminal: true)
        var built = 0
        func text() -> String {
            built += 1
            return "\(built)"
        }
        for millisecond in 0..<1000 {
            clock.time = .milliseconds(millisecond)
            line.update(text())
        }
        #expect(built == 10)
        #expect(script.err.filter { $0 == "\r" }.count == 10)
    }

    @Test func itNeverWraps() {
        let (line, script, _) = make(isTerminal: true, width: 10)
        line.update("0123456789012345")
        #expect(script.err == "\r01234567…\u{1b}[K")
    }

    /// Whatever the window's width, from none at all: what is drawn leaves its last column free.
    @Test(arguments: [0, 1, 2, 3, 20, 79]) func itFitsEveryWindow(width: Int) {
        let (line, script, clock) = make(isTerminal: true, width: width)
        for percent in 0..<30 {
            clock.time += .milliseconds(200)
            line.update("\(percent) % 漢字 of a line that is longer than most windows are wide, up to eighty columns")
        }
        line.finish()
        for drawing in script.err.split(separator: "\r") {
            #expect(drawing.hasSuffix("\u{1b}[K") && String(drawing.dropLast(3)).columns <= max(0, width - 1))
        }
        #expect(!script.err.contains("\n"))
    }

    @Test func whatIsPrintedStaysAboveIt() {
        let (line, script, _) = make(isTerminal: true)
        line.update("10 %")
        line.print("saved")
        #expect(script.err == "\r10 %\u{1b}[K\r\u{1b}[Ksaved\n\r10 %\u{1b}[K")
    }

    @Test func inAPipeThereAreOnlyReportsAndPrintedLines() {
        let (line, script, _) = make(isTerminal: false)
        line.update("10 %")
        line.report("20 %")
        line.report("30 %")
        line.print("saved")
        line.finish()
        #expect(script.err == "20 %\n30 %\nsaved\n")
    }

    @Test(arguments: [true, false]) func silentItShowsOnlyWhatIsPrinted(isTerminal: Bool) {
        let (line, script, _) = make(isTerminal: isTerminal, isSilent: true)
        line.update("10 %")
        line.report("20 %")
        line.print("saved")
        line.finish()
        #expect(script.err == "saved\n")
    }

    @Test func namesCannotMoveTheCursor() {
        let (line, script, _) = make(isTerminal: true)
        line.update("a\u{1b}[2J\nb")
        #expect(script.err == "\ra\\u{1b}[2J\\nb\u{1b}[K")
    }
}
