// What a command is: a struct whose options are its properties.

/// One command of `rl`. Options and arguments are properties under `@Option`, `@Flag`, `@Argument` and `@Arguments`; parsing,
/// `--help` and shell completion are derived from them.
public protocol Command: SendableMetatype {
    /// The word on the command line, such as `train`.
    static var name: String { get }
    /// One line that completes "rl train …": `trains an agent`.
    static var summary: String { get }
    /// More for `--help`: paragraphs separated by an empty line, wrapped to the width of the page. Empty by default.
    static var discussion: String { get }
    /// Command lines that work as they stand, shown by `--help`; text from ` # ` on explains.
    static var examples: [String] { get }

    init()
    /// Does the work. Results go to `context.output`, text for people to `context.errors` when the output is JSON.
    ///
    /// An error that is `ExitStatusProviding` ends `rl` with its status; a status without an error goes to `context.status`.
    mutating func run(_ context: inout Context) throws
}

extension Command {
    public static var discussion: String { "" }
}

/// What a command may use while it runs.
public struct Context {
    public let console: Console
    /// The environment variables of the process.
    public let environment: [String: String]
    /// All commands and the names of things, for those that speak about the program itself.
    public let application: Application
    /// How `rl` ends when `run` returns.
    public var status: ExitStatus = .done

    public init(console: Console, environment: [String: String], application: Application) {
        self.console = console
        self.environment = environment
        self.application = application
    }

    /// Standard output.
    public var output: Output { console.output }
    /// Standard error.
    public var errors: Output { console.errors }
}
