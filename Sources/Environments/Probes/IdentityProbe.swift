// Identity: name the number that is shown. Asks whether observations reach decisions.
import Basics
public import RLCore

/// One of n numbers is shown, each as likely; naming it pays 1, any other 0, and the episode ends. Random play gets 1/n, a policy
/// blind to the observation 1/n too, the right one 1.
public enum IdentityProbe {
    public static func model(choices: Int = 4) -> Probe {
        Probe(
            states: choices, actions: choices, starts: (0..<choices).map { (1 / Double(choices), $0) },
            rule: { state, action in Transition.end(in: state, pays: action == state ? 1 : 0) })
    }
    public static let specification = EnvironmentSpecification(
        "probe-identity", version: 1, summary: "probe: name the number that is shown", timeLimit: 10, threshold: 1,
        observationNames: ["the number to name"], actionNames: [],
        declarations: [SettingDeclaration("choices", .integer(4), .integers(2...1000), help: "how many numbers there are")]
    ) { (settings) throws(SettingError) in model(choices: settings.integer("choices")) }
}
