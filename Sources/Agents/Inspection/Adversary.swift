// How little must change before a network decides otherwise: the fast gradient sign method, beside noise of the same size.
public import Basics

/// For each of several sizes ε, the share of inputs at which the best action is another after one step of ε.
public struct FlipCurve: Sendable {
    /// Ascending.
    public let sizes: [Float]
    /// [sizes]: after a step against the gradient of the best action's lead.
    public let flipped: [Double]
    /// [sizes]: after a step of the same size with signs that chance chose, the control.
    public let flippedByNoise: [Double]
    /// [inputs]: the first size that flips, nil where none does.
    public let smallest: [Int?]

    /// - Parameters:
    ///   - inputs: of the network's width, at least one.
    ///   - widths: what a step of size 1 is for each number.
    ///   - low, high: the bounds of each number; nil for none.
    /// - Precondition: the lens has a gradient and scores of at least two actions.
    public init(
        _ lens: NetworkLens, _ inputs: [[Float]], sizes: [Float], widths: [Float], bounds: (low: [Float], high: [Float])?,
        using random: inout RandomSource
    ) {
        var counts = [Int](repeating: 0, count: sizes.count), noisy = counts
        smallest = inputs.map { input in
            lens.show(input)
            let action = lens.chosen
            let against = lens.stepAgainstTheLead()
            let chance = input.map { _ in Float(random.next32() & 1) * 2 - 1 }
            func flips(_ signs: [Float], _ size: Float) -> Bool {
                lens.show(FlipCurve.moved(input, by: size, signs, widths, bounds))
                return lens.chosen != action
            }
            var first: Int?
            for (i, size) in sizes.enumerated() {
                if flips(against, size) {
                    counts[i] += 1
                    first = first ?? i
                }
                if flips(chance, size) { noisy[i] += 1 }
            }
            return first
        }
        self.sizes = sizes
        flipped = counts.map { Double($0) / Double(inputs.count) }
        flippedByNoise = noisy.map { Double($0) / Double(inputs.count) }
    }

    /// x + size · signs ⊙ widths, within the bounds.
    public static func moved(
        _ input: [Float], by size: Float, _ signs: [Float], _ widths: [Float], _ bounds: (low: [Float], high: [Float])?
    ) -> [Float] {
        input.indices.map { i in
            let moved = input[i] + size * signs[i] * widths[i]
            return bounds.map { min($0.high[i], max($0.low[i], moved)) } ?? moved
        }
    }
}

extension NetworkLens {
    /// −sign ∂(s(a) − s(b))/∂x of what is shown, [inputs], a the best action and b the next: Goodfellow et al. 2015, section 4, with the
    /// lead as the loss, which does not vanish where a softmax is certain.
    ///
    /// - Precondition: it has a gradient and scores of at least two actions.
    public func stepAgainstTheLead() -> [Float] {
        let scores = scores, best = chosen
        guard let next = scores.indices.filter({ $0 != best }).max(by: { scores[$0] < scores[$1] }) else {
            fatalError("one action has no lead over another")
        }
        let weights = scores.indices.map { $0 == best ? 1.0 : $0 == next ? -1 : 0 }
        return gradient(ofScores: weights).map { $0 > 0 ? -1 : $0 < 0 ? 1 : 0 }
    }
}
