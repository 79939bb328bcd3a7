// Why nothing can be shown, in one line that says what to do instead.

public struct FrontError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Kind: Hashable, Sendable {
        /// This program was built without the window.
        case notBuilt
        /// SDL2 is not installed.
        case noLibrary
        /// There is no display to open a window on.
        case noDisplay
        /// The window or its display went away while it was used.
        case lost
    }
    public let kind: Kind
    public let description: String

    public init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }
}
