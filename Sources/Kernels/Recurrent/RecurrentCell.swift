// The kinds of recurrent cells: how many blocks of gates each has, and what goes from step to step.

/// The gates of a cell, in blocks as wide as the hidden state, in PyTorch's order.
public enum RecurrentCell: UInt8, Sendable, CaseIterable {
    /// One block, the new hidden state itself: h = tanh.
    case vanilla
    /// i, f, g, o: σ, σ, tanh, σ (Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000).
    case lstm
    /// r, z and the candidate n: σ, σ, tanh (Cho et al. 2014, in PyTorch's form).
    case gru

    /// Of the weights, of inputs and of hidden states alike.
    public var blocks: Int { self == .vanilla ? 1 : self == .lstm ? 4 : 3 }
    /// Of the bias: a GRU's last block belongs to the candidate's share of the last hidden state, which the reset gate multiplies.
    public var biasBlocks: Int { self == .vanilla ? 1 : 4 }
    /// Of the state that goes from step to step: h, or h and c.
    public var stateBlocks: Int { self == .lstm ? 2 : 1 }
}
