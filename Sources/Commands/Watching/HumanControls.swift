// The keys with which a person plays a world, found from the names of its actions, and the keys that are down.

import RLCore
import Training
import Viewing

/// Which keys do what in one world.
struct ControlKeys {
    struct Binding: Hashable {
        /// All of them together; the binding with the most keys down wins.
        let keys: Set<Key>
        let action: Int
        let name: String

        var keyNames: String { keys.map(\.description).sorted().joined(separator: "+") }
    }

    /// Of discrete worlds.
    let bindings: [Binding]
    /// The actions taken in turn while no key is down: to do nothing, or, where nobody can do nothing, to push both ways.
    let idle: [Int]
    /// Bounds of each dimension, of continuous worlds: ← and → for the first, ↓ and ↑ for the second.
    let ranges: [(low: Float, high: Float)]

    init(_ space: Space, names: [String]) {
        switch space {
        case .discrete(let count):
            let names = (0..<count).map { names.indices.contains($0) ? names[$0] : "action \($0)" }
            let directions = names.map(ControlKeys.directions)
            let still = names.indices.first { ControlKeys.idleWords.contains(names[$0]) }
            var found: [Binding] = []
            // What is left over, in order: two of them without any direction are one to the left and one to the right.
            var spare: [Key] =
                directions.allSatisfy(\.isEmpty) && count == 2 ? [.left, .right] : [.space, .enter, "x", "c", "v", "b"]
            for (action, name) in names.enumerated() where action != still {
                if !directions[action].isEmpty {
                    found.append(Binding(keys: directions[action], action: action, name: name))
                } else if !spare.isEmpty {
                    found.append(Binding(keys: [spare.removeFirst()], action: action, name: name))
                }
            }
            // Digits for the actions that no other key was left for, by their number.
            let bound = Set(found.map(\.action) + [still].compactMap { $0 })
            for action in 0..<min(count, 10) where !bound.contains(action) {
                found.append(Binding(keys: [.character(Character(String(action)))], action: action, name: names[action]))
            }
            bindings = found
            idle = still.map { [$0] } ?? Array(0..<min(count, 2))
            ranges = []
        case .box(_, let low, let high):
            bindings = []
            idle = []
            ranges = zip(low, high).map { ($0, $1) }
        case .bytes: preconditionFailure("no world is told bytes")
        }
    }

    /// Whether a key plays here, and so does not steer the viewer.
    func uses(_ key: Key) -> Bool {
        if !bindings.isEmpty { return bindings.contains { $0.keys.contains(key) } }
        return ranges.count > 1 ? [.left, .right, .up, .down].contains(key) : [.left, .right].contains(key)
    }

    /// A line for each key, for the help.
    var table: [(keys: String, help: String)] {
        if !bindings.isEmpty { return bindings.map { ($0.keyNames, $0.name) } }
        return [("← →", "less and more of the first number")]
            + (ranges.count > 1 ? [("↓ ↑", "less and more of the second number")] : [])
    }

    /// Nil while no key of the world is down.
    func action(for down: Set<Key>) -> RecordedAction? {
        if bindings.isEmpty {
            func value(_ dimension: Int, _ less: Key, _ more: Key) -> Float {
                let (low, high) = ranges[dimension]
                let least = max(low, -1e6), most = min(high, 1e6)
                if down.contains(less) != down.contains(more) { return down.contains(less) ? least : most }
                return max(least, min(most, 0))
            }
            guard down.contains(where: uses) else { return nil }
            return .continuous(
                ranges.indices.map { $0 == 0 ? value(0, .left, .right) : $0 == 1 ? value(1, .down, .up) : value($0, .tab, .tab) })
        }
        let held = bindings.filter { $0.keys.isSubset(of: down) }
        return held.max { $0.keys.count < $1.keys.count }.map { .discrete($0.action) }
    }

    /// What is done at step `step` while no key is down.
    func idleAction(at step: Int) -> RecordedAction {
        if bindings.isEmpty {
            return .continuous(ranges.map { max(max($0.low, -1e6), min(min($0.high, 1e6), 0)) })
        }
        return .discrete(idle[step % idle.count])
    }

    static let idleWords: Set<String> = ["noop", "no-op", "stay", "roll", "no torque", "nothing", "wait"]
    private static let words: [String: Key] = [
        "left": .left, "right": .right, "up": .up, "down": .down, "west": .left, "east": .right, "north": .up, "south": .down,
        "-1": .left, "+1": .right,
    ]
    private static let fillers: Set<String> = ["push", "drive", "torque", "move", "go", "turn", "step"]

    /// Empty unless every word of a name is a direction or a verb that says nothing else: `pick up` is none.
    private static func directions(_ name: String) -> Set<Key> {
        var keys: Set<Key> = []
        let parts = words[name] != nil ? [name] : name.split { $0 == " " || ($0 == "-" && !name.contains("-1")) }.map(String.init)
        for part in parts {
            if let key = words[part] { keys.insert(key) } else if !fillers.contains(part) { return [] }
        }
        return keys
    }
}

/// The keys that a person holds down, and those that were tapped so shortly that no step has seen them.
struct HeldKeys {
    private var down: Set<Key> = []
    private var tapped: Set<Key> = []

    mutating func press(_ key: Key) {
        down.insert(key)
        tapped.insert(key)
    }
    mutating func release(_ key: Key) { down.remove(key) }
    mutating func releaseAll() {
        down = []
        tapped = []
    }
    /// What the next step is told; a tap counts once.
    mutating func take() -> Set<Key> {
        defer { tapped = [] }
        return down.union(tapped)
    }
    var isEmpty: Bool { down.isEmpty }
}
