// Losses of scores against a class or against probabilities, one number for each row, with their derivatives.

/// scores, their gradients and targets [rows, width]; labels, losses and g [rows]. Gradients are d ← β·d + …, β 0 or 1.
public enum ClassLosses {
    /// losses[r] ← −log softmax(scores[r])[label[r]]; `scratch` holds rows · width floats.
    public static func crossEntropy(
        _ scores: Floats, labels: Floats, width: Int, rows: Int, into losses: Floats, scratch: Floats
    ) {
        check(scores, labels, losses, width, rows, 1)
        let logs = scratch.slice(0, rows * width)
        Softmax.logRows(scores, width: width, rows: rows, into: logs)
        for r in 0..<rows { losses.base[r] = -logs.base[r * width + label(labels.base[r], width)] }
    }
    /// d[r, c] ← β·d + g[r]·(softmax(scores[r])[c] − [c = label])
    public static func crossEntropyGradient(
        _ g: Floats, _ scores: Floats, labels: Floats, width: Int, rows: Int, beta: Float, into d: Floats, scratch: Floats
    ) {
        check(scores, labels, g, width, rows, 1)
        check(d, labels, g, width, rows, 1)
        let shares = scratch.slice(0, rows * width)
        Softmax.rows(scores, width: width, rows: rows, into: shares)
        for r in 0..<rows {
            shares.base[r * width + label(labels.base[r], width)] -= 1
            add(shares.base + r * width, times: g.base[r], width, beta, d.base + r * width)
        }
    }

    /// losses[r] ← −Σ_c target[r, c]·log softmax(scores[r])[c]
    public static func crossEntropy(
        _ scores: Floats, targets: Floats, width: Int, rows: Int, into losses: Floats, scratch: Floats
    ) {
        check(scores, targets, losses, width, rows, width)
        let logs = scratch.slice(0, rows * width)
        Softmax.logRows(scores, width: width, rows: rows, into: logs)
        for r in 0..<rows {
            var total: Float = 0
            for c in r * width..<(r + 1) * width where targets.base[c] != 0 { total -= targets.base[c] * logs.base[c] }
            losses.base[r] = total
        }
    }
    /// d[r, c] ← β·d + g[r]·(softmax(scores[r])[c]·Σ target[r] − target[r, c])
    public static func crossEntropyGradient(
        _ g: Floats, _ scores: Floats, targets: Floats, width: Int, rows: Int, beta: Float, into d: Floats, scratch: Floats
    ) {
        check(scores, targets, g, width, rows, width)
        check(d, targets, g, width, rows, width)
        let shares = scratch.slice(0, rows * width)
        Softmax.rows(scores, width: width, rows: rows, into: shares)
        for r in 0..<rows {
            let share = shares.base + r * width, target = targets.base + r * width
            var total: Float = 0
            for c in 0..<width { total += target[c] }
            for c in 0..<width { share[c] = share[c] * total - target[c] }
            add(share, times: g.base[r], width, beta, d.base + r * width)
        }
    }
    /// d[r, c] ← β·d − g[r]·log softmax(scores[r])[c]: the derivative by the target.
    public static func targetGradient(
        _ g: Floats, _ scores: Floats, width: Int, rows: Int, beta: Float, into d: Floats, scratch: Floats
    ) {
        check(scores, d, g, width, rows, width)
        let logs = scratch.slice(0, rows * width)
        Softmax.logRows(scores, width: width, rows: rows, into: logs)
        for r in 0..<rows { add(logs.base + r * width, times: -g.base[r], width, beta, d.base + r * width) }
    }

    /// losses[r] ← Σ_{c≠label} max(0, scores[r, c] − scores[r, label] + margin), or of its square.
    public static func hinge(
        _ scores: Floats, labels: Floats, margin: Float, squared: Bool, width: Int, rows: Int, into losses: Floats
    ) {
        check(scores, labels, losses, width, rows, 1)
        for r in 0..<rows {
            let score = scores.base + r * width
            let own = label(labels.base[r], width)
            let threshold = score[own] - margin
            var total: Float = 0
            for c in 0..<width where c != own && score[c] > threshold {
                let excess = score[c] - threshold
                total += squared ? excess * excess : excess
            }
            // A comparison with NaN is false: without this a network that has diverged would show no loss at all.
            for c in 0..<width where score[c] != score[c] { total = .nan }
            losses.base[r] = total
        }
    }
    /// Each excess above the margin pushes its own score down and the label's score up.
    public static func hingeGradient(
        _ g: Floats, _ scores: Floats, labels: Floats, margin: Float, squared: Bool, width: Int, rows: Int, beta: Float,
        into d: Floats
    ) {
        check(scores, labels, g, width, rows, 1)
        check(d, labels, g, width, rows, 1)
        if beta == 0 { d.fill(0) }
        for r in 0..<rows {
            let score = scores.base + r * width, to = d.base + r * width
            let own = label(labels.base[r], width)
            let threshold = score[own] - margin
            var total: Float = 0
            for c in 0..<width where c != own && score[c] > threshold {
                let share = squared ? 2 * g.base[r] * (score[c] - threshold) : g.base[r]
                to[c] += share
                total += share
            }
            to[own] -= total
        }
    }

    @inline(__always)
    private static func add(
        _ from: UnsafePointer<Float>, times factor: Float, _ width: Int, _ beta: Float, _ to: UnsafeMutablePointer<Float>
    ) {
        if beta == 0 {
            for c in 0..<width { to[c] = factor * from[c] }
        } else {
            for c in 0..<width { to[c] += factor * from[c] }
        }
    }
    private static func check(_ scores: Floats, _ others: Floats, _ single: Floats, _ width: Int, _ rows: Int, _ otherWidth: Int)
    {
        guard width > 0, scores.count == rows * width, others.count == rows * otherWidth, single.count == rows else {
            fatalError("class losses: \(scores.count), \(others.count) and \(single.count) floats for \(rows) rows of \(width)")
        }
    }
    private static func label(_ value: Float, _ width: Int) -> Int { wholeIndex(value, below: width, "label") }
}

/// A whole number held as a float, checked: a wrong index must not read a neighbour's memory.
@inline(__always)
func wholeIndex(_ value: Float, below bound: Int, _ what: StaticString) -> Int {
    guard value >= 0, value < Float(bound), value == value.rounded(.down) else { refuse(value, bound, what) }
    return Int(value)
}
@inline(never)
private func refuse(_ value: Float, _ bound: Int, _ what: StaticString) -> Never {
    fatalError("\(what) \(value): it must be a whole number from 0 to \(bound - 1)")
}
