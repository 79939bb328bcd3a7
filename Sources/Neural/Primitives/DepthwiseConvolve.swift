// y = act(x ∗ W + b) with a window for each channel alone: the first half of a separable convolution.
public import Basics
public import Kernels

/// Operands: x [rows, height, width, channels], W [kernel, kernel, channels], b [channels].
///
/// y[oy, ox, c] = act(b[c] + Σ x[oy·s + ky·d − p, ox·s + kx·d − p, c] · W[ky, kx, c]) over ky and kx, with stride s, dilation d and
/// padding p (Chollet 2017). With g = dy ⊙ act′(y), which overwrites dy: db = Σ g, dW = Σ x ⊙ g, and dx is g spread by W.
public struct DepthwiseConvolve: Primitive {
    private let window: SlidingWindow
    private let activation: FusedActivation

    public init(_ window: SlidingWindow, activation: FusedActivation = .none) {
        self.window = window
        self.activation = activation
    }

    public var unitRange: UnitRange? { activation.unitRange }
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
        guard operands.count == 3 else {
            throw ShapeError("DepthwiseConvolve takes x, W and b, got \(operands.count) operands")
        }
        try window.check(operands[0], "DepthwiseConvolve")
        let needed = DepthwiseLoops.weightCount(window)
        guard operands[1].count == needed else {
            throw ShapeError(
                "DepthwiseConvolve expects weights of [\(window.kernel), \(window.kernel), \(window.channels)], \(needed) in all, "
                    + "got \(operands[1].count)")
        }
        guard operands[2].count == window.channels else {
            throw ShapeError("DepthwiseConvolve expects a bias of \(window.channels), got \(operands[2].count)")
        }
        return window.result(filters: window.channels)
    }
    public func isShared(_ operand: Int) -> Bool { operand > 0 }
    public func operations(for operands: [Shape]) -> Int { 2 * window.outPixels * DepthwiseLoops.weightCount(window) }

    public func forward(_ site: borrowing Site, rows: Int) {
        DepthwiseLoops.forward(window, site.x[0], site.x[1], site.x[2], into: site.y, rows: rows, activation)
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        ConvolutionLoops.epilogue(
            window, filters: window.channels, site.dy, site.y, rows: rows, activation, db: site.dx[2], beta: site.beta[2])
        if site.wants(0) {
            DepthwiseLoops.inputs(window, site.dy, site.x[1], into: site.dx[0], rows: rows, beta: site.beta[0])
        }
        if site.wants(1) {
            DepthwiseLoops.weights(window, site.x[0], site.dy, into: site.dx[1], rows: rows, beta: site.beta[1])
        }
    }
}

extension Node {
    /// act(self ∗ weights + bias), each channel alone; [height, width, channels] → [outHeight, outWidth, channels].
    public func convolvedDepthwise(
        _ weights: Node, _ bias: Node, kernel: Int, stride: Int = 1, padding: Int = 0, dilation: Int = 1,
        activation: Activation = .none, file: StaticString = #fileID, line: UInt = #line
    ) -> Node {
        guard bias.index != weights.index && bias.index != index else {
            fatalError("DepthwiseConvolve: the bias is also the layer's weights or input", file: file, line: line)
        }
        let window = window(
            "DepthwiseConvolve", kernel: kernel, stride: stride, padding: padding, dilation: dilation, file: file, line: line)
        return activation.following(file: file, line: line) {
            tape.record(DepthwiseConvolve(window, activation: $0), [self, weights, bias], file: file, line: line)
        }
    }
}
