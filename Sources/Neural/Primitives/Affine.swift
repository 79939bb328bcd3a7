// y = act(x · W + b): a dense layer as one entry, its bias and activation fused into the product.
public import Basics
public import Kernels

/// Operands: x [rows, inputs], W [inputs, outputs], b [outputs].
///
/// dW = xᵀ·g, db = Σᵣ g, dx = g·Wᵀ with g = dy ⊙ act′(y), which is read from y and overwrites dy.
public struct Affine: Primitive {
    private let outputs: Int
    private let activation: FusedActivation

    public init(outputs: Int, activation: FusedActivation) {
        self.outputs = outputs
        self.activation = activation
    }

    public var unitRange: UnitRange? { activation.unitRange }
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
        guard operands.count == 3 else { throw ShapeError("Affine takes x, W and b, got \(operands.count) operands") }
        guard outputs > 0, operands[0].count * outputs == operands[1].count else {
            throw ShapeError(
                "Affine expects \(operands[1].count / max(1, outputs)) inputs (its weights hold \(operands[1].count) floats for "
                    + "\(outputs) outputs), got \(operands[0].count)")
        }
        guard operands[2].count == outputs else {
            throw ShapeError("Affine expects a bias of \(outputs), got \(operands[2].count)")
        }
        return .vector(outputs)
    }
    public func isShared(_ operand: Int) -> Bool { operand > 0 }
    public func scratch(for operands: [Shape], rows: Int) -> Int {
        Dense.scratchCount(inputs: operands[0].count, outputs: outputs)
    }
    public func operations(for operands: [Shape]) -> Int { 2 * operands[1].count + outputs }

    public func forward(_ site: borrowing Site, rows: Int) {
        Dense.forward(
            site.x[0], site.x[1], site.x[2], into: site.y, rows: rows, inputs: site.operandWidth[0], outputs: outputs, activation,
            scratch: site.scratch)
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        let inputs = site.operandWidth[0]
        Dense.epilogue(site.dy, site.y, rows: rows, outputs: outputs, activation, db: site.dx[2], beta: site.beta[2])
        if site.wants(0) {
            Dense.inputs(
                site.dy, site.x[1], into: site.dx[0], rows: rows, inputs: inputs, outputs: outputs, beta: site.beta[0],
                scratch: site.scratch)
        }
        if site.wants(1) {
            Dense.weights(
                site.x[0], site.dy, into: site.dx[1], rows: rows, inputs: inputs, outputs: outputs, beta: site.beta[1],
                scratch: site.scratch)
        }
    }
}

extension Node {
    /// act(self · weights + bias); [inputs] → [outputs].
    public func affine(
        _ weights: Node, _ bias: Node, outputs: Int, activation: Activation = .none, file: StaticString = #fileID,
        line: UInt = #line
    ) -> Node {
        guard bias.index != weights.index && bias.index != index else {
            fatalError("Affine: the bias is also the layer's weights or input", file: file, line: line)
        }
        return activation.following(file: file, line: line) {
            tape.record(Affine(outputs: outputs, activation: $0), [self, weights, bias], file: file, line: line)
        }
    }
}
