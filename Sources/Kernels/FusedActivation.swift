// What a dense layer or a convolution applies to its own result on the way to memory; the derivative is read from the output.

public enum FusedActivation: UInt8, Sendable, CaseIterable {
    case none, relu, tanh
}
