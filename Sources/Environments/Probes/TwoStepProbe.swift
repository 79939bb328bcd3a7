// Two-step credit: the first action earns the reward of the second step. Asks whether values travel back one step.
import Basics
public import RLCore

/// Action 1 in state 0 leads to state 2, whose step pays 1; action 0 leads to state 1, whose step pays 0. The values of state 0 are
/// 0 and γ; random play gets 1/2, the right policy 1, and one that looks one reward ahead only 1/2.
public enum TwoStepProbe {
    public static func model() -> Probe {
        Probe(states: 3, actions: 2, starts: [(1, 0)]) { state, action in
            state == 0 ? Transition.surely(1 + action) : Transition.end(in: state, pays: state == 2 ? 1 : 0)
        }
    }
    public static let specification = EnvironmentSpecification(
        "probe-two-step", version: 1, summary: "probe: the first action earns the second step's reward", timeLimit: 10,
        threshold: 1, observationNames: ["0 first, then 1 or 2 by the action"], actionNames: ["poor", "rich"]
    ) { (_) throws(SettingError) in model() }
}
