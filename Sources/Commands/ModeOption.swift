// The options `--mode` and `--seed` of the commands that let an agent play.

import RLCore

/// - Throws: `UsageError` for a word that names no mode.
func parsedMode(_ word: String) throws(UsageError) -> Mode {
    switch word {
    case "greedy": return .greedy
    case "sampled": return .sampled
    default:
        if word.hasPrefix("epsilon="), let share = Double(word.dropFirst(8)), (0...1).contains(share) { return .epsilon(share) }
        throw UsageError("--mode must be greedy, sampled or epsilon=X with X from 0 to 1, got \"\(word)\"")
    }
}

/// - Throws: `UsageError` where one of the two was given beside a recording.
func refuseForRecording(seed: UInt64?, mode: String?) throws(UsageError) {
    guard let name = seed != nil ? "--seed" : mode != nil ? "--mode" : nil else { return }
    throw UsageError("\(name) is for an agent that plays; this is a recording, which plays as it was recorded")
}
