// How near to the memory's own speed value iteration sweeps a grid that no cache holds.
public import Agents
import Basics
import Kernels
import RLCore

/// A grid of `side` × `side` cells without walls: −1 a move, bumping into the edge stays, the last cell is the end.
struct OpenGrid: MDP {
    let side: Int
    var stateCount: Int { side * side }
    var actionCount: Int { 4 }
    var layout: GridLayout? { nil }
    var starts: [(probability: Double, state: Int)] { [(1, 0)] }
    func transitions(of action: Int, in state: Int) -> [Transition] {
        let goal = stateCount - 1
        if state == goal { return [Transition(probability: 1, next: goal, reward: 0, terminates: true)] }
        let row = state / side, column = state % side
        // Left, down, right, up.
        let next =
            switch action {
            case 0: row * side + max(column - 1, 0)
            case 1: min(row + 1, side - 1) * side + column
            case 2: row * side + min(column + 1, side - 1)
            default: max(row - 1, 0) * side + column
            }
        return [Transition(probability: 1, next: next, reward: -1, terminates: next == goal)]
    }
}

public enum ValueIterationBench {
    public struct Result: Sendable {
        public let states: Int
        public let sweepsPerSecond: Double
        /// What a sweep moves at the least: the model read once, each value read and written once.
        public let bytesPerSweep: Int
        public var bytesPerSecond: Double { sweepsPerSecond * Double(bytesPerSweep) }
        /// Read and written by copying a block of the model's size, in this process.
        public let copyBytesPerSecond: Double
        public var shareOfCopy: Double { bytesPerSecond / copyBytesPerSecond }
        /// (slowest − fastest) / median of the repetitions.
        public let spread: Double
    }

    /// Medians of `repetitions`; sweeps and copies in turn, so that both meet the same machine.
    ///
    /// - Precondition: at least one repetition of one sweep, and a side of two cells.
    public static func run(
        side: Int = 1000, sweeps: Int = 10, repetitions: Int = 7, order: ValueIteration.Order = .synchronous
    ) throws -> Result {
        precondition(
            side > 1 && sweeps > 0 && repetitions > 0, "\(repetitions) repetitions of \(sweeps) sweeps over \(side) cells a side")
        let sweeper = Sweeper(try PlanningModel(OpenGrid(side: side)), discount: 0.99, order: order)
        let block = Storage<UInt64>(count: sweeper.bytesPerSweep / 16), copy = Storage<UInt64>(count: sweeper.bytesPerSweep / 16)
        var swept: [Double] = [], copied: [Double] = []
        sweeper.sweep()
        copy.all.copy(from: block.all)
        for _ in 0..<repetitions {
            let began = monotonicSeconds()
            for _ in 0..<sweeps { sweeper.sweep() }
            let half = monotonicSeconds()
            for _ in 0..<sweeps { copy.all.copy(from: block.all) }
            swept.append((half - began) / Double(sweeps))
            copied.append((monotonicSeconds() - half) / Double(sweeps))
        }
        swept.sort()
        copied.sort()
        let median = swept[repetitions / 2]
        return Result(
            states: side * side, sweepsPerSecond: 1 / median, bytesPerSweep: sweeper.bytesPerSweep,
            copyBytesPerSecond: Double(copy.all.count * 16) / copied[repetitions / 2],
            spread: (swept[repetitions - 1] - swept[0]) / median)
    }
}
