// y = act(x ∗ W + b): a two-dimensional convolution as one entry, its bias and activation fused into it.
public import Basics
public import Kernels

/// Operands: x [rows, height, width, channels], W [kernel, kernel, channels, filters], and, where there is one, b [filters].
///
/// y[oy, ox, f] = act(b[f] + Σ x[oy·s + ky·d − p, ox·s + kx·d − p, c] · W[ky, kx, c, f]) over ky, kx and c, with stride s, dilation d
/// and padding p, outside of the image zero (a cross-correlation, as in all learned networks: Goodfellow et al. 2016, equation 9.6).
/// With g = dy ⊙ act′(y), which overwrites dy: db = Σ g, dW = Σ x ⊗ g, and dx is g spread by W.
public struct Convolve: Primitive {
    private let window: SlidingWindow
    private let filterCount: Int32
    private let activation: FusedActivation
    private var filters: Int { Int(filterCount) }

    public init(_ window: SlidingWindow, filters: Int, activation: FusedActivation = .none) {
        self.window = window
        filterCount = Int32(filters)
        self.activation = activation
    }

    public var unitRange: UnitRange? { activation.unitRange }
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
        guard operands.count == 2 || operands.count == 3 else {
            throw ShapeError("Convolve takes x, W and perhaps b, got \(operands.count) operands")
        }
        try window.check(operands[0], "Convolve")
        let needed = ConvolutionLoops.weightCount(window, filters: filters)
        guard filters > 0, operands[1].count == needed else {
            throw ShapeError(
                "Convolve expects weights of [\(window.kernel), \(window.kernel), \(window.channels), \(filters)], \(needed) in all, "
                    + "got \(operands[1].count)")
        }
        if operands.count == 3 && operands[2].count != filters {
            throw ShapeError("Convolve expects a bias of \(filters), got \(operands[2].count)")
        }
        return window.result(filters: filters)
    }
    public func isShared(_ operand: Int) -> Bool { operand > 0 }
    public func scratch(for operands: [Shape], rows: Int) -> Int { ConvolutionLoops.scratchCount(window, filters: filters) }
    public func operations(for operands: [Shape]) -> Int {
        2 * window.outPixels * ConvolutionLoops.weightCount(window, filters: filters)
    }

    public func forward(_ site: borrowing Site, rows: Int) {
        ConvolutionLoops.forward(
            window, filters: filters, site.x[0], site.x[1], site.x[2], into: site.y, rows: rows, activation, scratch: site.scratch
        )
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        ConvolutionLoops.epilogue(
            window, filters: filters, site.dy, site.y, rows: rows, activation, db: site.dx[2], beta: site.beta[2])
        if site.wants(0) {
            ConvolutionLoops.inputs(
                window, filters: filters, site.dy, site.x[1], into: site.dx[0], rows: rows, beta: site.beta[0],
                scratch: site.scratch)
        }
        if site.wants(1) {
            ConvolutionLoops.weights(
                window, filters: filters, site.x[0], site.dy, into: site.dx[1], rows: rows, beta: site.beta[1],
                scratch: site.scratch)
        }
    }
}

extension Node {
    /// act(self ∗ weights + bias); [height, width, channels] → [outHeight, outWidth, filters], where
    /// outHeight = ⌊(height + 2·padding − (kernel − 1)·dilation − 1) / stride⌋ + 1.
    public func convolved(
        _ weights: Node, _ bias: Node? = nil, filters: Int, kernel: Int, stride: Int = 1, padding: Int = 0, dilation: Int = 1,
        activation: Activation = .none, file: StaticString = #fileID, line: UInt = #line
    ) -> Node {
        guard bias?.index != weights.index && bias?.index != index else {
            fatalError("Convolve: the bias is also the layer's weights or input", file: file, line: line)
        }
        let window = window(
            "Convolve", kernel: kernel, stride: stride, padding: padding, dilation: dilation, file: file, line: line)
        let operands = [self, weights] + (bias.map { [$0] } ?? [])
        return activation.following(file: file, line: line) {
            tape.record(Convolve(window, filters: filters, activation: $0), operands, file: file, line: line)
        }
    }
}
