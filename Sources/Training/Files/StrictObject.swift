// Reads an object key by key and, at the end, refuses the keys that nobody asked for.

import Basics

/// Ask for every key that may be there, then call `finish`.
///
/// `string(_:)` and its like throw `.malformed` when the key is missing or of another type; with a default a missing key is fine;
/// with `IfPresent` a missing key and a `null` are nil.
public struct StrictObject {
    /// The object itself, for its place.
    public let node: JSONNode
    private let values: [String: JSONNode]
    private let members: [JSONMember]
    private var asked: [String] = []

    init(_ node: JSONNode, _ members: [JSONMember]) {
        self.node = node
        self.members = members
        values = Dictionary(uniqueKeysWithValues: members.lazy.map { ($0.key, $0.value) })
    }

    /// In the order of the file.
    public var keys: [String] { members.map(\.key) }

    /// Whatever stands there, nil only when the key is missing.
    public mutating func nodeIfPresent(_ key: String) -> JSONNode? {
        asked.append(key)
        return values[key]
    }
    public mutating func node(_ key: String) throws(FileError) -> JSONNode {
        guard let node = nodeIfPresent(key) else { throw node.error("the key \"\(key)\" is missing in this object; add it") }
        return node
    }

    /// - Throws: `.malformed` at the first key that was not asked for, with the nearest one that was.
    public func finish() throws(FileError) {
        let known = Set(asked)
        guard let stranger = members.first(where: { !known.contains($0.key) }) else { return }
        let advice =
            if let near = nearestWord(to: stranger.key, in: asked) {
                "did you mean \"\(near)\"?"
            } else if asked.isEmpty {
                "this object holds no keys"
            } else {
                "the keys here are " + asked.joined(separator: ", ")
            }
        throw FileError(
            .malformed, path: node.path, line: stranger.line, column: stranger.column,
            "unknown key \"\(stranger.key)\"; \(advice)")
    }
}

extension StrictObject {
    private mutating func present(_ key: String) -> JSONNode? {
        guard let node = nodeIfPresent(key) else { return nil }
        if case .null = node.value { return nil }
        return node
    }

    public mutating func string(_ key: String) throws(FileError) -> String { try node(key).string("\"\(key)\"") }
    public mutating func string(_ key: String, default value: String) throws(FileError) -> String {
        try nodeIfPresent(key)?.string("\"\(key)\"") ?? value
    }
    public mutating func stringIfPresent(_ key: String) throws(FileError) -> String? { try present(key)?.string("\"\(key)\"") }

    public mutating func integer(_ key: String) throws(FileError) -> Int { try node(key).integer("\"\(key)\"") }
    public mutating func integer(_ key: String, default value: Int) throws(FileError) -> Int {
        try nodeIfPresent(key)?.integer("\"\(key)\"") ?? value
    }
    public mutating func integerIfPresent(_ key: String) throws(FileError) -> Int? { try present(key)?.integer("\"\(key)\"") }

    public mutating func double(_ key: String) throws(FileError) -> Double { try node(key).double("\"\(key)\"") }
    public mutating func double(_ key: String, default value: Double) throws(FileError) -> Double {
        try nodeIfPresent(key)?.double("\"\(key)\"") ?? value
    }
    public mutating func doubleIfPresent(_ key: String) throws(FileError) -> Double? { try present(key)?.double("\"\(key)\"") }

    public mutating func bool(_ key: String) throws(FileError) -> Bool { try node(key).bool("\"\(key)\"") }
    public mutating func bool(_ key: String, default value: Bool) throws(FileError) -> Bool {
        try nodeIfPresent(key)?.bool("\"\(key)\"") ?? value
    }
    public mutating func boolIfPresent(_ key: String) throws(FileError) -> Bool? { try present(key)?.bool("\"\(key)\"") }

    public mutating func array(_ key: String) throws(FileError) -> [JSONNode] { try node(key).array("\"\(key)\"") }
    public mutating func arrayIfPresent(_ key: String) throws(FileError) -> [JSONNode]? { try present(key)?.array("\"\(key)\"") }

    /// An object inside this one: `finish` it too.
    public mutating func object(_ key: String) throws(FileError) -> StrictObject { try node(key).object("\"\(key)\"") }
    public mutating func objectIfPresent(_ key: String) throws(FileError) -> StrictObject? {
        try present(key)?.object("\"\(key)\"")
    }
}
