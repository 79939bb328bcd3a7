// Exit statuses and the words of `rl` itself.

import Commands
import Glibc
import Testing

@Suite struct ApplicationTests {
    @Test func withoutArgumentsTheHelpGoesToStandardErrorAndTheStatusIs64() {
        let invocation = Invocation("")
        #expect(invocation.status == 64)
        #expect(invocation.out == "")
        #expect(invocation.err == Invocation("--help").out)
    }

    @Test(arguments: ["--help", "-h"]) func helpIsNoError(word: String) {
        let invocation = Invocation(word)
        #expect(invocation.status == 0)
        #expect(invocation.out.contains("\ncommands\n  brew  makes a pot of whatever it is told to\n"))
        #expect(invocation.err == "")
    }

    @Test func versionIsOneLine() {
        #expect(Invocation("--version").out == "rl 9.8.7\n")
    }

    @Test(arguments: [
        ("brwe", "unknown command \"brwe\"; did you mean brew?"),
        ("quux", "unknown command \"quux\"; rl --help lists the commands"),
        ("--hlep", "unknown option --hlep; did you mean --help?"),
        ("--json brew", "unknown option --json; options follow the command's name"),
    ])
    func unknownWordsAreUsageErrors(line: String, sentence: String) {
        let invocation = Invocation(line)
        #expect(invocation.status == 64)
        #expect(invocation.err == "rl: \(sentence)\nusage: rl COMMAND [arguments] [options]\n")
    }

    @Test func aCommandThatFindsAMistakeShowsItsUsageOnly() {
        let invocation = Invocation("fail usage")
        #expect(invocation.status == 64)
        #expect(
            invocation.err == """
                rl: no model to solve; rl list environments names those that have one
                usage: rl fail HOW [THING…]
                help:  rl fail --help

                """)
    }

    @Test func anErrorChoosesItsStatusAndIsOneHarmlessLine() {
        let invocation = Invocation("fail missing")
        #expect(invocation.status == 66)
        #expect(invocation.err == "rl: no file \"a\\u{1b}[2Jb\"\\nhere\n")
    }

    @Test func statusesWithoutAnErrorAreSilent() {
        let invocation = Invocation("fail below")
        #expect(invocation.status == 3)
        #expect(invocation.out + invocation.err == "")
    }

    @Test func otherErrorsFailWith1() {
        let invocation = Invocation("fail otherwise")
        #expect(invocation.status == 1)
        #expect(invocation.err == "rl: Strange()\n")
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
        let application = Bellman.application(commands: [Brew.self])
        #expect(Invocation("brew tea", of: application).status == 0)
        #expect(Invocation("--help", of: application).out.contains("\n  brew           makes a pot"))
    }
}
