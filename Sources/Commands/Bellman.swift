// The front door: which commands there are, and the way in from `main.swift`.

import Glibc

public enum Bellman {
    public static let version = "0.1.0"

    /// `rl` with all its commands, and yours after them.
    public static func application(adding commands: [any Command.Type] = []) -> Application {
        Application(
            name: "rl", version: version,
            summary: "Bellman trains, evaluates, records and shows reinforcement-learning agents.",
            commands: [Doctor.self, Completions.self] + commands + [HelpCommand.self])
    }

    /// Runs the command line of this process and ends it.
    public static func main(adding commands: [any Command.Type] = []) -> Never {
        let environment = processEnvironment()
        let console = Console.process(environment: environment)
        let arguments = Array(CommandLine.arguments.dropFirst())
        exit(application(adding: commands).run(arguments, console: console, environment: environment))
    }
}
