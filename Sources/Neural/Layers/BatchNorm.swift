// Batch normalisation with running averages: batch statistics while training, the averages when the network is used.
public import Basics

/// y = (x − μ)·gain/√(v + ε) + bias for each channel (Ioffe & Szegedy 2015, algorithms 1 and 2).
///
/// On a training tape μ and v are the batch's, gradients run through both, and after each run of the program the averages move:
/// average ← (1 − momentum)·average + momentum·statistic, the variance with divisor n − 1. On a tape for evaluation they are the
/// averages, so that a row depends on itself alone.
public struct BatchNorm: Module {
    public let channels: Int
    private let momentum: Float
    private let epsilon: Float
    private let gain: Parameter
    private let bias: Parameter
    private let mean: RunningState
    private let variance: RunningState

    /// Reserves `NAME.gain` (1), `NAME.bias` (0) and the running `NAME.mean` (0) and `NAME.variance` (1), all [channels].
    public init(
        _ name: String, channels: Int, momentum: Float = 0.1, epsilon: Float = 1e-5, in store: ParameterStore,
        using random: inout RandomSource, file: StaticString = #fileID, line: UInt = #line
    ) {
        guard channels > 0, momentum > 0, momentum <= 1 else {
            fatalError("BatchNorm of \(channels) channels with momentum \(momentum)", file: file, line: line)
        }
        self.channels = channels
        self.momentum = momentum
        self.epsilon = epsilon
        gain = store.reserve("\(name).gain", [channels], .constant(1), using: &random)
        bias = store.reserve("\(name).bias", [channels], .constant(0), using: &random)
        mean = store.reserveState("\(name).mean", [channels], 0)
        variance = store.reserveState("\(name).variance", [channels], 1)
    }

    public func callAsFunction(_ x: Node) -> Node {
        let tape = x.tape
        let gain = tape.parameter(gain), bias = tape.parameter(bias), mean = tape.state(mean), variance = tape.state(variance)
        switch tape.mode {
        case .evaluation:
            return x.normalised(by: mean.concatenated(with: variance), gain: gain, bias: bias, epsilon: epsilon)
        case .training:
            let moments = x.moments()
            func moved(_ average: Node, to statistic: Node) -> Node {
                average.scaled(by: 1 - momentum) + statistic.scaled(by: momentum)
            }
            tape.update(self.mean, to: moved(mean, to: moments.slice(from: 0, length: channels)))
            tape.update(self.variance, to: moved(variance, to: moments.slice(from: 2 * channels, length: channels)))
            return x.normalised(by: moments, gain: gain, bias: bias, epsilon: epsilon)
        }
    }
}
