// Feeds a rule of learning with steps written out by hand.

import Basics
import Kernels
import RLCore

@testable import Agents

/// One rule, its table and the steps that it is told of.
struct LaneOfSteps<Rule: TabularRule> {
    var rule: Rule
    var size = StepSize(first: 0.5, halfLife: 0)
    var discount = 0.9
    var epsilon = 0.0
    var random = RandomSource(seed: 1)
    var errors = ErrorMean()

    init(_ rule: Rule) { self.rule = rule }

    /// `action` is chosen in `state`, as an agent would tell it, and then taken.
    mutating func step(
        _ state: Int, _ action: Int, _ reward: Double, to successor: Int, _ ending: Ending = .running, lane: Int = 0
    ) {
        rule.chose(action, in: state, lane: lane, size, &errors)
        let step = Experience(
            lane: lane, state: state, action: action, reward: reward, successor: successor, ending: ending,
            discount: ending == .terminated ? 0 : discount, epsilon: epsilon)
        rule.learn(from: step, size, &errors, using: &random)
    }
    /// The values of a table of two actions, pair by pair.
    var values: [Double] { rule.table.values.array }
}

/// A table of `states` states and two actions, with these values.
func table(_ values: [Double]) -> ActionValueTable {
    let table = ActionValueTable(states: values.count / 2, actions: 2)
    table.values.copy(from: values)
    return table
}

/// The same hundred steps of five states and two actions, for "reduces to" laws; every episode ends after about ten, or,
/// without revisits, after five in a row that terminate.
func wander<Rule: TabularRule>(_ lane: inout LaneOfSteps<Rule>, seed: UInt64 = 3, revisits: Bool = true) {
    var random = RandomSource(seed: seed)
    var state = 0
    for i in 0..<100 {
        let next = revisits ? random.below(5) : state + 1
        let isLast = revisits ? random.unit() < 0.1 : state == 4
        let ending: Ending = !isLast ? .running : revisits && i % 2 == 1 ? .truncated : .terminated
        lane.step(state, random.below(2), random.unit(), to: isLast && !revisits ? 0 : next, ending)
        state = isLast ? 0 : next
    }
}
