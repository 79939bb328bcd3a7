// Rows put together, taken apart, renamed, and cut off from learning.
public import Basics
import Kernels

/// Up to six operands side by side: vectors along the row, images of one size along the channels. Each gradient is its part of dy.
public struct Concatenate: Primitive {
    private let count: Int
    private let pixels: Int
    /// - Parameter pixels: of each image, 1 for vectors.
    public init(count: Int, pixels: Int) {
        self.count = count
        self.pixels = pixels
    }
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
        var width = 0
        for operand in operands {
            switch (operands[0], operand) {
            case (.vector, .vector(let count)): width += count
            case (.image(let h, let w, _), .image(let height, let other, let channels)) where h == height && w == other:
                width += channels
            default: throw ShapeError("Concatenate takes vectors, or images of one size, got \(operands[0]) and \(operand)")
            }
        }
        guard operands.count == count else { throw ShapeError("Concatenate of \(count) nodes got \(operands.count)") }
        guard case .image(let height, let w, _) = operands[0] else { return .vector(width) }
        return .image(height: height, width: w, channels: width)
    }
    public func forward(_ site: borrowing Site, rows: Int) {
        var start = 0
        for i in 0..<count {
            let length = site.operandWidth[i] / pixels
            Pieces.copy(
                site.operand(i, rows: rows), width: length, start: 0, into: site.result(rows: rows), width: site.width / pixels,
                start: start, length: length, count: rows * pixels, beta: 0)
            start += length
        }
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        var start = 0
        for i in 0..<count {
            let length = site.operandWidth[i] / pixels
            if site.wants(i) {
                Pieces.copy(
                    site.resultGradient(rows: rows), width: site.width / pixels, start: start,
                    into: site.operandGradient(i, rows: rows), width: length, start: 0, length: length, count: rows * pixels,
                    beta: site.beta[i])
            }
            start += length
        }
    }
}

/// Numbers start ..< start + length of a vector, or those channels of an image. dx is dy there and zero elsewhere.
public struct Slice: Primitive {
    private let start: Int
    private let length: Int
    private let pixels: Int
    /// - Parameter pixels: of the image, 1 for a vector.
    public init(start: Int, length: Int, pixels: Int) {
        self.start = start
        self.length = length
        self.pixels = pixels
    }
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
        let width = operands[0].count / pixels
        guard start >= 0, length > 0, start + length <= width else {
            throw ShapeError("Slice of \(length) from \(start) does not fit in \(operands[0])")
        }
        guard case .image(let height, let w, _) = operands[0] else { return .vector(length) }
        return .image(height: height, width: w, channels: length)
    }
    public func forward(_ site: borrowing Site, rows: Int) {
        Pieces.copy(
            site.operand(0, rows: rows), width: site.operandWidth[0] / pixels, start: start, into: site.result(rows: rows),
            width: length, start: 0, length: length, count: rows * pixels, beta: 0)
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        let dx = site.operandGradient(0, rows: rows)
        if site.beta[0] == 0 { dx.fill(0) }
        Pieces.copy(
            site.resultGradient(rows: rows), width: length, start: 0, into: dx, width: site.operandWidth[0] / pixels,
            start: start, length: length, count: rows * pixels, beta: 1)
    }
}

/// The same numbers under another shape; dx = dy.
public struct Reshape: Primitive {
    // A Shape itself is a byte too long for three words.
    private let height: Int32
    private let width: Int32
    private let channels: Int
    private var wanted: Shape {
        height == 0 ? .vector(channels) : .image(height: Int(height), width: Int(width), channels: channels)
    }
    public init(_ wanted: Shape) {
        (height, width) = if case .image(let height, let width, _) = wanted { (Int32(height), Int32(width)) } else { (0, 0) }
        channels = wanted.channels
    }
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
        guard operands[0].count == wanted.count else {
            throw ShapeError("Reshape to \(wanted) needs \(wanted.count) numbers, got \(operands[0].count) of \(operands[0])")
        }
        return wanted
    }
    public func forward(_ site: borrowing Site, rows: Int) { site.result(rows: rows).copy(from: site.operand(0, rows: rows)) }
    public func backward(_ site: borrowing Site, rows: Int) {
        Pointwise.accumulate(
            site.resultGradient(rows: rows), times: 1, beta: site.beta[0], into: site.operandGradient(0, rows: rows))
    }
}

/// y = x, and nothing before it learns: the plan asks for no gradient through this entry.
public struct StopGradient: Primitive {
    public init() {}
    public var stopsGradient: Bool { true }
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape { operands[0] }
    public func forward(_ site: borrowing Site, rows: Int) { site.result(rows: rows).copy(from: site.operand(0, rows: rows)) }
    public func backward(_ site: borrowing Site, rows: Int) { site.clearUnlessWritten(0, rows: rows) }
}

extension Shape {
    /// Pixels of an image, 1 for a vector; and the numbers of each.
    var pixels: Int {
        switch self {
        case .vector: 1
        case .image(let height, let width, _): height * width
        }
    }
    var channels: Int {
        switch self {
        case .vector(let count): count
        case .image(_, _, let channels): channels
        }
    }
}

extension Node {
    /// This node and `others` side by side: vectors along the row, images along the channels.
    public func concatenated(with others: Node..., file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(
            Concatenate(count: others.count + 1, pixels: shape.pixels), [self] + others, file: file, line: line)
    }
    /// Numbers start ..< start + length of a vector, or those channels of an image.
    public func slice(from start: Int, length: Int, file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(Slice(start: start, length: length, pixels: shape.pixels), [self], file: file, line: line)
    }
    /// The same numbers under another shape; an image becomes a vector pixel by pixel, channels innermost.
    public func reshaped(to shape: Shape, file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(Reshape(shape), [self], file: file, line: line)
    }
    /// The same numbers, as if they were given: nothing before this learns from what comes after it.
    public func stoppingGradient(file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(StopGradient(), [self], file: file, line: line)
    }
}
