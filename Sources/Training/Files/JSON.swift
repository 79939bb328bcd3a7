// A JSON document as a value: objects keep their order, whole numbers stay whole.

public enum JSON: Equatable, Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case array([JSON])
    case object(JSONObject)
}

/// Members in the order in which they were added; no key twice.
public struct JSONObject: Equatable, Sendable {
    public struct Member: Equatable, Sendable {
        public let key: String
        public var value: JSON
    }
    public private(set) var members: [Member] = []

    public init() {}
    /// - Precondition: no key comes twice.
    public init(_ members: some Sequence<(String, JSON)>) {
        var keys: Set<String> = []
        for (key, value) in members {
            precondition(keys.insert(key).inserted, "the key \"\(key)\" comes twice")
            self.members.append(Member(key: key, value: value))
        }
    }
    /// Setting a new key adds it at the end; setting nil removes it.
    /// - Complexity: O(number of members).
    public subscript(key: String) -> JSON? {
        get { members.first { $0.key == key }?.value }
        set {
            let place = members.firstIndex { $0.key == key }
            switch (place, newValue) {
            case (let place?, let value?): members[place].value = value
            case (let place?, nil): members.remove(at: place)
            case (nil, let value?): members.append(Member(key: key, value: value))
            case (nil, nil): break
            }
        }
    }
}

extension JSON {
    public init(_ value: Bool) { self = .bool(value) }
    public init(_ value: Int?) { self = value.map(JSON.integer) ?? .null }
    public init(_ value: Double?) { self = value.map(JSON.number) ?? .null }
    public init(_ value: String?) { self = value.map(JSON.string) ?? .null }
    public init(_ values: [Int]) { self = .array(values.map(JSON.integer)) }
    public init(_ values: [Double]) { self = .array(values.map(JSON.number)) }
    public init(_ values: [String]) { self = .array(values.map(JSON.string)) }

    /// The member of an object, nil where there is none or this is no object.
    public subscript(key: String) -> JSON? { objectValue?[key] }

    public var boolValue: Bool? { if case .bool(let value) = self { value } else { nil } }
    public var integerValue: Int? { if case .integer(let value) = self { value } else { nil } }
    /// Whole numbers too.
    public var numberValue: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }
    public var stringValue: String? { if case .string(let value) = self { value } else { nil } }
    public var arrayValue: [JSON]? { if case .array(let value) = self { value } else { nil } }
    public var objectValue: JSONObject? { if case .object(let value) = self { value } else { nil } }
}

extension JSON: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByStringInterpolation, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(nilLiteral: ()) { self = .null }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int) { self = .integer(value) }
    public init(floatLiteral value: Double) { self = .number(value) }
    public init(stringLiteral value: String) { self = .string(value) }
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    /// - Precondition: no key comes twice.
    public init(dictionaryLiteral elements: (String, JSON)...) { self = .object(JSONObject(elements)) }
}
