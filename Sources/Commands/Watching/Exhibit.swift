// What is to be watched: a world, and who plays in it.

import Agents
import Basics
import RLCore
import Training

struct Exhibit {
    /// What was asked for: an agent's name, a recording's, a world's.
    var title: String
    /// Who plays, in one short line.
    var subtitle: String
    let environment: EnvironmentSpecification
    let settings: Settings
    /// Nil where a recording is played again or a person plays alone.
    var agent: TrainedAgent?
    var recording: Recording?
    /// Who played, in the words of recordings.
    var player: String
    /// Whether somebody plays at random as long as nobody better is there.
    var playsAtRandom = false

    /// An agent in a world of the kind that it was trained in.
    init(_ agent: TrainedAgent, title: String) {
        self.title = title
        self.agent = agent
        environment = agent.environment
        settings = agent.environmentSettings
        subtitle = ""
        player = ""
        describe(agent)
    }

    init(_ recording: Recording, title: String) {
        self.title = title
        self.recording = recording
        environment = recording.environment
        settings = recording.environmentSettings
        subtitle = "recording of " + recording.agent
        player = recording.agent
    }

    /// A world without an agent.
    init(_ environment: EnvironmentSpecification, _ settings: Settings, title: String) {
        self.title = title
        self.environment = environment
        self.settings = settings
        subtitle = environment.summary
        player = "nobody"
    }

    mutating func describe(_ agent: TrainedAgent) {
        self.agent = agent
        subtitle = "\(agent.algorithm.name), kept at step \(grouped(agent.step))"
        player = "\(agent.algorithm.name), seed \(agent.seed), step \(agent.step)"
    }

    func makeWorld() throws -> any VectorEnvironment { try asUsage { try environment.makeVector(settings, lanes: 1) } }
}
