// One state that pays for its actions: what a learner makes of it can be worked out by hand.
public import Basics
import Kernels
public import RLCore

/// Shows always state 0; action i pays `pay[i]`; every `length` steps the episode ends as `ending` says.
public struct PayingWorld: Environment {
    public let pay: [Float]
    public let length: Int
    public let ending: Ending
    private var time = 0

    public init(_ pay: [Float], length: Int = 1, ending: Ending = .terminated) {
        self.pay = pay
        self.length = length
        self.ending = ending
    }

    public var observationSpace: Space { .discrete(1) }
    public var actionSpace: Space { .discrete(pay.count) }

    public mutating func reset(using random: inout RandomSource) { time = 0 }
    public mutating func step(_ action: Action, using random: inout RandomSource) -> Outcome {
        time += 1
        return Outcome(reward: pay[action.index], ending: time == length ? ending : .running)
    }
    public func observe(into row: inout MutableSpan<Float>) { row[0] = 0 }
    public var state: [Double] { [Double(time)] }
    public func save(into archive: inout Archive) { archive.store(time, as: "time") }
    public mutating func load(from archive: Archive) throws(ArchiveError) { time = try archive.integer("time") }
}
