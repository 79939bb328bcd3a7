// From the words of a command line to a command whose properties are filled.

import Basics

/// What a command line asked for.
package enum Parsed {
    case command(any Command)
    /// `--help` or `-h` stood among the options.
    case help
}

/// Fills a new command of `type` with `words`, the command line after the command's name.
///
/// - Throws: `UsageError` for the first mistake, read from left to right; `--help` anywhere outweighs mistakes.
package func parse(_ type: any Command.Type, _ words: [String]) throws(UsageError) -> Parsed {
    let options = words.prefix { $0 != "--" }
    if options.contains("--help") || options.contains("-h") { return .help }
    let command = type.init()
    try fill(Declaration.all(of: command), of: type.name, from: words)
    return .command(command)
}

private func fill(_ declarations: [Declaration], of command: String, from words: [String]) throws(UsageError) {
    var places = declarations.filter { $0.role == .argument }
    var taken = 0
    var position = 0
    var onlyArguments = false
    while position < words.count {
        let word = words[position]
        position += 1
        if onlyArguments || !looksLikeOption(word) {
            guard let place = places.first else {
                throw UsageError(unexpected(word, for: command, declarations))
            }
            try give(word, to: place)
            taken += 1
            if !place.isRepeatable {
                places.removeFirst()
                taken = 0
            }
        } else if word == "--" {
            onlyArguments = true
        } else {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let declaration = try find(parts[0], among: declarations, of: command)
            if declaration.role == .flag {
                guard parts.count == 1 else { throw UsageError("\(parts[0]) takes no value, got \"\(parts[1])\"") }
                try give("", to: declaration)
            } else if parts.count == 2 {
                try give(parts[1], to: declaration)
            } else if position < words.count, !looksLikeOption(words[position]) {
                repeat {
                    try give(words[position], to: declaration)
                    position += 1
                } while declaration.takesAll && position < words.count && !looksLikeOption(words[position])
            } else {
                throw UsageError("\(parts[0]) needs a value: \(parts[0]) \(declaration.valueName ?? "VALUE")")
            }
        }
    }
    if let missing = places.first, taken < missing.minimum {
        let several = missing.minimum > 1 ? " (\(missing.minimum) at least)" : ""
        throw UsageError("\(missing.name) is missing: \(missing.help)\(several)")
    }
}

private func give(_ text: String, to declaration: Declaration) throws(UsageError) {
    if let problem = declaration.accept(text) { throw UsageError(problem) }
    declaration.wasGiven = true
}

/// A dash alone and negative numbers are values.
private func looksLikeOption(_ word: String) -> Bool {
    let bytes = Array(word.utf8.prefix(2))
    guard bytes.count == 2, bytes[0] == UInt8(ascii: "-") else { return false }
    return !isDigit(bytes[1]) && bytes[1] != UInt8(ascii: ".")
}

private func find(_ name: String, among declarations: [Declaration], of command: String) throws(UsageError) -> Declaration {
    let options = declarations.filter { $0.role != .argument }
    if let found = options.first(where: { $0.name == name }) { return found }
    let dashed = name.hasPrefix("--") ? name : "-" + name
    let advice =
        nearestWord(to: dashed, in: options.map(\.name) + ["--help"]).map { "did you mean \($0)?" }
        ?? "rl \(command) --help lists its options"
    throw UsageError("unknown option \(name); \(advice)")
}

private func unexpected(_ word: String, for command: String, _ declarations: [Declaration]) -> String {
    let places = declarations.filter { $0.role == .argument }.map(\.name)
    let option = nearestWord(to: "--" + word, in: declarations.filter { $0.role != .argument }.map(\.name))
    let advice =
        option.map { "did you mean \($0)?" }
        ?? (places.isEmpty ? "\(command) takes no arguments" : "\(command) takes only \(listed(places, by: "and"))")
    return "unexpected argument \"\(word)\"; \(advice)"
}
