// Normalisation within each row: over the whole row (layer), each channel (instance), or groups of channels.
public import Basics
import Kernels

/// Operands: x [rows, pixels · channels], gain and bias [channels]. y = (x − μ)·gain/√(v + ε) + bias, with mean μ and variance v of
/// the row's group: channels/groups neighbouring channels over all pixels (Wu & He 2018, equations 1, 2 and 6; one group of a vector
/// is Ba et al. 2016, equation 4; as many groups as channels is Ulyanov et al. 2016).
///
/// With x̂ = (x − μ)/√(v + ε) and h = dy·gain: dx = (h − mean h − x̂·mean(h·x̂))/√(v + ε), dgain = Σ dy·x̂, dbias = Σ dy.
public struct GroupNormalise: Primitive {
    private let groups: Int
    private let channels: Int
    private let epsilon: Float
    public init(groups: Int, channels: Int, epsilon: Float) {
        self.groups = groups
        self.channels = channels
        self.epsilon = epsilon
    }
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
        guard groups > 0, channels > 0, channels % groups == 0, epsilon > 0 else {
            throw ShapeError(
                "GroupNormalise of \(channels) channels in \(groups) groups with epsilon \(epsilon): groups must divide")
        }
        guard operands.count == 3, operands[0].channels == channels, operands[1].count == channels, operands[2].count == channels
        else {
            throw ShapeError(
                "GroupNormalise of \(channels) channels takes rows, gain and bias, got "
                    + operands.map(\.description).joined(separator: ", "))
        }
        return operands[0]
    }
    public func isShared(_ operand: Int) -> Bool { operand > 0 }
    public func forward(_ site: borrowing Site, rows: Int) {
        GroupStatistics.apply(
            site.operand(0, rows: rows), gain: site.x[1], bias: site.x[2], groups: groups, epsilon: epsilon, rows: rows,
            pixels: site.width / channels, channels: channels, into: site.result(rows: rows))
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        let dy = site.resultGradient(rows: rows), x = site.operand(0, rows: rows), pixels = site.width / channels
        if site.wants(0) {
            GroupStatistics.inputGradient(
                dy, x, gain: site.x[1], groups: groups, epsilon: epsilon, rows: rows, pixels: pixels, channels: channels,
                beta: site.beta[0], into: site.operandGradient(0, rows: rows))
        }
        if site.dx[1].count + site.dx[2].count != 0 {
            GroupStatistics.parameterGradients(
                dy, x, groups: groups, epsilon: epsilon, rows: rows, pixels: pixels, channels: channels, dGain: site.dx[1],
                gainBeta: site.beta[1], dBias: site.dx[2], biasBeta: site.beta[2])
        }
    }
}

extension Node {
    /// Mean 0 and variance 1 of each of `groups` groups of channels within each row, then ·gain + bias of each channel.
    public func groupNormalised(
        groups: Int, gain: Node, bias: Node, epsilon: Float, file: StaticString = #fileID, line: UInt = #line
    ) -> Node {
        tape.record(
            GroupNormalise(groups: groups, channels: shape.channels, epsilon: epsilon), [self, gain, bias], file: file, line: line
        )
    }
}
