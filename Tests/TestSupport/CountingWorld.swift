// A world whose every number can be foretold: it counts its steps, and its actions say when it ends.
public import Basics
import Kernels
public import RLCore

/// Sees [steps so far, a mark drawn at the reset, the last draw]; pays the number of the step just taken.
///
/// Action 0 goes on, 1 terminates, 2 truncates.
public struct CountingWorld: Environment {
    public private(set) var time = 0
    public private(set) var mark = 0.0
    public private(set) var draw = 0.0

    public init() {}

    public var observationSpace: Space {
        .box(.vector(3), low: [0, 0, 0], high: [.infinity, 1, 1])
    }
    public var actionSpace: Space { .discrete(3) }

    public mutating func reset(using random: inout RandomSource) {
        time = 0
        mark = random.unit()
        draw = 0
    }
    public mutating func step(_ action: Action, using random: inout RandomSource) -> Outcome {
        time += 1
        draw = random.unit()
        let endings: [Ending] = [.running, .terminated, .truncated]
        return Outcome(reward: Float(time), ending: endings[action.index])
    }
    public func observe(into row: inout MutableSpan<Float>) {
        row[0] = Float(time)
        row[1] = Float(mark)
        row[2] = Float(draw)
    }
    public var state: [Double] { [Double(time), mark, draw] }

    public func save(into archive: inout Archive) { archive.store(state, as: "state") }
    public mutating func load(from archive: Archive) throws(ArchiveError) {
        let found = try archive.doubles("state", count: 3)
        time = Int(found[0])
        mark = found[1]
        draw = found[2]
    }
}

extension Actions {
    /// Discrete actions, one a lane, of `count` that there are.
    public static func discrete(_ choices: [Int32], of count: Int = 3) -> Actions {
        let actions = Actions(lanes: choices.count, space: .discrete(count))
        actions.indices.copy(from: choices)
        return actions
    }
}
