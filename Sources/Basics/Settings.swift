// Named values with declared types, ranges and origins: parameters of worlds, hyperparameters of learners.

public enum SettingValue: Hashable, Sendable {
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    case text(String)
    case integers([Int])

    var kind: String {
        switch self {
        case .boolean: "true or false"
        case .integer: "a whole number"
        case .number: "a number"
        case .text: "a word"
        case .integers: "a list of whole numbers"
        }
    }
}

extension SettingValue: CustomStringConvertible {
    /// As it is written after `--set KEY=`.
    public var description: String {
        switch self {
        case .boolean(let value): "\(value)"
        case .integer(let value): "\(value)"
        case .number(let value): "\(value)"
        case .text(let value): value
        case .integers(let values): values.map(String.init).joined(separator: ",")
        }
    }
}

/// What a setting may be.
public enum SettingDomain: Hashable, Sendable {
    case anything
    case integers(ClosedRange<Int>)
    case numbers(ClosedRange<Double>)
    case words([String])

    /// "from 1 to 10" or "one of huber, mse".
    public var description: String {
        func number(_ value: Double) -> String { value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)" }
        switch self {
        case .anything: return "anything"
        case .integers(let range):
            return range.upperBound == .max ? "at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
        case .numbers(let range):
            return range.upperBound == .infinity
                ? "at least \(number(range.lowerBound))" : "from \(number(range.lowerBound)) to \(number(range.upperBound))"
        case .words(let words): return "one of \(words.joined(separator: ", "))"
        }
    }
    func holds(_ value: SettingValue) -> Bool {
        switch (self, value) {
        case (.anything, _): true
        case (.integers(let range), .integer(let value)): range.contains(value)
        case (.integers(let range), .integers(let values)): values.allSatisfy(range.contains)
        case (.numbers(let range), .number(let value)): range.contains(value)
        case (.words(let words), .text(let word)): words.contains(word)
        default: false
        }
    }
}

public struct SettingDeclaration: Hashable, Sendable {
    public let key: String
    /// Also declares the type.
    public let initial: SettingValue
    public let domain: SettingDomain
    public let help: String

    public init(_ key: String, _ initial: SettingValue, _ domain: SettingDomain = .anything, help: String) {
        self.key = key
        self.initial = initial
        self.domain = domain
        self.help = help
    }

    /// Reads `text` as this setting's type.
    public func parse(_ text: String) throws(SettingError) -> SettingValue {
        let plain = text.filter { $0 != "_" }
        let parsed: SettingValue? =
            switch initial {
            case .boolean: Bool(text).map { .boolean($0) }
            case .integer: (Int(plain) ?? Double(plain).flatMap { Int(exactly: $0) }).map { .integer($0) }
            case .number: Double(plain).map { .number($0) }
            case .text: .text(text)
            case .integers:
                text.isEmpty
                    ? .integers([])
                    : {
                        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
                        return parts.contains(nil) ? nil : .integers(parts.compactMap { $0 })
                    }()
            }
        guard let parsed else { throw SettingError(key: key, "\(key) must be \(initial.kind), \"\(text)\" is not") }
        return try checked(parsed)
    }

    /// The value in this setting's type (a whole number serves as a number), inside its domain.
    public func checked(_ value: SettingValue) throws(SettingError) -> SettingValue {
        var value = value
        if case .integer(let whole) = value, case .number = initial { value = .number(Double(whole)) }
        if case .number(let number) = value, case .integer = initial, let whole = Int(exactly: number) { value = .integer(whole) }
        guard value.kind == initial.kind else {
            throw SettingError(key: key, "\(key) must be \(initial.kind), \"\(value)\" is \(value.kind)")
        }
        if case .number(let number) = value, !number.isFinite {
            throw SettingError(key: key, "\(key) must be a finite number, \(number) is not")
        }
        guard domain.holds(value) else {
            var hint = ""
            if case .words(let words) = domain, let near = nearestWord(to: value.description, in: words) {
                hint = "; did you mean \"\(near)\"?"
            }
            throw SettingError(key: key, "\(key) must be \(domain.description), \(value) is not\(hint)")
        }
        return value
    }
}

public struct SettingError: Error, Hashable, Sendable, CustomStringConvertible {
    public let key: String
    public let description: String
    public init(key: String, _ description: String) {
        self.key = key
        self.description = description
    }
}

/// Values for a list of declarations: all of them, each with where it came from.
public struct Settings: Hashable, Sendable {
    public let declarations: [SettingDeclaration]
    private var values: [String: SettingValue] = [:]
    private var origins: [String: String] = [:]

    public init(_ declarations: [SettingDeclaration]) {
        self.declarations = declarations
        for declaration in declarations { values[declaration.key] = declaration.initial }
    }

    /// - Throws: for a key that is not declared, naming the nearest that is.
    public func declaration(_ key: String) throws(SettingError) -> SettingDeclaration {
        if let found = declarations.first(where: { $0.key == key }) { return found }
        let keys = declarations.map(\.key)
        let hint = nearestWord(to: key, in: keys).map { "did you mean \"\($0)\"?" } ?? "known: \(keys.joined(separator: ", "))"
        throw SettingError(key: key, "\"\(key)\" is not a known setting; \(hint)")
    }
    public mutating func set(_ key: String, to value: SettingValue, from origin: String) throws(SettingError) {
        values[key] = try declaration(key).checked(value)
        origins[key] = origin
    }
    public mutating func set(_ key: String, parsing text: String, from origin: String) throws(SettingError) {
        values[key] = try declaration(key).parse(text)
        origins[key] = origin
    }

    /// - Precondition: `key` is declared.
    public subscript(_ key: String) -> SettingValue {
        guard let value = values[key] else { fatalError("the setting \"\(key)\" is not declared") }
        return value
    }
    /// Replaces what is known of where values came from, as a file remembered it.
    public mutating func setOrigins(_ known: [String: String]) { origins = known }
    /// Nil where the value is the declared default.
    public func origin(_ key: String) -> String? { origins[key] }

    public func boolean(_ key: String) -> Bool {
        guard case .boolean(let value) = self[key] else { fatalError("the setting \"\(key)\" is not true or false") }
        return value
    }
    public func integer(_ key: String) -> Int {
        guard case .integer(let value) = self[key] else { fatalError("the setting \"\(key)\" is not a whole number") }
        return value
    }
    public func number(_ key: String) -> Double {
        guard case .number(let value) = self[key] else { fatalError("the setting \"\(key)\" is not a number") }
        return value
    }
    public func text(_ key: String) -> String {
        guard case .text(let value) = self[key] else { fatalError("the setting \"\(key)\" is not a word") }
        return value
    }
    public func integers(_ key: String) -> [Int] {
        guard case .integers(let value) = self[key] else { fatalError("the setting \"\(key)\" is not a list of whole numbers") }
        return value
    }
}
