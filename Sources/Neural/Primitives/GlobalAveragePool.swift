// The average of each channel over the whole image (Lin et al. 2014).
public import Basics
import Kernels

/// y[c] = Σ x[iy, ix, c] / n over the image's n pixels; dx = dy / n.
public struct GlobalAveragePool: Primitive {
    private let channels: Int
    public init(channels: Int) { self.channels = channels }

    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
        guard case .image(_, _, channels) = operands[0] else {
            throw ShapeError("GlobalAveragePool expects an image of \(channels) channels, got \(operands[0])")
        }
        return .vector(channels)
    }
    public func forward(_ site: borrowing Site, rows: Int) {
        AveragePooling.whole(
            site.x[0], into: site.y, pixels: site.operandWidth[0] / channels, channels: channels, rows: rows)
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        AveragePooling.wholeInputs(
            site.dy, into: site.dx[0], pixels: site.operandWidth[0] / channels, channels: channels, rows: rows, beta: site.beta[0]
        )
    }
}

extension Node {
    /// The average of each channel; [height, width, channels] → [channels].
    public func globalAveragePooled(file: StaticString = #fileID, line: UInt = #line) -> Node {
        guard case .image(_, _, let channels) = shape else {
            fatalError("GlobalAveragePool expects an image of [height, width, channels], got \(shape)", file: file, line: line)
        }
        return tape.record(GlobalAveragePool(channels: channels), [self], file: file, line: line)
    }
}
