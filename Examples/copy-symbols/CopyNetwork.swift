// The network: one LSTM, and a linear layer that turns its hidden state into a score for each symbol.
import Basics
import Kernels
import Neural

/// What is learned, and the layers that are recorded with it.
struct CopyNetwork {
    static let hidden = 64
    let parameters = ParameterStore()
    let memory: Recurrent
    let answer: Linear

    /// - Parameter span: the steps between a symbol and its echo, for which the forget gates are set (Tallec & Ollivier 2018): a gate
    ///   at its usual start forgets half of everything within a step or two, and then no gradient finds its way back.
    init(span: Int, using random: inout RandomSource) {
        memory = Recurrent(
            "memory", .lstm, inputs: CopyTask.inputs, hidden: Self.hidden, memory: span, in: parameters, using: &random)
        answer = Linear("answer", inputs: Self.hidden, outputs: CopyTask.alphabet, in: parameters, using: &random)
    }
}
