// The table of commands, and the way from a command line to an exit status.

import Basics
import Glibc
public import Training

/// A program of commands: what it is called, what it can do, and the names it can offer to a shell.
public struct Application {
    public let name: String
    public let version: String
    /// One or two sentences at the head of `--help`.
    public let summary: String
    public let commands: [any Command.Type]
    /// The worlds and algorithms that the commands speak about.
    public let catalogues: Catalogues
    /// Names for shell completion; asked only when a script is written.
    public let names: (NameKind) -> [String]

    /// - Precondition: no two commands have the same name.
    public init(
        name: String, version: String, summary: String, commands: [any Command.Type],
        catalogues: Catalogues = Catalogues(), names: @escaping (NameKind) -> [String] = { _ in [] }
    ) {
        precondition(Set(commands.map { $0.name }).count == commands.count, "two commands have the same name")
        self.name = name
        self.version = version
        self.summary = summary
        self.commands = commands
        self.catalogues = catalogues
        self.names = names
    }

    /// Does what `arguments` (without the program's name) ask for.
    ///
    /// - Returns: the exit status; whatever had to be said has been written to `console`.
    public func run(_ arguments: [String], console: Console, environment: [String: String]) -> Int32 {
        let status = dispatch(arguments, console: console, environment: environment)
        console.output.flush()
        switch console.output.failure {
        case 0:
            return status
        case EPIPE:
            return ExitStatus.outputClosed.rawValue
        case let code:
            console.complain("cannot write the output: \(systemMessage(code))")
            return ExitStatus.cannotWrite.rawValue
        }
    }

    /// - Throws: `UsageError` naming the nearest command.
    package func command(named word: String) throws(UsageError) -> any Command.Type {
        if let found = commands.first(where: { $0.name == word }) { return found }
        let advice = nearestWord(to: word, in: commands.map { $0.name }).map { "did you mean \($0)?" }
        throw UsageError("unknown command \"\(word)\"; \(advice ?? "\(name) --help lists the commands")")
    }

    /// Columns of a help page on `output`.
    package func pageWidth(_ output: Output) -> Int { output.isTerminal ? min(100, max(60, output.width)) : 100 }

    private var usage: String { "usage: \(name) COMMAND [arguments] [options]" }

    private func dispatch(_ arguments: [String], console: Console, environment: [String: String]) -> Int32 {
        guard let first = arguments.first else {
            console.errors.write(helpPage(width: pageWidth(console.errors)))
            return ExitStatus.usage.rawValue
        }
        switch first {
        case "--help", "-h":
            console.output.write(helpPage(width: pageWidth(console.output)))
            return ExitStatus.done.rawValue
        case "--version":
            console.output.line("\(name) \(version)")
            return ExitStatus.done.rawValue
        default:
            break
        }
        var chosen: (any Command.Type)?
        do {
            guard !first.hasPrefix("-") else {
                let advice = nearestWord(to: first, in: ["--help", "--version"]).map { "did you mean \($0)?" }
                throw UsageError("unknown option \(first); \(advice ?? "options follow the command's name")")
            }
            let type = try command(named: first)
            chosen = type
            guard case .command(var command) = try parse(type, Array(arguments.dropFirst())) else {
                console.output.write(type.helpPage(program: name, width: pageWidth(console.output)))
                return ExitStatus.done.rawValue
            }
            var context = Context(console: console, environment: environment, application: self)
            try command.run(&context)
            return context.status.rawValue
        } catch let error as FileError where error.kind == .closed {
            // Nobody is left to whom it would be news.
            return ExitStatus.outputClosed.rawValue
        } catch {
            console.complain(sentence(of: error))
            if error is UsageError {
                console.errors.line(chosen.map { "usage: " + $0.usage(program: name) } ?? usage)
                if let chosen { console.errors.line("help:  \(name) \(chosen.name) --help") }
            }
            return (error as? any ExitStatusProviding)?.exitStatus ?? ExitStatus.failed.rawValue
        }
    }
}

/// An error in one line.
func sentence(of error: any Error) -> String {
    (error as? any ExitStatusProviding)?.description ?? String(describing: error)
}
