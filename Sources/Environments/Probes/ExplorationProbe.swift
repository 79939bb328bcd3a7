// Exploration chain: a long way to the reward, and a lure at every step. Asks whether exploring goes deep.
import Basics
public import RLCore

/// n states in a row. Action 1 goes on and pays nothing until the last state, where it pays 1 and ends the episode; action 0 takes
/// the lure of 0.01 and ends it at once. Random play gets 1 with probability 2⁻ⁿ, 0.01 + 0.99 · 2⁻ⁿ in the mean; the right policy
/// gets 1, a short-sighted one 0.01.
public enum ExplorationProbe {
    public static let lure = 0.01

    public static func model(length: Int = 10) -> Probe {
        Probe(states: length, actions: 2, starts: [(1, 0)]) { state, action in
            if action == 0 { return Transition.end(in: state, pays: lure) }
            return state == length - 1 ? Transition.end(in: state, pays: 1) : Transition.surely(state + 1)
        }
    }
    public static let specification = EnvironmentSpecification(
        "probe-exploration", version: 1, summary: "probe: a long way to the reward past a lure at every step", timeLimit: 1000,
        threshold: 1, observationNames: ["states passed"], actionNames: ["take the lure", "go on"],
        declarations: [SettingDeclaration("length", .integer(10), .integers(1...1000), help: "states in the chain")]
    ) { (settings) throws(SettingError) in model(length: settings.integer("length")) }
}
