// `rl watch --terminal` and `rl play --terminal` in a real terminal: keys, the screen, and what is left behind.
import Foundation
import TestSupport
import Testing

@Suite(.serialized) struct WatchTerminalTests {
    private let folder = TemporaryFolder()
    /// The checkout, whose trained agents are watched.
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    private func terminal(columns: Int = 100, rows: Int = 30, colors: String = "truecolor") throws -> Tmux {
        let bin = URL(fileURLWithPath: BuiltBinary.path).deletingLastPathComponent().path
        let path = "\(bin):\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")"
        return try Tmux(
            columns: columns, rows: rows, in: folder.path,
            environment: ["BELLMAN_HOME": Self.root, "PATH": path, "COLORTERM": colors, "SWIFT_BACKTRACE": "enable=no"])
    }
    /// The number of the step that the panel tells.
    private func step(_ tmux: Tmux) -> Int? {
        tmux.screen.firstMatch(of: #/ step ([0-9,]+) /#).flatMap { Int($0.output.1.replacing(",", with: "")) }
    }

    @Test func keysDoWhatTheHelpSays() throws {
        let tmux = try terminal()
        try tmux.type("rl watch dqn-cartpole --terminal --speed 0.25")
        tmux.wait(for: "episode 1, step")
        #expect(tmux.state == "1 0")
        // Beside the world stands what the agent thinks.
        let screen = tmux.screen
        for words in ["dqn-cartpole", "action values", "push left", "push right", "█", "▀"] { #expect(screen.contains(words)) }
        try tmux.press("Space")
        tmux.wait(for: "paused")
        let start = try #require(step(tmux))
        try tmux.press(".")
        tmux.wait(until: "one step was taken") { _ in step(tmux) == start + 1 }
        try tmux.press("Right")
        tmux.wait(until: "another was taken") { _ in step(tmux) == start + 2 }
        try tmux.press(",")
        tmux.wait(until: "one was taken back") { _ in step(tmux) == start + 1 }
        try tmux.press("p")
        tmux.wait(until: "the panel is gone") { !$0.contains("action values") }
        try tmux.press("?")
        tmux.wait(for: "one step forward")
        try tmux.press("?")
        tmux.wait(until: "the help is gone") { !$0.contains("one step forward") }
        try tmux.press("n")
        tmux.wait(for: "episode 2, step 0")
        try tmux.press("q")
        tmux.wait(until: "the shell is back") { $0.contains("$ rl watch") && !$0.contains("episode") }
    }

    @Test func theTerminalIsLeftAsItWas() throws {
        let tmux = try terminal(rows: 60)
        try tmux.type("stty -g > before; echo 'some words' 'of before'")
        tmux.wait(for: "some words of before")
        let endings: [(name: String, status: Int, (Tmux, Int32) throws -> Void)] = [
            ("q", 0, { tmux, _ in try tmux.press("q") }), ("Escape", 0, { tmux, _ in try tmux.press("Escape") }),
            ("Ctrl-C", 130, { tmux, _ in try tmux.press("C-c") }), ("SIGTERM", 143, { _, process in kill(process, SIGTERM) }),
            ("SIGHUP", 129, { _, process in kill(process, SIGHUP) }), ("a crash", 139, { _, process in kill(process, SIGSEGV) }),
            ("an abort", 134, { _, process in kill(process, SIGABRT) }),
        ]
        for (number, (name, status, end)) in endings.enumerated() {
            // `exec` keeps the number of the process that is written down.
            try tmux.type("sh -c 'echo $$ > pid; exec rl watch dqn-cartpole --terminal'; echo \"ended$?\"\(number)")
            tmux.wait(for: "episode 1, step")
            let pid = try #require(folder.text("pid").flatMap { Int32($0.trimmingCharacters(in: .whitespacesAndNewlines)) })
            let during = tmux.state
            try end(tmux, pid)
            tmux.wait(for: "ended\(status)\(number)")
            try tmux.type("stty -g > after; echo 'looked' \(number)")
            tmux.wait(for: "looked \(number)")
            #expect(during == "1 0" && tmux.state == "0 1", "after \(name): \(tmux.state)")
            #expect(folder.text("after") == folder.text("before"), "after \(name) the terminal is set otherwise")
            #expect(tmux.screen.contains("some words of before"), "after \(name) the first screen is lost")
        }
    }

    @Test func ctrlZGivesTheTerminalBackAndForegroundTakesItAgain() throws {
        let tmux = try terminal()
        try tmux.type("set -m; stty -g > before; rl watch dqn-cartpole --terminal --speed 0.25")
        tmux.wait(for: "episode 1, step")
        try tmux.press("C-z")
        tmux.wait(until: "the shell is back") { !$0.contains("episode 1") }
        try tmux.type("stty -g > after; echo 'in' 'between'")
        tmux.wait(for: "in between")
        #expect(tmux.state == "0 1" && folder.text("after") == folder.text("before"))
        try tmux.type("fg")
        tmux.wait(for: "episode 1, step")
        #expect(tmux.state == "1 0")
        try tmux.press("q")
        tmux.wait(for: "in between")
    }

    @Test func theSizeOfTheTerminalIsFollowed() throws {
        let tmux = try terminal(columns: 100, rows: 30, colors: "")
        try tmux.type("rl watch dqn-cartpole --terminal --colors none --speed 0.25")
        tmux.wait(for: "action values")
        #expect(tmux.lines.prefix(30).last { !$0.isEmpty }?.contains("step") == true)
        try tmux.command(["resize-window", "-x", "60", "-y", "12"])
        // Too small for a panel; the status line is the last one.
        tmux.wait(until: "there is no panel") { !$0.contains("action values") && $0.contains("episode 1, step") }
        #expect(tmux.lines.prefix(12).last?.contains("step") == true)
        // Shades of letters: the cart on its track, wherever it is by now.
        let drawn = tmux.lines.prefix(11).joined().filter { $0 != " " }
        #expect(drawn.count > 30 && drawn.allSatisfy(\.isASCII), "drawn: \(drawn)")
        try tmux.command(["resize-window", "-x", "120", "-y", "40"])
        tmux.wait(for: "action values")
        #expect(tmux.lines.prefix(40).last?.contains("step") == true)
        try tmux.press("q")
    }

    @Test func aPersonPlaysWithKeysThatTerminalsNeverLetGo() throws {
        let tmux = try terminal()
        try tmux.type("rl play frozenlake --terminal --out game.json --env-set is_slippery=false; echo 'all' 'done'")
        tmux.wait(for: "step 0")
        try tmux.press("Right")
        tmux.wait(for: "step 1")
        try tmux.press("Right")
        tmux.wait(for: "step 2")
        try tmux.press("q")
        tmux.wait(for: "all done")
        #expect(tmux.screen.contains("wrote    game.json") && folder.text("game.json")?.contains("\"steps\":2") == true)
    }

    @Test func withoutATerminalOneLineSaysSo() throws {
        for words in [["watch", "dqn-cartpole", "--terminal"], ["play", "breakout", "--terminal"]] {
            let ending = try BuiltBinary(words, in: folder.path, home: Self.root).ending()
            #expect(ending.status == 1 && ending.out.isEmpty)
            #expect(
                ending.err
                    == "rl: --terminal needs a terminal, and standard output is none; without one, rl record writes pictures and films\n"
            )
        }
        let wrong = try BuiltBinary(["watch", "dqn-cartpole", "--terminal", "--colors", "16"], in: folder.path, home: Self.root)
            .ending()
        #expect(wrong.status == 64 && wrong.err.contains("--colors must be all, 256 or none"))
        let window = try BuiltBinary(["watch", "dqn-cartpole", "--colors", "all"], in: folder.path, home: Self.root).ending()
        #expect(window.status == 64 && window.err.contains("--colors is for a terminal"))
    }
}
