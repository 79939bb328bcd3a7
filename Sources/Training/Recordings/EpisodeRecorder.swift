// Takes down one episode while it is played.
public import Basics
import Kernels
public import RLCore

public final class EpisodeRecorder {
    private var hash = RollingHash()
    private var actions: [RecordedAction] = []
    private var check: [UInt8] = []
    private var totalReward = 0.0
    private var ending = Ending.running

    public init() {}

    /// The first view of the episode: one row.
    public func begin(_ observation: Rows) {
        hash = RollingHash()
        actions = []
        check = []
        totalReward = 0
        ending = .running
        hash.add(observation)
    }

    /// What lane `lane` did, and what came of it.
    public func add(_ taken: Actions, _ batch: StepBatch, lane: Int) {
        actions.append(RecordedAction(taken, lane: lane))
        hash.add(batch.successor(of: lane))
        check.append(UInt8(truncatingIfNeeded: hash.value))
        totalReward += Double(batch.rewards[lane])
        ending = batch.ending(of: lane)
    }

    public func recording(
        of environment: EnvironmentSpecification, _ settings: Settings, seed: UInt64, agent: String
    ) -> Recording {
        Recording(
            environment: environment, environmentSettings: settings, seed: seed, agent: agent, actions: actions, check: check,
            hash: hash.value, totalReward: totalReward, ending: ending)
    }
}
