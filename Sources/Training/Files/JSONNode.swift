// A JSON document that remembers where everything stood, so that whoever decodes it can name the place of a mistake.

/// One value of a document that was read from text.
public struct JSONNode: Sendable {
    public enum Value: Sendable {
        case null
        case bool(Bool)
        case integer(Int)
        case number(Double)
        case string(String)
        case array([JSONNode])
        case object([JSONMember])
    }
    public let value: Value
    /// The file; empty when the text came from nowhere in particular.
    public let path: String
    /// Counted from 1; the place of the value's first character.
    public let line: Int
    /// In characters (Unicode scalars), counted from 1.
    public let column: Int

    /// A mistake at this place.
    public func error(_ message: String) -> FileError {
        FileError(.malformed, path: path, line: line, column: column, message)
    }

    /// The document without the places.
    public var json: JSON {
        switch value {
        case .null: .null
        case .bool(let value): .bool(value)
        case .integer(let value): .integer(value)
        case .number(let value): .number(value)
        case .string(let value): .string(value)
        case .array(let nodes): .array(nodes.map(\.json))
        case .object(let members): .object(JSONObject(members.lazy.map { ($0.key, $0.value.json) }))
        }
    }
}

/// A key with its own place, and its value.
public struct JSONMember: Sendable {
    public let key: String
    public let line: Int
    public let column: Int
    public let value: JSONNode
}

/// Typed reading. `name` is what the message calls the value.
extension JSONNode {
    public func string(_ name: String = "this value") throws(FileError) -> String {
        guard case .string(let value) = value else { throw wrong(name, "a string") }
        return value
    }
    /// A number without a fraction, however it is written: `1e6` is an integer.
    public func integer(_ name: String = "this value") throws(FileError) -> Int {
        switch value {
        case .integer(let value): return value
        case .number(let value):
            if let exact = Int(exactly: value), abs(value) <= 9_007_199_254_740_992 { return exact }
        default: break
        }
        throw wrong(name, "an integer")
    }
    public func double(_ name: String = "this value") throws(FileError) -> Double {
        switch value {
        case .integer(let value): return Double(value)
        case .number(let value): return value
        default: throw wrong(name, "a number")
        }
    }
    public func bool(_ name: String = "this value") throws(FileError) -> Bool {
        guard case .bool(let value) = value else { throw wrong(name, "true or false") }
        return value
    }
    public func array(_ name: String = "this value") throws(FileError) -> [JSONNode] {
        guard case .array(let nodes) = value else { throw wrong(name, "an array") }
        return nodes
    }
    public func object(_ name: String = "this value") throws(FileError) -> StrictObject {
        guard case .object(let members) = value else { throw wrong(name, "an object") }
        return StrictObject(self, members)
    }

    private func wrong(_ name: String, _ needed: String) -> FileError {
        let found =
            switch value {
            case .null: "null"
            case .bool(let value): "\(value)"
            case .integer(let value): "\(value)"
            case .number(let value): "\(value)"
            case .string(let value): "the string \"\(value.count > 40 ? value.prefix(40) + "…" : value)\""
            case .array: "an array"
            case .object: "an object"
            }
        return error("\(name) must be \(needed), not \(found)")
    }
}
