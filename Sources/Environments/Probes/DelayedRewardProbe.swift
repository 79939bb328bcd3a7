// Delayed reward: one choice, then a long walk, then its reward. Asks how far back credit reaches.
import Basics
public import RLCore

/// The action in state 0 chooses one of two corridors of `delay` steps in which nothing matters; the end of corridor 1 pays 1, that
/// of corridor 0 pays 0. The choice is worth γ^delay. Random play gets 1/2, the right policy 1.
public enum DelayedRewardProbe {
    public static func model(delay: Int = 20) -> Probe {
        // State 1 + corridor · delay + steps already walked in it.
        Probe(states: 1 + 2 * delay, actions: 2, starts: [(1, 0)]) { state, action in
            if state == 0 { return Transition.surely(1 + action * delay) }
            let corridor = (state - 1) / delay
            return (state - 1) % delay == delay - 1
                ? Transition.end(in: state, pays: Double(corridor)) : Transition.surely(state + 1)
        }
    }
    public static let specification = EnvironmentSpecification(
        "probe-delayed", version: 1, summary: "probe: one choice, a long walk, then its reward", timeLimit: 1001, threshold: 1,
        observationNames: ["0, then 1 + corridor * delay + steps walked"], actionNames: ["poor corridor", "rich corridor"],
        declarations: [SettingDeclaration("delay", .integer(20), .integers(1...1000), help: "steps between choice and reward")]
    ) { (settings) throws(SettingError) in model(delay: settings.integer("delay")) }
}
