// `rl watch`: an agent plays in a window, a recording is played again, or a run is followed while it trains.

import Agents
import Basics
import Environments
import Glibc
import RLCore
import Training

struct Watch: Command {
    static let name = "watch"
    static let summary = "shows an agent play in a window, or follows a run that is training"
    static let discussion = """
        Episode i uses seed + i, as in rl eval. A run's folder is followed: newer weights are taken as they are kept, and the \
        learning curve grows; the training neither waits nor changes. A recording is played again.

        Keys: \(ViewerCommand.sentence). A click pauses, the wheel changes the speed.
        """
    static let examples = [
        "rl watch dqn-cartpole", "rl watch runs/dqn-cartpole/seed-0   # also while it trains",
        "rl watch replays/dqn-breakout.json --speed 2", "rl watch dqn-breakout --terminal   # over SSH too",
    ]

    @Argument("AGENT|RUN|RECORDING", completing: .names(.agent), help: "a trained agent, a run's folder, or a recording")
    var source: String?
    @Option("--seed", value: "N", in: 0...Train.greatestSeed, help: "an agent's first episode [\(SeedRange.report)]")
    var seed: UInt64?
    @Option("--mode", value: "MODE", help: "how an agent acts: greedy, sampled or epsilon=X [greedy]") var mode: String?
    let viewing = FrontOptions()

    mutating func run(_ context: inout Context) throws {
        let catalogues = context.application.catalogues
        var options = viewing.session
        options.seed = seed ?? SeedRange.report
        options.mode = try parsedMode(mode ?? "greedy")
        let home = try context.dataHome()
        guard let source else { throw UsageError(Watch.suggestion(home)) }
        var follower: RunFollower?
        let exhibit = try found(source, home, catalogues, &follower)
        if exhibit.recording != nil { try refuseForRecording(seed: seed, mode: mode) }
        let session = try WatchSession(exhibit, options)
        // Whoever trains goes first.
        let this = __priority_which_t(PRIO_PROCESS.rawValue)
        if follower != nil && getpriority(this, 0) < 5 { _ = setpriority(this, 0, 5) }
        try viewing.show(session, title: "\(source) – \(exhibit.environment.name)", following: follower, &context)
    }

    private func found(
        _ source: String, _ home: DataHome?, _ catalogues: Catalogues, _ follower: inout RunFollower?
    ) throws -> Exhibit {
        if source.hasSuffix(".json") {
            return Exhibit(try Recording.verified(source, catalogues.environments), title: Paths.name(of: source))
        }
        if Folders.kind(of: Paths.join(source, RunFolder.planName)) != nil {
            follower = RunFollower(source, catalogues)
            return try Exhibit(run: source, catalogues)
        }
        let path: String
        do throws(FileError) {
            path = try AgentFile.find(source, home: home)
        } catch {
            guard error.kind == .missing, let path = try Recording.find(source, home: home) else { throw error }
            return Exhibit(try Recording.verified(path, catalogues.environments), title: Paths.name(of: path))
        }
        return Exhibit(try AgentFile.read(path, catalogues), title: source)
    }

    private static func suggestion(_ home: DataHome?) -> String {
        let agents = (try? home?.names(.agents, suffix: ".safetensors")) ?? []
        return agents.isEmpty
            ? "nothing to watch was named, and no trained agent is installed; name a run's folder or a .safetensors file"
            : "nothing to watch was named; trained agents: \(agents.joined(separator: ", ")), or a run's folder, or a recording"
    }
}

extension Exhibit {
    /// A run, with its best weights where there are some yet; before the first evaluation somebody plays at random.
    init(run path: String, _ catalogues: Catalogues) throws {
        var object = try JSONReader.read(Paths.join(path, RunFolder.planName)).object("a run")
        let plan = try TrainingPlan(try object.node("plan"), catalogues)
        self.init(plan.environment, plan.environmentSettings, title: path)
        subtitle = "random until the first evaluation"
        player = "random actions"
        playsAtRandom = true
    }
}

extension ViewerCommand {
    /// All keys in one sentence.
    static var sentence: String { table.map { "\($0.keys) \($0.help)" }.joined(separator: "; ") }
}
