// A console that remembers what was written, and a command that has one of everything.

import Commands

/// Standard output and error kept in memory.
final class ScriptedConsole {
    private(set) var out = ""
    private(set) var err = ""
    /// How often the sink of standard output was called.
    private(set) var writes = 0
    /// The `errno` that standard output answers.
    var outputFailure: Int32 = 0

    func console(isTerminal: Bool = false, hasColor: Bool = false, width: Int = 80) -> Console {
        Console(
            output: Output(isTerminal: isTerminal, hasColor: hasColor, width: { width }) { [unowned self] bytes in
                writes += 1
                if outputFailure == 0 { out += String(decoding: bytes, as: UTF8.self) }
                return outputFailure
            },
            errors: Output(isTerminal: isTerminal, hasColor: hasColor, isImmediate: true, width: { width }) {
                [unowned self] bytes in
                err += String(decoding: bytes, as: UTF8.self)
                return 0
            })
    }
}

/// The result of one command line.
struct Invocation {
    let status: Int32
    let out: String
    let err: String
    /// The first line on standard error.
    var complaint: String { err.split(separator: "\n").first.map(String.init) ?? "" }

    init(_ line: String, of application: Application = sample, environment: [String: String] = [:]) {
        self.init(line.split(separator: " ").map(String.init), of: application, environment: environment)
    }
    init(_ words: [String], of application: Application = sample, environment: [String: String] = [:]) {
        let script = ScriptedConsole()
        status = application.run(words, console: script.console(), environment: environment)
        out = script.out
        err = script.err
    }
}

/// An application with one command that prints what it understood, and one that fails as it is told.
var sample: Application {
    Application(
        name: "rl", version: "9.8.7", summary: "A sample.", commands: [Brew.self, Fail.self, Mix.self],
        names: { $0 == .environment ? ["cartpole", "taxi"] : [] })
}

enum Mode: String, CaseIterable, ArgumentValue, OptionValue {
    case greedy, sampled
    typealias Single = Mode
}

struct Brew: Command {
    static let name = "brew"
    static let summary = "makes a pot of whatever it is told to"
    static let discussion = """
        A paragraph that is long enough to be wrapped, since nobody wants to read lines that run on and on beyond the edge of \
        the page.

        And a second one.
        """
    static let examples = ["rl brew tea cartpole --cups 2   # two cups", "rl brew tea cartpole --json"]

    @Argument("DRINK", help: "what to make") var drink: String
    @Argument("WORLD", completing: .names(.environment), help: "where to make it") var world: String?
    @Option("--cups", value: "N", in: 1..., help: "cups [1, ∞): all in one pot") var cups = 4
    @Option("--seed", value: "N", help: "seed") var seed: UInt64 = 0
    @Option("--strength", value: "X", in: 0...1, help: "from water to mud") var strength = 0.5
    @Option("--temperature", value: "X", help: "degrees; below zero is allowed") var temperature: Double?
    @Option("--until", value: "X|none", help: "stop there") var until: OrNone<Double>?
    @Option("--set", value: "KEY=VALUE", help: "set any detail") var settings: [String] = []
    @Option(
        "--mode", value: "greedy|sampled", help: "how to choose the leaves, which is explained at such a length that it wraps")
    var mode = Mode.greedy
    @Option("--a-very-long-option-name", value: "FOLDER", completing: .folders, help: "gets a line of its own") var long: String?
    @Flag("--json", help: "print JSON") var json

    mutating func run(_ context: inout Context) throws {
        let world = world ?? "nowhere"
        var words = ["\(drink) \(world) cups=\(cups) seed=\(seed) strength=\(strength)"]
        if let temperature { words.append("temperature=\(temperature)") }
        if let until { words.append("until=\(until.argumentText)") }
        words += settings
        if mode != .greedy { words.append("mode=\(mode.rawValue)") }
        if json { words.append("json") }
        if $cups.wasGiven { words.append("said") }
        context.output.line(words.joined(separator: " "))
    }
}

struct Mix: Command {
    static let name = "mix"
    static let summary = "mixes"
    static let examples = ["rl mix tea milk"]

    @Arguments("DRINK", atLeast: 2, help: "what goes in") var drinks: [String]

    mutating func run(_ context: inout Context) throws {
        context.output.line(drinks.joined(separator: "+"))
    }
}

struct Fail: Command {
    static let name = "fail"
    static let summary = "fails"
    static let examples = ["rl fail usage"]

    struct Strange: Error {}
    @Argument("HOW", help: "the kind of failure") var how: String
    @Arguments("THING", help: "more of it") var things: [Int]

    mutating func run(_ context: inout Context) throws {
        switch how {
        case "usage": throw UsageError("no model to solve; rl list environments names those that have one")
        case "missing": throw CommandFailure("no file \"a\u{1b}[2Jb\"\nhere", status: .missingFile)
        case "below": context.status = .belowMinimum
        case "many": context.output.line(String(things.reduce(0, +)))
        default: throw Strange()
        }
    }
}
