// Plays a recording again in a fresh world, and says where it went another way.
public import Basics
import Kernels
public import RLCore

/// Where a replay first differs from what was recorded.
public struct ReplayDifference: Error, Hashable, Sendable, CustomStringConvertible {
    /// Counted from 1; nil when every step agrees and only what the file says of the whole does not.
    public let step: Int?
    public let description: String
}

/// A recording that is being played again, one step at a time.
public final class Resimulation {
    public let recording: Recording
    public let world: any VectorEnvironment
    public private(set) var batch: StepBatch
    /// Steps taken.
    public private(set) var step = 0
    public private(set) var totalReward = 0.0
    /// The first difference so far.
    public private(set) var difference: ReplayDifference?
    private let actions: Actions
    private var hash = RollingHash()
    private var ending = Ending.running

    public init(_ recording: Recording) throws(SettingError) {
        self.recording = recording
        world = try recording.makeWorld()
        actions = Actions(lanes: 1, space: world.actionSpace)
        batch = world.reset(using: [RandomSource(seed: recording.seed)])
        hash.add(batch.observations)
    }

    /// - Returns: false when there is no further step, or the episode has ended before the recording did.
    @discardableResult public func advance() -> Bool {
        guard step < recording.steps, ending == .running else { return false }
        recording.actions[step].write(to: actions, lane: 0)
        batch = world.step(actions)
        ending = batch.ending(of: 0)
        hash.add(batch.successor(of: 0))
        totalReward += Double(batch.rewards[0])
        if UInt8(truncatingIfNeeded: hash.value) != recording.check[step] {
            differ(step + 1, "step \(step + 1) shows something else than what was recorded")
        }
        step += 1
        if ending != .running && step < recording.steps {
            differ(step, "the episode is \(ending) at step \(step), \(recording.steps) were recorded")
        }
        return true
    }

    /// Plays to the end.
    ///
    /// - Throws: the first difference.
    public func verify() throws(ReplayDifference) {
        while advance() {}
        if hash.value != recording.hash { differ(nil, "what was seen differs, though no step's byte tells where") }
        if ending != recording.ending { differ(nil, "the episode is \(ending) at its end, \(recording.ending) was recorded") }
        if totalReward != recording.totalReward {
            differ(nil, "the return is \(totalReward), \(recording.totalReward) was recorded")
        }
        if let difference { throw difference }
    }

    private func differ(_ step: Int?, _ sentence: String) {
        difference = difference ?? ReplayDifference(step: step, description: sentence)
    }
}
