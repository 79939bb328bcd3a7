// The same dense layer on every step of a sequence, as one product over all steps of all rows.
public import Basics
public import Kernels

/// Operands: x [rows, steps · inputs], W [inputs, outputs], b [outputs]; y [rows, steps · outputs].
///
/// A row holds its steps one after another, so the batch is a matrix of rows · steps rows; formulas as in `Affine`.
public struct StepwiseAffine: Primitive {
    private let steps: Int32
    private let outputs: Int32
    private let activation: FusedActivation

    public init(steps: Int, outputs: Int, activation: FusedActivation) {
        self.steps = Int32(steps)
        self.outputs = Int32(outputs)
        self.activation = activation
    }
    private func layer() -> Affine { Affine(outputs: Int(outputs), activation: activation) }

    public var unitRange: UnitRange? { activation.unitRange }
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
        guard steps > 0, operands[0].count % Int(steps) == 0 else {
            throw ShapeError("StepwiseAffine expects \(steps) steps of equal width, got a row of \(operands[0].count)")
        }
        let one = try layer().shape(of: [.vector(operands[0].count / Int(steps))] + operands.dropFirst())
        return .vector(Int(steps) * one.count)
    }
    public func isShared(_ operand: Int) -> Bool { operand > 0 }
    public func scratch(for operands: [Shape], rows: Int) -> Int {
        Dense.scratchCount(inputs: operands[0].count / Int(steps), outputs: Int(outputs))
    }
    public func operations(for operands: [Shape]) -> Int { Int(steps) * (2 * operands[1].count + Int(outputs)) }

    /// The same memory, seen as one row for each step.
    private func unrolled(_ site: borrowing Site) -> Site {
        var one = copy site
        one.width = Int(outputs)
        one.operandWidth[0] = site.operandWidth[0] / Int(steps)
        return one
    }
    public func forward(_ site: borrowing Site, rows: Int) { layer().forward(unrolled(site), rows: rows * Int(steps)) }
    public func backward(_ site: borrowing Site, rows: Int) { layer().backward(unrolled(site), rows: rows * Int(steps)) }
}

extension Node {
    /// act(self[step] · weights + bias) for each of `steps` steps; [steps · inputs] → [steps · outputs].
    public func stepwiseAffine(
        _ weights: Node, _ bias: Node, steps: Int, outputs: Int, activation: Activation = .none, file: StaticString = #fileID,
        line: UInt = #line
    ) -> Node {
        guard bias.index != weights.index && bias.index != index else {
            fatalError("StepwiseAffine: the bias is also the layer's weights or input", file: file, line: line)
        }
        return activation.following(file: file, line: line) {
            tape.record(
                StepwiseAffine(steps: steps, outputs: outputs, activation: $0), [self, weights, bias], file: file, line: line)
        }
    }
}
