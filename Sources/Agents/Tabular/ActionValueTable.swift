// Q(s, a) as numbers in a table: what every tabular learner improves.
import Basics
import Kernels
import RLCore

/// Values and visit counts, [states, actions], in Double.
public struct ActionValueTable: Sendable {
    public let stateCount: Int
    public let actionCount: Int
    private let storage: Storage<Double>
    private let counts: Storage<Int64>
    /// [states · actions], pair = state · actionCount + action.
    let values: Buffer<Double>
    /// How often each pair has been updated.
    let visits: Buffer<Int64>

    public init(states: Int, actions: Int, initial: Double = 0) {
        stateCount = states
        actionCount = actions
        storage = Storage(count: states * actions)
        counts = Storage(count: states * actions)
        values = storage.all
        visits = counts.all
        values.fill(initial)
    }

    public subscript(_ state: Int, _ action: Int) -> Double { values[state * actionCount + action] }

    @inline(__always) func pair(_ state: Int, _ action: Int) -> Int { state * actionCount + action }

    /// maxₐ Q(s, a)
    func best(_ state: Int) -> Double {
        var best = values[state * actionCount]
        for pair in state * actionCount + 1..<(state + 1) * actionCount { best = max(best, values[pair]) }
        return best
    }
    /// The first of the best actions.
    func bestAction(_ state: Int) -> Int {
        let row = values.row(state, width: actionCount)
        var chosen = 0
        for action in 1..<max(actionCount, 1) where row[action] > row[chosen] { chosen = action }
        return chosen
    }
    /// How many actions are as good as this one, itself included; 0 where one is better.
    func equals(of action: Int, in state: Int) -> Int {
        let row = values.row(state, width: actionCount)
        var equals = 0
        for other in 0..<actionCount {
            if row[other] > row[action] { return 0 }
            equals += row[other] == row[action] ? 1 : 0
        }
        return equals
    }
    /// One of the best actions, drawn where several are equal, so that an empty table does not always go the same way.
    func anyBestAction(_ state: Int, using random: inout RandomSource) -> Int {
        let row = values.row(state, width: actionCount)
        var chosen = 0
        var equals = 1
        for action in 1..<max(actionCount, 1) {
            if row[action] > row[chosen] {
                chosen = action
                equals = 1
            } else if row[action] == row[chosen] {
                equals += 1
            }
        }
        guard equals > 1 else { return chosen }
        var skip = random.below(equals)
        let best = row[chosen]
        for action in 0..<actionCount where row[action] == best {
            if skip == 0 { return action }
            skip -= 1
        }
        return chosen
    }
    /// Σₐ π(a | s) Q(s, a) of the ε-greedy policy; ties among the best share, so nothing depends on how they are broken.
    func expectation(_ state: Int, epsilon: Double) -> Double {
        let best = best(state)
        guard epsilon > 0 else { return best }
        var sum = 0.0
        for pair in state * actionCount..<(state + 1) * actionCount { sum += values[pair] }
        return (1 - epsilon) * best + epsilon * (sum / Double(actionCount))
    }

    /// Q ← Q + α (target − Q), and counts the visit: Sutton & Barto 2018, equation 2.3.
    @inline(__always) func move(_ pair: Int, toward target: Double, _ size: StepSize, _ errors: inout ErrorMean) {
        let error = target - values[pair]
        values[pair] += visit(pair, size) * error
        errors.add(error)
    }
    /// Counts a visit of the pair and gives its step size.
    @inline(__always) func visit(_ pair: Int, _ size: StepSize) -> Double {
        visits[pair] += 1
        return size.value(visits: visits[pair])
    }

    var byteCount: Int { 16 * values.count }

    func save(into archive: inout Archive) {
        archive.store(Tensor(shape: [stateCount, actionCount], values: .float64(values.array)), as: "values")
        archive.store(visits.array, as: "visits")
    }
    func load(from archive: Archive) throws(ArchiveError) {
        let saved = try archive.doubles("values", count: values.count)
        let savedVisits = try archive.int64s("visits", count: visits.count)
        values.copy(from: saved)
        visits.copy(from: savedVisits)
    }
}

/// The step size α of an update.
struct StepSize: Sendable {
    /// At the pair's first visit.
    let first: Double
    /// h: it falls with the visits n as h / (h + n − 1); 0 keeps it.
    let halfLife: Double

    /// With `first` 1 and h = 1 this is 1/n, the plain average; with h = 1 / (1 − γ) the rescaled linear step size under which
    /// Q-learning converges at the best known rate (Wainwright 2019, arXiv 1905.06265).
    @inline(__always) func value(visits: Int64) -> Double { value(weight: Double(visits)) }
    /// The same where visits weigh differently: `weight` is that of all of them, the present one counting as 1.
    @inline(__always) func value(weight: Double) -> Double {
        halfLife == 0 ? first : first * (halfLife / (halfLife + (weight - 1)))
    }
}

/// The mean of squared temporal-difference errors since it was last emptied.
struct ErrorMean: Sendable {
    private var sum = 0.0
    private(set) var count = 0

    @inline(__always) mutating func add(_ error: Double) {
        sum += error * error
        count += 1
    }
    /// Nil where there was none.
    mutating func take() -> Double? {
        guard count > 0 else { return nil }
        defer { self = ErrorMean() }
        return sum / Double(count)
    }
}
