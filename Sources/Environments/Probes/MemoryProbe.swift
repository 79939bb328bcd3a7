// Memory: a cue at the start, blanks, then a question. Asks whether the past reaches a decision.
import Basics
public import RLCore

/// The first view is one of two cues (1 or 2), `blanks` blank views (0) follow, then the question (3): naming the cue pays 1, the
/// other action 0, and the episode ends. Random play gets 1/2, and so does every policy without memory; one that remembers gets 1.
public enum MemoryProbe {
    public static func model(blanks: Int = 5) -> Probe {
        // State cue · length + place, where place 0 shows the cue and the last asks.
        let length = blanks + 2
        let views = (0..<(2 * length)).map { state in
            let place = state % length
            return place == 0 ? 1 + state / length : place == length - 1 ? 3 : 0
        }
        return Probe(states: 2 * length, actions: 2, starts: [(0.5, 0), (0.5, length)], observations: views) { state, action in
            state % length == length - 1
                ? Transition.end(in: state, pays: action == state / length ? 1 : 0) : Transition.surely(state + 1)
        }
    }
    public static let specification = EnvironmentSpecification(
        "probe-memory", version: 1, summary: "probe: recall a cue after blank views", timeLimit: 1002, threshold: 1,
        observationNames: ["1 or 2 cue, 0 blank, 3 question"], actionNames: ["it was 1", "it was 2"],
        declarations: [
            SettingDeclaration("blanks", .integer(5), .integers(0...1000), help: "blank views between the cue and the question")
        ]
    ) { (settings) throws(SettingError) in model(blanks: settings.integer("blanks")) }
}
