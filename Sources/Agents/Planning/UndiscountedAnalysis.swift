// Whether a world without discount has finite values at all, answered from its graph before anything is swept.

enum UndiscountedAnalysis {
    /// A policy that from every state surely comes to an end, or to rest in a part that pays nothing; where it can rest, it rests.
    ///
    /// Its values are finite, and so (there being no cycle that earns) are the optimal ones. They are not below its own anywhere,
    /// which is where policy iteration must begin if zero-reward cycles are not to mislead it (Bertsekas & Yu 2013).
    /// - Throws: when some cycle earns on average, or when some state has no such policy.
    static func restfulPolicy(_ model: PlanningModel) throws(PlanningError) -> [Int] {
        if let state = earningCycle(model) { throw .growsWithoutBound(state: state) }
        let rest = EndComponents(model) { model.reward($0) == 0 }
        let policy = steering(model, to: rest)
        if let state = policy.firstIndex(of: -1) { throw .neverEnds(state: state) }
        return policy
    }

    /// [states]: an action that keeps the chance of arriving at 1, and leads nearer with some chance; −1 where there is none.
    private static func steering(_ model: PlanningModel, to rest: EndComponents) -> [Int] {
        let width = model.actionCount
        var isGood = [Bool](repeating: true, count: model.stateCount)
        while true {
            // Which good states can arrive while surely staying among the good ones?
            var policy = [Int](repeating: -1, count: model.stateCount)
            for state in policy.indices where rest.component[state] >= 0 {
                policy[state] = (0..<width).first { rest.stays[state * width + $0] } ?? -1
            }
            var changed = true
            while changed {
                changed = false
                for state in policy.indices where isGood[state] && policy[state] < 0 {
                    let action = (0..<width).first { action in
                        let pair = state * width + action
                        let outcomes = model.outcomes(pair)
                        return outcomes.allSatisfy { isGood[model.successor($0)] }
                            && (model.mayTerminate[pair] || outcomes.contains { policy[model.successor($0)] >= 0 })
                    }
                    guard let action else { continue }
                    policy[state] = action
                    changed = true
                }
            }
            let arrives = policy.map { $0 >= 0 }
            if arrives == isGood { return policy }
            isGood = arrives
        }
    }

    /// A state of an end component whose best mean reward is positive; nil where there is none.
    private static func earningCycle(_ model: PlanningModel) -> Int? {
        let ends = EndComponents(model) { _ in true }
        var members: [Int: [Int]] = [:]
        for state in 0..<model.stateCount where ends.component[state] >= 0 {
            members[ends.component[state], default: []].append(state)
        }
        for (_, states) in members.sorted(by: { $0.key < $1.key }) where earns(model, states, ends.stays) { return states[0] }
        return nil
    }

    /// Whether the best mean reward of one end component is positive, by relative value iteration with a lazy chain, whose changes
    /// bound the mean from both sides (Puterman 1994, theorem 8.5.5 and section 8.5.4).
    private static func earns(_ model: PlanningModel, _ states: [Int], _ stays: [Bool]) -> Bool {
        let width = model.actionCount
        var values = [Double](repeating: 0, count: model.stateCount)
        for _ in 0..<100_000 {
            var lowest = Double.infinity, highest = -Double.infinity
            var new = values
            for state in states {
                var best = -Double.infinity
                for pair in state * width..<(state + 1) * width where stays[pair] {
                    best = max(best, model.actionValue(pair, values, discount: 1))
                }
                let change = best - values[state]
                lowest = min(lowest, change)
                highest = max(highest, change)
                new[state] = values[state] + change / 2
            }
            if highest <= 1e-10 { return false }
            if lowest > 0 { return true }
            let base = new[states[0]]
            for state in states { new[state] -= base }
            values = new
        }
        return false
    }
}
