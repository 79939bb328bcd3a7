// Decides by looking up: one action for each state, with the values that it was chosen by.
public import Basics
import Kernels
public import RLCore

public final class TabularPolicy: ActionValuing {
    public let stateCount: Int
    public let actionCount: Int
    /// [states]: what is done; −1 where nothing can be (the state is absorbing).
    public private(set) var actions: [Int32]
    /// [states, actions]
    public private(set) var values: [Double]

    /// - Parameters:
    ///   - values: [states, actions].
    ///   - actions: [states]; without it the first of the best.
    public init(values: [Double], actionCount: Int, actions: [Int]? = nil) {
        precondition(actionCount > 0 && values.count % actionCount == 0, "\(values.count) values for \(actionCount) actions")
        let stateCount = values.count / actionCount
        precondition(actions == nil || actions?.count == stateCount, "\(actions?.count ?? 0) actions for \(stateCount) states")
        self.stateCount = stateCount
        self.actionCount = actionCount
        self.values = values
        self.actions =
            actions?.map { Int32($0) }
            ?? (0..<stateCount).map { state in
                var best = 0
                for action in 1..<max(actionCount, 1)
                where values[state * actionCount + action] > values[state * actionCount + best] {
                    best = action
                }
                return Int32(best)
            }
    }
    /// Empty, to be filled by `load(from:)`.
    public convenience init(states: Int, actions: Int) {
        self.init(values: Array(repeating: 0, count: states * actions), actionCount: actions)
    }
    convenience init(_ table: ActionValueTable) { self.init(values: table.values.array, actionCount: table.actionCount) }

    public func begin(lanes: Int) {}

    /// `.sampled` is greedy: the table's policy is deterministic.
    public func act(on observations: Rows, into actions: Actions, mode: Mode, using sources: inout [RandomSource]) {
        for lane in 0..<actions.count {
            if case .epsilon(let epsilon) = mode, sources[lane].unit() < epsilon {
                actions.indices[lane] = Int32(sources[lane].below(actionCount))
            } else {
                actions.indices[lane] = max(0, self.actions[Int(observations.floats[lane])])
            }
        }
    }

    public func actionValues(of observations: Rows) -> [Double] {
        (0..<observations.count).flatMap { row in
            let state = Int(observations.floats[row])
            return values[state * actionCount..<(state + 1) * actionCount]
        }
    }

    public func insight(into observations: Rows, row: Int, attention: Bool) -> Insight? {
        let values = actionValues(of: observations.slice(row, 1))
        return Insight(scores: .values(values), value: values.max())
    }

    public func save(into archive: inout Archive) {
        archive.store(Tensor(shape: [stateCount, actionCount], values: .float64(values)), as: "action_values")
        archive.store(actions, as: "policy")
    }
    public func load(from archive: Archive) throws(ArchiveError) {
        let loaded = try archive.doubles("action_values", count: values.count)
        let loadedActions = try archive.int32s("policy", count: stateCount)
        if let wrong = loadedActions.first(where: { $0 < -1 || Int($0) >= actionCount }) {
            throw ArchiveError("\"policy\" holds action \(wrong), there are \(actionCount)")
        }
        values = loaded
        actions = loadedActions
    }
}
