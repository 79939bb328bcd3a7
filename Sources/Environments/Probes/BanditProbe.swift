// Stochastic bandit: eight arms that pay 1 or 0 by chance. Asks whether noise is averaged before it is believed.
import Basics
public import RLCore

/// Arm i pays 1 with probability (i + 1)/10, one pull an episode. Random play gets 0.45, the right policy (arm 7) 0.8; the next
/// best arm gets 0.7.
public enum BanditProbe {
    static let arms = 8

    public static func model() -> Probe {
        Probe(states: 1, actions: arms, starts: [(1, 0)]) { _, arm in
            let chance = Double(arm + 1) / 10
            return [
                Transition(probability: chance, next: 0, reward: 1, terminates: true),
                Transition(probability: 1 - chance, next: 0, reward: 0, terminates: true),
            ]
        }
    }
    public static let specification = EnvironmentSpecification(
        "probe-bandit", version: 1, summary: "probe: eight arms that pay by chance", timeLimit: 10, threshold: nil,
        observationNames: ["always 0"], actionNames: (0..<arms).map { "arm \($0)" }
    ) { (_) throws(SettingError) in model() }
}
