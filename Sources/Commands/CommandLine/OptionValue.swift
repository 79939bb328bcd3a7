// How the text behind an option becomes a value, and how a value is shown as a default.

/// One value as it is written on the command line.
public protocol ArgumentValue {
    /// nil when `argument` is not such a value.
    init?(argument: String)
    /// What is expected, to follow "needs": `a whole number`.
    static var expectation: String { get }
    /// All words that are allowed, where there are only so many; otherwise empty.
    static var choices: [String] { get }
    /// As it would be written.
    var argumentText: String { get }
}

/// What a property may hold: one value, perhaps none (`Int?`), or all that were given (`[String]`).
public protocol OptionValue {
    associatedtype Single: ArgumentValue
    mutating func take(_ value: Single)
    /// The default for `--help`, nil when there is none to speak of.
    var defaultText: String? { get }
    static var isRepeatable: Bool { get }
}

extension ArgumentValue {
    public static var choices: [String] { [] }
}
extension OptionValue {
    public static var isRepeatable: Bool { false }
}
extension OptionValue where Single == Self, Self: ArgumentValue {
    public mutating func take(_ value: Self) { self = value }
    public var defaultText: String? { argumentText.isEmpty ? nil : argumentText }
}

extension String: ArgumentValue, OptionValue {
    public typealias Single = String
    public init?(argument: String) {
        guard !argument.isEmpty else { return nil }
        self = argument
    }
    public static var expectation: String { "a text that is not empty" }
    public var argumentText: String { self }
}

extension Int: ArgumentValue, OptionValue {
    public typealias Single = Int
    public init?(argument: String) {
        guard let value = wholeNumber(argument, as: Int.self) else { return nil }
        self = value
    }
    public static var expectation: String { "a whole number" }
    public var argumentText: String { String(self) }
}

extension UInt64: ArgumentValue, OptionValue {
    public typealias Single = UInt64
    public init?(argument: String) {
        guard let value = wholeNumber(argument, as: UInt64.self) else { return nil }
        self = value
    }
    public static var expectation: String { "a whole number of 0 or more" }
    public var argumentText: String { String(self) }
}

extension Double: ArgumentValue, OptionValue {
    public typealias Single = Double
    public init?(argument: String) {
        guard let text = withoutDigitSeparators(argument), let value = Double(text), value.isFinite else { return nil }
        self = value
    }
    public static var expectation: String { "a number" }
    public var argumentText: String { self == rounded() && magnitude < 1e15 ? String(Int(self)) : String(self) }
}

extension Bool: ArgumentValue, OptionValue {
    public typealias Single = Bool
    public init?(argument: String) {
        guard let value = Bool(argument) else { return nil }
        self = value
    }
    public static var expectation: String { "true or false" }
    public static var choices: [String] { ["true", "false"] }
    public var argumentText: String { String(self) }
}

/// An enumeration of words: `enum Shell: String, CaseIterable, ArgumentValue, OptionValue { case bash, zsh, fish }`.
extension ArgumentValue where Self: RawRepresentable<String> & CaseIterable {
    public init?(argument: String) { self.init(rawValue: argument) }
    public static var choices: [String] { allCases.map(\.rawValue) }
    public static var expectation: String { listed(choices, by: "or") }
    public var argumentText: String { rawValue }
}

/// A value that can be switched off by the word `none`: `--until-return X|none`.
///
/// A property of type `OrNone<Double>?` tells three cases apart: not given, switched off, and a value.
public enum OrNone<Value: ArgumentValue>: ArgumentValue, OptionValue {
    case value(Value)
    case off

    public typealias Single = OrNone
    public init?(argument: String) {
        if argument == "none" {
            self = .off
        } else if let value = Value(argument: argument) {
            self = .value(value)
        } else {
            return nil
        }
    }
    public static var expectation: String { "\(Value.expectation) or none" }
    public var argumentText: String {
        switch self {
        case .value(let value): value.argumentText
        case .off: "none"
        }
    }
}
extension OrNone: Equatable where Value: Equatable {}
extension OrNone: Sendable where Value: Sendable {}

extension Optional: OptionValue where Wrapped: ArgumentValue {
    public typealias Single = Wrapped
    public mutating func take(_ value: Wrapped) { self = value }
    public var defaultText: String? { self?.argumentText }
}

extension Array: OptionValue where Element: ArgumentValue {
    public typealias Single = Element
    public mutating func take(_ value: Element) { append(value) }
    public var defaultText: String? { isEmpty ? nil : map(\.argumentText).joined(separator: " ") }
    public static var isRepeatable: Bool { true }
}

/// `50000`, `50_000` and `5e4` are the same number; `1.5e6` is whole, `1.5` is not.
private func wholeNumber<Number: FixedWidthInteger>(_ argument: String, as type: Number.Type) -> Number? {
    guard let text = withoutDigitSeparators(argument) else { return nil }
    if let value = Number(text) { return value }
    // Beyond 2⁵³ the exponent form would not say which number is meant.
    guard text.contains(where: { $0 == "e" || $0 == "E" }), let value = Double(text), value.magnitude <= 9_007_199_254_740_992
    else { return nil }
    return Number(exactly: value)
}

/// Removes underscores that stand between two digits; nil where one stands elsewhere.
private func withoutDigitSeparators(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    var kept: [UInt8] = []
    for (i, byte) in bytes.enumerated() {
        guard byte == UInt8(ascii: "_") else {
            kept.append(byte)
            continue
        }
        guard i > 0, i + 1 < bytes.count, isDigit(bytes[i - 1]), isDigit(bytes[i + 1]) else { return nil }
    }
    return String(decoding: kept, as: UTF8.self)
}

func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

/// `a`, `a or b`, `a, b or c`.
func listed(_ words: [String], by conjunction: String) -> String {
    guard words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " \(conjunction) " + words[words.count - 1]
}
