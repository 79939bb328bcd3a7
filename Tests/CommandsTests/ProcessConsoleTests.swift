// The streams of a real process, each tried in a child of its own.

import Commands
import Glibc
import Testing

@Suite struct ProcessConsoleTests {
    @Test func aReaderThatGoesAwayEndsTheProcessQuietly() async throws {
        let result = try await #require(processExitsWith: .exitCode(141), observing: [\.standardErrorContent]) {
            var ends: [Int32] = [0, 0]
            guard pipe(&ends) == 0, dup2(ends[1], STDOUT_FILENO) == STDOUT_FILENO else { exit(1) }
            close(ends[0])
            close(ends[1])
            let console = Console.process(environment: [:])
            console.output.line("nobody reads this")
            console.output.flush()
            exit(2)
        }
        // The test runner leaves marks of its own on the child's streams.
        #expect(!String(decoding: result.standardErrorContent, as: UTF8.self).contains("rl: "))
    }

    @Test func aClosedStandardOutputIsReportedAndNoFileTakesItsPlace() async {
        await #expect(processExitsWith: .exitCode(73)) {
            close(STDOUT_FILENO)
            let console = Console.process(environment: [:])
            guard open("/dev/null", O_WRONLY) > STDERR_FILENO else { exit(1) }
            exit(Bellman.application().run(["--version"], console: console, environment: [:]))
        }
    }

    @Test func everyByteArrivesInOrder() async throws {
        let result = try await #require(processExitsWith: .exitCode(0), observing: [\.standardOutputContent]) {
            let console = Console.process(environment: ["TERM": "xterm"])
            for i in 0..<30_000 { console.output.line("\(i)", .red) }
            console.output.flush()
            exit(console.output.failure)
        }
        let expected = (0..<30_000).map { "\($0)\n" }.joined()
        #expect(String(decoding: result.standardOutputContent, as: UTF8.self).hasSuffix(expected))
    }
}
