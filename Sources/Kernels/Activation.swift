// The activations that a product can apply while its sums are still at hand; each derivative is read from the output.

public enum Activation: UInt8, Sendable, CaseIterable {
    case none, relu

    /// The name that presets use.
    public init?(name: String) {
        guard let found = Activation.allCases.first(where: { "\($0)" == name }) else { return nil }
        self = found
    }
}
