// Settings in files: JSON objects whose keys and types are those that were declared.
public import Basics

extension SettingValue {
    /// As a preset and `run.json` write it.
    public var json: JSON {
        switch self {
        case .boolean(let value): JSON(value)
        case .integer(let value): JSON(value)
        case .number(let value): JSON(value)
        case .text(let value): JSON(value)
        case .integers(let values): JSON(values)
        }
    }

    init(_ node: JSONNode) throws(FileError) {
        switch node.value {
        case .bool(let value): self = .boolean(value)
        case .integer(let value): self = .integer(value)
        case .number(let value): self = .number(value)
        case .string(let value): self = .text(value)
        case .array(let nodes):
            var values: [Int] = []
            for node in nodes { values.append(try node.integer("each element")) }
            self = .integers(values)
        default: throw node.error("a setting is a number, a word, true or false, or a list of whole numbers")
        }
    }
}

extension JSON {
    /// A seed: a number, or a string where it is beyond the 63 bits that whole numbers have here.
    public init(seed: UInt64) { self = Int(exactly: seed).map { JSON($0) } ?? JSON("\(seed)") }
}

extension JSONNode {
    /// The inverse of `JSON(seed:)`.
    func seed(_ name: String) throws(FileError) -> UInt64 {
        if case .string(let text) = value, let seed = UInt64(text) { return seed }
        guard let seed = UInt64(exactly: try integer(name)) else { throw error("\(name) must be 0 or more") }
        return seed
    }
}

extension StrictObject {
    mutating func integer(_ key: String, in range: ClosedRange<Int>) throws(FileError) -> Int {
        let node = try node(key)
        let value = try node.integer("\"\(key)\"")
        guard range.contains(value) else {
            let words =
                range.upperBound == .max ? "\(range.lowerBound) or more" : "from \(range.lowerBound) to \(range.upperBound)"
            throw node.error("\"\(key)\" must be \(words), not \(value)")
        }
        return value
    }
    mutating func integerIfPresent(_ key: String, in range: ClosedRange<Int>) throws(FileError) -> Int? {
        nodeIfPresent(key) == nil ? nil : try integer(key, in: range)
    }
}

extension Settings {
    /// Every value, in the order of the declarations.
    public var json: JSON { .object(JSONObject(declarations.map { ($0.key, self[$0.key].json) })) }

    /// Where each value that is not a default came from.
    public var originsJSON: JSON {
        .object(
            JSONObject(declarations.compactMap { declaration in origin(declaration.key).map { (declaration.key, JSON($0)) } }))
    }

    /// Takes every key of `node`, an object, which must be declared.
    ///
    /// - Throws: `.malformed` at the place of the first key or value that does not fit.
    public mutating func take(_ node: JSONNode, from origin: String) throws(FileError) {
        var object = try node.object("the settings")
        for key in object.keys {
            let value = try object.node(key)
            do throws(SettingError) {
                try set(key, to: try SettingValue(settingNode: value), from: origin)
            } catch { throw value.error(error.description) }
        }
        try object.finish()
    }
}

extension SettingValue {
    /// The same, with the file's error as a setting's, so that one place adds line and column.
    fileprivate init(settingNode node: JSONNode) throws(SettingError) {
        do throws(FileError) { try self.init(node) } catch { throw SettingError(key: "", error.message) }
    }
}
