// What a person can tell a viewer, and the one table of keys from which help, manual and both fronts are made.

import Viewing

enum ViewerCommand: Hashable, Sendable, CaseIterable {
    case pause, stepForward, stepBack, faster, slower, nextEpisode, restart
    case toggleMode, takeOver, togglePanel, saveRecording, savePicture, toggleHelp, quit

    /// The first key is the one that help names; all of them work.
    var keys: [Key] {
        switch self {
        case .pause: [.space, .enter]
        case .stepForward: [".", .right]
        case .stepBack: [",", .left]
        case .faster: ["+", "=", .up]
        case .slower: ["-", .down]
        case .nextEpisode: ["n"]
        case .restart: ["r"]
        case .toggleMode: ["g"]
        case .takeOver: ["t"]
        case .togglePanel: ["p"]
        case .saveRecording: ["s"]
        case .savePicture: [.function(12)]
        case .toggleHelp: ["?", "h", .function(1)]
        case .quit: ["q", .escape]
        }
    }

    /// What it does, as a phrase.
    var help: String {
        switch self {
        case .pause: "pause, and go on"
        case .stepForward: "one step forward"
        case .stepBack: "one step back"
        case .faster: "twice as fast"
        case .slower: "half as fast"
        case .nextEpisode: "the next episode"
        case .restart: "the same episode from its start"
        case .toggleMode: "the best action always, or drawn from the policy"
        case .takeOver: "take over the controls, and hand them back"
        case .togglePanel: "show or hide the panel"
        case .saveRecording: "save the episode so far as a recording"
        case .savePicture: "save this picture as a PNG file"
        case .toggleHelp: "show or hide this help"
        case .quit: "quit"
        }
    }

    /// Whether holding the key down does it again and again.
    var repeats: Bool { self == .stepForward || self == .stepBack }

    static func forKey(_ key: Key) -> ViewerCommand? { allCases.first { $0.keys.contains(key) } }

    /// A line for each command: its keys and what it does.
    static var table: [(keys: String, help: String)] {
        allCases.map { command in (command.keys.map(\.description).joined(separator: " "), command.help) }
    }
}
