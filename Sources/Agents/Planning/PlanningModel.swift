// A finite world in the layout that planning reads: outcomes in flat arrays, expected rewards, ends left out.
import Kernels
public import RLCore

/// Everything that planning asks of an `MDP`, read once.
public final class PlanningModel: Sendable {
    public let stateCount: Int
    public let actionCount: Int
    public let starts: [(probability: Double, state: Int)]
    /// [states]: every action stays, pays nothing and ends.
    public let isAbsorbing: [Bool]
    /// [states]: what a player sees of each.
    public let observations: [Int]
    public let observationCount: Int
    /// [states · actions]: some outcome ends the episode.
    let mayTerminate: [Bool]

    private let offsets: Storage<Int32>
    private let next: Storage<Int32>
    private let weights: Storage<Double>
    private let rewards: Storage<Double>
    let flat: SweepModel

    public init(_ table: TabulatedModel) {
        stateCount = table.stateCount
        actionCount = table.actionCount
        starts = table.starts
        observations = table.observations.array.map { Int($0) }
        observationCount = table.observationCount
        let pairs = stateCount * actionCount
        var ends = [Bool](repeating: false, count: pairs)
        var absorbing = [Bool](repeating: true, count: stateCount)
        offsets = Storage(count: pairs + 1)
        rewards = Storage(count: pairs)
        var successors: [Int32] = []
        var probabilities: [Double] = []
        successors.reserveCapacity(table.nexts.count)
        probabilities.reserveCapacity(table.nexts.count)
        // Where nothing is left to chance, an end becomes an outcome of weight 0, so that every pair has one: sweeps are faster.
        let padsEnds = table.nexts.count == pairs
        for pair in 0..<pairs {
            let state = pair / actionCount
            for t in Int(table.firsts[pair])..<Int(table.firsts[pair + 1]) where table.probabilities[t] > 0 {
                rewards.all[pair] += table.probabilities[t] * table.rewards[t]
                let terminates = table.terminates[t] != 0
                if terminates {
                    ends[pair] = true
                } else {
                    successors.append(table.nexts[t])
                    probabilities.append(table.probabilities[t])
                }
                if !terminates || Int(table.nexts[t]) != state || table.rewards[t] != 0 { absorbing[state] = false }
            }
            if padsEnds && ends[pair] {
                successors.append(Int32(state))
                probabilities.append(0)
            }
            offsets.all[pair + 1] = Int32(successors.count)
        }
        next = Storage(count: successors.count)
        weights = Storage(count: successors.count)
        next.all.copy(from: successors)
        weights.all.copy(from: probabilities)
        mayTerminate = ends
        isAbsorbing = absorbing
        flat = SweepModel(
            stateCount: stateCount, actionCount: actionCount, offsets: offsets.all, next: next.all, weights: weights.all,
            rewards: rewards.all)
    }
    /// - Throws: when the model contradicts itself.
    public convenience init(_ model: some MDP) throws(ModelError) { self.init(try TabulatedModel(model)) }

    /// Whether a player can tell all states apart.
    public var isFullyObserved: Bool { Set(observations).count == stateCount }

    public var byteCount: Int { flat.bytesPerSweep - 16 * stateCount }

    @inline(__always) func outcomes(_ pair: Int) -> Range<Int> { Int(flat.offsets[pair])..<Int(flat.offsets[pair + 1]) }
    @inline(__always) func successor(_ outcome: Int) -> Int { Int(flat.next[outcome]) }
    @inline(__always) func probability(_ outcome: Int) -> Double { flat.weights[outcome] }
    @inline(__always) func reward(_ pair: Int) -> Double { flat.rewards[pair] }

    /// q(s, a) = r(s, a) + γ Σ p · v(s′), of one pair: Sutton & Barto 2018, equation 4.6.
    func actionValue(_ pair: Int, _ values: [Double], discount: Double) -> Double {
        var future = 0.0
        for t in outcomes(pair) { future += probability(t) * values[successor(t)] }
        return reward(pair) + discount * future
    }
    /// [states, actions]: what each action is worth when `values` [states] is what follows.
    public func actionValues(_ values: [Double], discount: Double) -> [Double] {
        (0..<stateCount * actionCount).map { actionValue($0, values, discount: discount) }
    }
    /// The expectation of `values` [states] where episodes begin.
    public func startValue(_ values: [Double]) -> Double {
        starts.reduce(0) { $0 + $1.probability * values[$1.state] }
    }
    /// [states]: whether play can come by, under some policy.
    public var isReachable: [Bool] {
        var seen = [Bool](repeating: false, count: stateCount)
        var waiting = starts.filter { $0.probability > 0 }.map(\.state)
        for state in waiting { seen[state] = true }
        while let state = waiting.popLast() {
            for t in outcomes(state * actionCount).lowerBound..<outcomes((state + 1) * actionCount - 1).upperBound
            where !seen[successor(t)] {
                seen[successor(t)] = true
                waiting.append(successor(t))
            }
        }
        return seen
    }
}

/// When two action values count as equal: a billionth, of one or of the larger magnitude.
@inline(__always) func tieTolerance(_ value: Double) -> Double { 1e-9 * max(1, value.magnitude) }
