// Batch normalisation in two entries: the moments of the batch, and centring and scaling by given moments.
public import Basics
import Kernels

/// x [rows, pixels · channels] → one row for the whole batch [3 · channels]: each channel's mean μ, variance Σ(x − μ)²/n, and
/// Σ(x − μ)²/(n − 1) for the running average; n = rows · pixels, and where n is 1 the last divisor is 1.
///
/// dx = dμ/n + 2(x − μ)·(dv/n + du/(n − 1)).
public struct Moments: Primitive {
    private let channels: Int
    public init(channels: Int) { self.channels = channels }
    public var reduces: Bool { true }
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
        guard channels > 0, operands[0].channels == channels else {
            throw ShapeError("Moments of \(channels) channels got \(operands[0])")
        }
        return .vector(3 * channels)
    }
    public func forward(_ site: borrowing Site, rows: Int) {
        BatchStatistics.moments(
            site.operand(0, rows: rows), rows: rows, pixels: site.operandWidth[0] / channels, channels: channels, into: site.y)
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        BatchStatistics.momentsGradient(
            site.operand(0, rows: rows), moments: site.y, gradients: site.dy, rows: rows,
            pixels: site.operandWidth[0] / channels, channels: channels, beta: site.beta[0],
            into: site.operandGradient(0, rows: rows))
    }
}

/// Operands: x [rows, pixels · channels], moments [≥ 2 · channels] (mean, then variance), gain and bias [channels].
/// y = (x − μ)·gain/√(v + ε) + bias (Ioffe & Szegedy 2015, algorithm 1): given the moments, a row depends on itself alone.
///
/// With s = 1/√(v + ε): dx = dy·gain·s, dμ = −Σ dy·gain·s, dv = −½·gain·s³·Σ dy·(x − μ), dgain = s·Σ dy·(x − μ), dbias = Σ dy.
public struct Normalise: Primitive {
    private let channels: Int
    private let epsilon: Float
    public init(channels: Int, epsilon: Float) {
        self.channels = channels
        self.epsilon = epsilon
    }
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
        guard operands.count == 4, operands[0].channels == channels, operands[1].count >= 2 * channels,
            operands[2].count == channels, operands[3].count == channels, epsilon > 0
        else {
            throw ShapeError(
                "Normalise of \(channels) channels with epsilon \(epsilon) takes rows, moments, gain and bias, got "
                    + operands.map(\.description).joined(separator: ", "))
        }
        return operands[0]
    }
    public func isShared(_ operand: Int) -> Bool { operand > 0 }
    public func scratch(for operands: [Shape], rows: Int) -> Int { 2 * channels }
    public func forward(_ site: borrowing Site, rows: Int) {
        BatchStatistics.apply(
            site.operand(0, rows: rows), moments: site.x[1], gain: site.x[2], bias: site.x[3], epsilon: epsilon, rows: rows,
            pixels: site.width / channels, channels: channels, into: site.result(rows: rows), scratch: site.scratch)
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        let dy = site.resultGradient(rows: rows), pixels = site.width / channels
        if site.wants(0) {
            BatchStatistics.applyGradient(
                dy, moments: site.x[1], gain: site.x[2], epsilon: epsilon, rows: rows, pixels: pixels, channels: channels,
                beta: site.beta[0], into: site.operandGradient(0, rows: rows), scratch: site.scratch)
        }
        if site.dx[1].count + site.dx[2].count + site.dx[3].count == 0 { return }
        BatchStatistics.gradientSums(
            dy, site.operand(0, rows: rows), moments: site.x[1], rows: rows, pixels: pixels, channels: channels,
            into: site.scratch)
        if site.beta[1] == 0 { site.dx[1].fill(0) }
        if site.beta[2] == 0 { site.dx[2].fill(0) }
        for c in 0..<channels {
            let sum = site.scratch[c], product = site.scratch[channels + c], gain = site.x[2][c]
            let scale = 1 / (site.x[1][channels + c] + epsilon).squareRoot()
            if site.wants(1) {
                site.dx[1][c] -= gain * scale * sum
                site.dx[1][channels + c] -= 0.5 * gain * scale * scale * scale * product
            }
            if site.wants(2) { site.dx[2][c] += scale * product }
            if site.wants(3) { site.dx[3][c] = (site.beta[3] == 0 ? 0 : site.dx[3][c]) + sum }
        }
    }
}

extension Node {
    /// Mean, variance and unbiased variance of each channel over the batch; [.., channels] → one row [3 · channels].
    public func moments(file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(Moments(channels: shape.channels), [self], file: file, line: line)
    }
    /// (x − mean)·gain/√(variance + ε) + bias with one row of `moments` for the whole batch: means, then variances.
    public func normalised(
        by moments: Node, gain: Node, bias: Node, epsilon: Float, file: StaticString = #fileID, line: UInt = #line
    ) -> Node {
        tape.record(
            Normalise(channels: shape.channels, epsilon: epsilon), [self, moments, gain, bias], file: file, line: line)
    }
}
