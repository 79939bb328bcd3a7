// Normalisation within each row, the same while training and after: layer, group and instance normalisation.
public import Basics

/// Mean 0 and variance 1 of each group of channels over all pixels of one row, then ·gain + bias (Wu & He 2018).
///
/// One group is layer normalisation (of a vector: Ba et al. 2016), as many groups as channels is instance normalisation.
public struct GroupNorm: Module {
    private let groups: Int
    private let epsilon: Float
    private let gain: Parameter
    private let bias: Parameter

    /// Reserves `NAME.gain` (1) and `NAME.bias` (0), both [channels]; a vector's channels are its numbers.
    public init(
        _ name: String, groups: Int, channels: Int, epsilon: Float = 1e-5, in store: ParameterStore,
        using random: inout RandomSource
    ) {
        self.groups = groups
        self.epsilon = epsilon
        gain = store.reserve("\(name).gain", [channels], .constant(1), using: &random)
        bias = store.reserve("\(name).bias", [channels], .constant(0), using: &random)
    }

    public static func layer(
        _ name: String, width: Int, epsilon: Float = 1e-5, in store: ParameterStore, using random: inout RandomSource
    ) -> GroupNorm {
        GroupNorm(name, groups: 1, channels: width, epsilon: epsilon, in: store, using: &random)
    }
    public static func instance(
        _ name: String, channels: Int, epsilon: Float = 1e-5, in store: ParameterStore, using random: inout RandomSource
    ) -> GroupNorm {
        GroupNorm(name, groups: channels, channels: channels, epsilon: epsilon, in: store, using: &random)
    }

    public func callAsFunction(_ x: Node) -> Node {
        x.groupNormalised(groups: groups, gain: x.tape.parameter(gain), bias: x.tape.parameter(bias), epsilon: epsilon)
    }
}
