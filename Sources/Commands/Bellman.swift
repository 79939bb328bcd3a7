// The front door: which commands there are, which worlds and algorithms they know, and the way in from `main.swift`.

public import Agents
import Environments
import Glibc
import Kernels
public import RLCore
import Training

/// When this process began, on the monotonic clock: read first in `main`.
let processStart = monotonicSeconds()

public enum Bellman {
    public static let version = "0.1.0"

    /// `rl` with all its commands, and your worlds, algorithms and commands beside its own.
    public static func application(
        adding environments: [EnvironmentSpecification] = [], algorithms: [AlgorithmSpecification] = [],
        commands: [any Command.Type] = []
    ) -> Application {
        var catalogues = Catalogues()
        for environment in environments { catalogues.environments.add(environment) }
        for algorithm in algorithms { catalogues.algorithms.add(algorithm) }
        catalogues.environments.elsewhere = WorldFile.elsewhere { try? DataHome() }
        let known = catalogues
        return Application(
            name: "rl", version: version,
            summary: "Bellman trains, evaluates, records and shows reinforcement-learning agents.",
            commands: [
                Train.self, Resume.self, VerifyResume.self, Eval.self, Solve.self, Watch.self, Play.self, Trace.self, Record.self,
                Replay.self, Plot.self, Compare.self, Report.self, Inspect.self, Sweep.self, List.self, Info.self, Bench.self,
                Doctor.self, Completions.self,
            ] + commands + [HelpCommand.self], catalogues: known
        ) { kind in
            switch kind {
            case .algorithm: known.algorithms.all.map(\.name)
            case .environment: known.environments.names
            // A shell that completes has no use for a complaint.
            case .agent: (try? DataHome().names(.agents, suffix: ".safetensors")) ?? []
            case .command: []
            }
        }
    }

    /// Runs the command line of this process and ends it.
    public static func main(
        adding environments: [EnvironmentSpecification] = [], algorithms: [AlgorithmSpecification] = [],
        commands: [any Command.Type] = []
    ) -> Never {
        _ = processStart
        let environment = processEnvironment()
        let console = Console.process(environment: environment)
        let arguments = Array(CommandLine.arguments.dropFirst())
        let application = application(adding: environments, algorithms: algorithms, commands: commands)
        exit(application.run(arguments, console: console, environment: environment))
    }
}
