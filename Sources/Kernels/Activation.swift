// The activations that a dense layer applies to its own result; each derivative is read from the output.

public enum Activation: UInt8, Sendable, CaseIterable {
    case none, relu, tanh

    /// The name that presets use.
    public init?(name: String) {
        guard let found = Activation.allCases.first(where: { "\($0)" == name }) else { return nil }
        self = found
    }
}
