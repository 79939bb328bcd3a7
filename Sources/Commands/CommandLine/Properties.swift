// The property wrappers with which a command declares its command line.

/// An option with a value: `@Option("--seed", value: "N", help: "…") var seed: UInt64 = 0`.
///
/// A property of type `T?` is nil until given; one of type `[T]` collects every value given. The value lives in a box that copies of
/// the command share, because a command is made, filled and run once.
@propertyWrapper public struct Option<Value: OptionValue>: Declared {
    private let cell: Cell<Value>
    public let projectedValue: Declaration

    public var wrappedValue: Value {
        get { cell.value! }
        nonmutating set { cell.value = newValue }
    }

    /// - Parameters:
    ///   - name: with its dashes: `--seed`.
    ///   - valueName: what `--help` writes after it: `N`, `KEY=VALUE`, `X|none`.
    ///   - bounds: `1...` or `0...1`; nil allows every value of the type.
    ///   - takesAll: of a list: every word up to the next option is one of its values.
    ///   - completion: what a shell offers; without it the words of an enumeration.
    ///   - help: one phrase without a full stop; the default is added to it.
    public init(
        wrappedValue: Value, _ name: String, value valueName: String, in bounds: (any OptionBounds<Value.Single>)? = nil,
        takesAll: Bool = false, completing completion: Completion? = nil, help: String
    ) {
        precondition(Value.isRepeatable || !takesAll, "only a list can take all words that follow \(name)")
        let cell = Cell(wrappedValue)
        self.cell = cell
        projectedValue = Declaration(
            .option, name, valueName: valueName, help: help, defaultText: wrappedValue.defaultText,
            isRepeatable: Value.isRepeatable, takesAll: takesAll, completion: completion ?? ownWords(of: Value.self),
            accept: acceptance(of: name, into: cell, startingFrom: nil, within: bounds))
    }

    /// An optional value, nil unless given.
    public init(
        _ name: String, value valueName: String, in bounds: (any OptionBounds<Value.Single>)? = nil,
        completing completion: Completion? = nil, help: String
    ) where Value: ExpressibleByNilLiteral {
        self.init(wrappedValue: nil, name, value: valueName, in: bounds, completing: completion, help: help)
    }
}

/// A switch, off unless given: `@Flag("--json", help: "…") var json`.
@propertyWrapper public struct Flag: Declared {
    private let cell: Cell<Bool>
    public let projectedValue: Declaration

    public var wrappedValue: Bool {
        get { cell.value! }
        nonmutating set { cell.value = newValue }
    }

    public init(_ name: String, help: String) {
        let cell = Cell(false)
        self.cell = cell
        projectedValue = Declaration(.flag, name, help: help) { _ in
            cell.value = true
            return nil
        }
    }
}

/// One word that is not an option: `@Argument("ALGORITHM", help: "…") var algorithm: String`.
///
/// Required, unless its type is optional or it has a default.
@propertyWrapper public struct Argument<Value: OptionValue>: Declared {
    private let cell: Cell<Value>
    public let projectedValue: Declaration

    public var wrappedValue: Value {
        get {
            guard let value = cell.value else { preconditionFailure("\(projectedValue.name) is read before it is parsed") }
            return value
        }
        nonmutating set { cell.value = newValue }
    }

    public init(_ name: String, completing completion: Completion? = nil, help: String) {
        self.init(name, start: nil, minimum: 1, completion, help)
    }
    public init(wrappedValue: Value, _ name: String, completing completion: Completion? = nil, help: String) {
        self.init(name, start: wrappedValue, minimum: 0, completion, help)
    }
    public init(_ name: String, completing completion: Completion? = nil, help: String)
    where Value: ExpressibleByNilLiteral {
        self.init(name, start: .some(nil), minimum: 0, completion, help)
    }

    private init(_ name: String, start: Value?, minimum: Int, _ completion: Completion?, _ help: String) {
        precondition(!Value.isRepeatable, "a list of arguments is declared with @Arguments")
        let cell = Cell(start)
        self.cell = cell
        projectedValue = Declaration(
            .argument, name, help: help, defaultText: start?.defaultText, minimum: minimum,
            completion: completion ?? ownWords(of: Value.self),
            accept: acceptance(of: name, into: cell, startingFrom: nil, within: nil))
    }
}

/// All remaining words that are not options: `@Arguments("AGENT", atLeast: 1, help: "…") var agents: [String]`. It comes last.
@propertyWrapper public struct Arguments<Element: ArgumentValue>: Declared {
    private let cell: Cell<[Element]>
    public let projectedValue: Declaration

    public var wrappedValue: [Element] {
        get { cell.value! }
        nonmutating set { cell.value = newValue }
    }

    public init(_ name: String, atLeast minimum: Int = 0, completing completion: Completion? = nil, help: String) {
        let cell = Cell<[Element]>([])
        self.cell = cell
        projectedValue = Declaration(
            .argument, name, help: help, isRepeatable: true, minimum: minimum,
            completion: completion ?? ownWords(of: [Element].self),
            accept: acceptance(of: name, into: cell, startingFrom: nil, within: nil))
    }
}

private func ownWords<Value: OptionValue>(of type: Value.Type) -> Completion {
    Value.Single.choices.isEmpty ? .nothing : .words(Value.Single.choices)
}
