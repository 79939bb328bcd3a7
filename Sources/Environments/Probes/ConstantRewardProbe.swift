// Constant reward: one state, one step, reward 1 whatever one does. Asks whether values are learned at all.
import Basics
public import RLCore

/// Every policy gets 1. The value of the state is 1 at any discount: an agent that says otherwise has a broken loss or bootstrap.
public enum ConstantRewardProbe {
    public static func model() -> Probe {
        Probe(states: 1, actions: 2, starts: [(1, 0)]) { _, _ in Transition.end(in: 0, pays: 1) }
    }
    public static let specification = EnvironmentSpecification(
        "probe-constant", version: 1, summary: "probe: reward 1 whatever one does", timeLimit: 10, threshold: 1,
        observationNames: ["always 0"], actionNames: ["either", "other"]
    ) { (_) throws(SettingError) in model() }
}
