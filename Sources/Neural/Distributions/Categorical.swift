// Choices by preference: what a policy over discrete actions is.
public import Basics
public import Kernels

/// One of `width` choices, with probabilities softmax(logits); everything is recorded on the logits' tape.
public struct Categorical {
    public let logits: Node
    /// log softmax(logits), [width]
    public let logProbabilities: Node

    public init(logits: Node, file: StaticString = #fileID, line: UInt = #line) {
        self.logits = logits
        logProbabilities = logits.logSoftmax(file: file, line: line)
    }

    /// [width]; what `sample` reads.
    public var probabilities: Node { logits.softmax() }

    /// log p(choice); `choice` [1] of whole numbers → [1].
    public func logProbability(of choice: Node, file: StaticString = #fileID, line: UInt = #line) -> Node {
        logProbabilities.picking(choice, file: file, line: line)
    }

    /// −Σ p·log p, [1]; between 0 and log width.
    public var entropy: Node { -(logProbabilities.exp() * logProbabilities).rowSum() }

    /// KL(self ‖ other) = Σ p·(log p − log q), [1].
    public func divergence(from other: Categorical, file: StaticString = #fileID, line: UInt = #line) -> Node {
        let ratio = logProbabilities.subtracting(other.logProbabilities, file: file, line: line)
        return logProbabilities.exp().multiplied(by: ratio, file: file, line: line).rowSum()
    }

    /// One choice for each row of `probabilities` [rows, width], by one draw each in ascending order.
    ///
    /// Traps where a row does not add up to 1, as after a network has diverged.
    public static func sample(
        _ probabilities: Floats, width: Int, rows: Int, into choices: Integers, using random: inout RandomSource
    ) {
        NoiseFill.choices(probabilities, width: width, rows: rows, into: choices, using: &random)
    }
}

extension Categorical {
    /// −Σ p·log p of given probabilities, 0·log 0 being 0.
    public static func entropy(_ probabilities: [Double]) -> Double {
        probabilities.reduce(0) { $1 > 0 ? $0 - $1 * ScalarMaths.log($1) : $0 }
    }
    /// Σ p·log(p/q); infinite where q is 0 and p is not.
    public static func divergence(_ p: [Double], from q: [Double]) -> Double {
        precondition(p.count == q.count, "the divergence of \(p.count) probabilities from \(q.count)")
        return zip(p, q).reduce(0) { sum, pair in
            pair.0 > 0 ? sum + pair.0 * (ScalarMaths.log(pair.0) - ScalarMaths.log(pair.1)) : sum
        }
    }
}
