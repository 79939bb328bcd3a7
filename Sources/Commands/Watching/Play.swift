// `rl play`: a person plays a world with the keyboard, and may hand over to an agent and take over again.

import Agents
import Basics
import Environments
import RLCore
import Training

struct Play: Command {
    static let name = "play"
    static let summary = "lets you play a world with the keyboard"
    static let discussion = """
        The keys follow from the names of the world's actions: arrows for directions, the space for the rest; ? shows them. Worlds of \
        states wait for your key, games and machines go on by themselves. With --agent, t hands the controls over and takes them \
        back. The score is what eval calls the return. s saves the episode so far as a recording, --out the last one when you quit.
        """
    static let examples = [
        "rl play breakout", "rl play cartpole --agent dqn-cartpole   # t hands over", "rl play pixel-pong --out game.json",
    ]

    @Argument("ENVIRONMENT", completing: .names(.environment), help: "see rl list environments") var environment: String
    @Option("--agent", value: "AGENT", completing: .names(.agent), help: "whom t hands the controls to") var agent: String?
    @Option("--env-set", value: "KEY=VALUE", help: "a parameter of the world; see rl info ENVIRONMENT") var envSet: [String] = []
    @Option("--seed", value: "N", in: 0...Train.greatestSeed, help: "the first episode's seed") var seed: UInt64 = 0
    @Option("--out", value: "FILE.json", completing: .files, help: "where to save the last episode when you quit") var out:
        String?
    let viewing = FrontOptions()

    /// Steps in a second that people can keep up with.
    private static let fastestPace = 20.0

    mutating func run(_ context: inout Context) throws {
        let catalogues = context.application.catalogues
        let specification = try asUsage { try catalogues.environments[environment] }
        if let out, FilmKind(path: out) != .recording {
            throw UsageError("--out must end in .json, got \"\(out)\"; rl record makes pictures and films of a recording")
        }
        let exhibit = try exhibit(of: specification, catalogues, try context.dataHome())
        var options = viewing.session
        options.seed = seed
        options.pace = min(specification.stepsPerSecond, Play.fastestPace)
        options.startsHuman = true
        let session = try WatchSession(exhibit, options)
        session.tell("? shows your keys")
        try viewing.show(session, title: environment, &context)
        try conclude(session, context.output)
    }

    /// The world as the agent knows it, where there is one.
    private func exhibit(
        of specification: EnvironmentSpecification, _ catalogues: Catalogues, _ home: DataHome?
    ) throws -> Exhibit {
        guard let agent else {
            let settings = try asUsage { try specification.settings.assigning(envSet, from: "--env-set") }
            return Exhibit(specification, settings, title: environment)
        }
        let trained = try AgentFile.read(try AgentFile.find(agent, home: home), catalogues)
        guard trained.environment.name == specification.name else {
            throw UsageError("\(agent) plays \(trained.environment.name), not \(environment)")
        }
        guard envSet.isEmpty else {
            throw UsageError("--env-set cannot go with --agent: the world is the one that \(agent) was trained in")
        }
        return Exhibit(trained, title: agent)
    }

    private func conclude(_ session: WatchSession, _ output: Output) throws {
        for (episode, score) in session.finishedReturns.enumerated() {
            output.line("episode \(grouped(episode + 1)): score \(plain(score))")
        }
        if session.timeline.ending == .running, session.timeline.position > 0 {
            output.line("the last one, unfinished: score \(plain(session.timeline.totalReward))")
        }
        guard let out else { return }
        guard let played = session.lastPlayed else { return output.line("nothing was played, so nothing is written to \(out)") }
        try session.recording(of: played).write(to: out)
        output.line("wrote    \(out)")
    }
}
