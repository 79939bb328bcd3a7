// Whether a network is recorded to learn or to be used: a property of the tape, so that one module serves both.

public enum TapeMode: Sendable, CaseIterable {
    /// Batch statistics, which also move the running averages; dropout and noise are drawn.
    case training
    /// Running averages; no dropout; noisy layers use their means.
    case evaluation
}
