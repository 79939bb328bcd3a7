// Exit statuses and the words of `rl` itself.

import Commands
import Glibc
import Testing

@Suite struct ApplicationTests {
    @Test func withoutArgumentsTheHelpGoesToStandardErrorAndTheStatusIs64() {
        let session = Session("")
        #expect(session.status == 64)
        #expect(session.out == "")
        #expect(session.err == Session("--help").out)
    }

    @Test(arguments: ["--help", "-h"]) func helpIsNoError(word: String) {
        let session = Session(word)
        #expect(session.status == 0)
        #expect(session.out.contains("\ncommands\n  brew  makes a pot of whatever it is told to\n"))
        #expect(session.err == "")
    }

    @Test func versionIsOneLine() {
        #expect(Session("--version").out == "rl 9.8.7\n")
    }

    @Test(arguments: [
        ("brwe", "unknown command \"brwe\"; did you mean brew?"),
        ("quux", "unknown command \"quux\"; rl --help lists the commands"),
        ("--hlep", "unknown option --hlep; did you mean --help?"),
        ("--json brew", "unknown option --json; options follow the command's name"),
    ])
    func unknownWordsAreUsageErrors(line: String, sentence: String) {
        let session = Session(line)
        #expect(session.status == 64)
        #expect(session.err == "rl: \(sentence)\nusage: rl COMMAND [arguments] [options]\n")
    }

    @Test func aCommandThatFindsAMistakeShowsItsUsageOnly() {
        let session = Session("fail usage")
        #expect(session.status == 64)
        #expect(
            session.err == """
                rl: no model to solve; rl list environments names those that have one
                usage: rl fail HOW [THING…]
                help:  rl fail --help

                """)
    }

    @Test func anErrorChoosesItsStatusAndIsOneHarmlessLine() {
        let session = Session("fail missing")
        #expect(session.status == 66)
        #expect(session.err == "rl: no file \"a\\u{1b}[2Jb\"\\nhere\n")
    }

    @Test func statusesWithoutAnErrorAreSilent() {
        let session = Session("fail below")
        #expect(session.status == 3)
        #expect(session.out + session.err == "")
    }

    @Test func otherErrorsFailWith1() {
        let session = Session("fail otherwise")
        #expect(session.status == 1)
        #expect(session.err == "rl: Strange()\n")
    }

    @Test func aClosedPipeEndsQuietlyWith141() {
        let script = ScriptedConsole()
        script.outputFailure = EPIPE
        #expect(sample.run(["brew", "tea"], console: script.console(), environment: [:]) == 141)
        #expect(script.err == "")
    }

    @Test func aFullDiskIsReportedWith73() {
        let script = ScriptedConsole()
        script.outputFailure = ENOSPC
        #expect(sample.run(["brew", "tea"], console: script.console(), environment: [:]) == 73)
        #expect(script.err == "rl: cannot write the output: No space left on device\n")
    }

    @Test func signalsBecomeTheStatusesOfTheShell() {
        #expect(ExitStatus(signal: SIGINT) == .interrupted)
        #expect(ExitStatus(signal: SIGTERM) == .terminated)
        #expect(ExitStatus(signal: SIGHUP) == .hangup)
    }

    @Test func commandsOfOthersAreListedBesideOurs() {
        let application = Bellman.application(adding: [Brew.self])
        #expect(Session("brew tea", of: application).status == 0)
        #expect(Session("--help", of: application).out.contains("\n  brew         makes a pot"))
    }
}
