// What the property wrappers record about an option or argument: data for the parser, the help and the completions.

import Basics

/// One option, flag or argument of a command. `$seed.wasGiven` asks it whether the user wrote it.
public final class Declaration {
    public enum Role: Sendable {
        /// `--json`
        case flag
        /// `--seed N`
        case option
        /// `ALGORITHM`
        case argument
    }

    public let role: Role
    /// `--seed` for options and flags, `ALGORITHM` for arguments.
    public let name: String
    /// `N` in `--seed N`; nil for flags and arguments.
    public let valueName: String?
    public let help: String
    /// The default as it would be written, nil when there is none.
    public let defaultText: String?
    /// May be given again, each time adding a value.
    public let isRepeatable: Bool
    /// Takes every word that follows, up to the next option: `--against a b c`.
    public let takesAll: Bool
    /// How many values an argument must have at least; 0 for options.
    public let minimum: Int
    public let completion: Completion
    /// Whether it stood on the command line.
    public internal(set) var wasGiven = false
    /// Puts a value in its place, or answers what is wrong with it.
    let accept: (String) -> String?

    init(
        _ role: Role, _ name: String, valueName: String? = nil, help: String, defaultText: String? = nil,
        isRepeatable: Bool = false, takesAll: Bool = false, minimum: Int = 0, completion: Completion = .nothing,
        accept: @escaping (String) -> String?
    ) {
        precondition(role == .argument || name.hasPrefix("--"), "option \"\(name)\" must begin with --")
        self.role = role
        self.name = name
        self.valueName = valueName
        self.help = help
        self.defaultText = defaultText
        self.isRepeatable = isRepeatable
        self.takesAll = takesAll
        self.minimum = minimum
        self.completion = completion
        self.accept = accept
    }

    /// All declarations of `command`, in the order of its properties; those of a group stand where the group does.
    static func all(of command: some Command) -> [Declaration] { all(in: Mirror(reflecting: command)) }
    private static func all(in mirror: Mirror) -> [Declaration] {
        mirror.children.flatMap { child in
            if let declared = child.value as? any Declared { return [declared.projectedValue] }
            return (child.value as? any OptionGroup).map { all(in: Mirror(reflecting: $0)) } ?? []
        }
    }
}

/// Arguments and options that several commands share: the properties of a struct that is a property of each of them.
public protocol OptionGroup {}

/// A property wrapper that declares something.
protocol Declared {
    var projectedValue: Declaration { get }
}

/// Which words a shell may offer in a place.
public enum Completion: Hashable, Sendable {
    case nothing
    case words([String])
    case files
    case folders
    /// Names that the application knows (`Application.names`).
    case names(NameKind)
}

public enum NameKind: Hashable, Sendable {
    case algorithm, environment, agent, command
}

/// Where a wrapper's value lives, so that the parser can fill a struct that it only knows as `any Command`.
final class Cell<Value> {
    var value: Value?
    init(_ value: Value?) { self.value = value }
}

/// The `accept` of a declaration: reads, checks the bounds, and stores.
func acceptance<Value: OptionValue>(
    of name: String, into cell: Cell<Value>, startingFrom empty: Value?, within bounds: (any OptionBounds<Value.Single>)?
) -> (String) -> String? {
    { text in
        guard let value = Value.Single(argument: text) else {
            let near = nearestWord(to: text, in: Value.Single.choices).map { "; did you mean \($0)?" } ?? ""
            return "\(name) needs \(Value.Single.expectation), got \"\(text)\"\(near)"
        }
        if let bounds, !bounds.contains(value) { return "\(name) must be \(bounds.words), got \(text)" }
        if var old = cell.value ?? empty {
            old.take(value)
            cell.value = old
        } else if let only = value as? Value {
            cell.value = only
        }
        return nil
    }
}
