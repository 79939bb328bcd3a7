// Small worlds written out by hand, for tests whose answers fit on a line.

import RLCore

/// `rows[state][action]` are the outcomes.
struct ListedModel: MDP {
    let rows: [[[Transition]]]
    var start = 0
    var stateCount: Int { rows.count }
    var actionCount: Int { rows[0].count }
    var layout: GridLayout? { nil }
    var starts: [(probability: Double, state: Int)] { [(1, start)] }
    func transitions(of action: Int, in state: Int) -> [Transition] { rows[state][action] }

    static func certain(_ next: Int, _ reward: Double, ends: Bool = false) -> [Transition] {
        [Transition(probability: 1, next: next, reward: reward, terminates: ends)]
    }
    static func absorbing(_ state: Int, actions: Int) -> [[Transition]] {
        Array(repeating: certain(state, 0, ends: true), count: actions)
    }

    /// 0 → 1 → 2 → … → n, −1 for each move to the right (action 1), the last ends with `prize`; action 0 stays and costs 1.
    static func corridor(_ length: Int, prize: Double = 10) -> ListedModel {
        ListedModel(
            rows: (0..<length).map { state in
                [certain(state, -1), certain(state + 1, state == length - 1 ? prize : -1, ends: state == length - 1)]
            } + [absorbing(length, actions: 2)])
    }
    /// One state in which action 0 stays with `reward`, action 1 ends with 0.
    static func loop(_ reward: Double) -> ListedModel { ListedModel(rows: [[certain(0, reward), certain(0, 0, ends: true)]]) }
    /// The same without a way out.
    static func trap(_ reward: Double) -> ListedModel { ListedModel(rows: [[certain(0, reward), certain(0, reward)]]) }
}
