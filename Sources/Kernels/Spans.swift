// From the spans that safe code passes around to the buffers that kernels run on.

extension Buffer {
    /// The memory of a span as a buffer, for as long as `body` runs.
    @inlinable @inline(__always)
    public static func over<Result>(_ span: inout MutableSpan<Element>, _ body: (Buffer) -> Result) -> Result {
        guard span.count > 0 else { return body(.empty) }
        return span.withUnsafeMutableBufferPointer { body(Buffer(base: $0.baseAddress!, count: $0.count)) }
    }
}

extension Array where Element: BitwiseCopyable {
    /// Row `index` of rows that are `width` wide, for as long as `body` runs; copies the array first if others share it.
    @inlinable @inline(__always)
    public mutating func withRow(_ index: Int, width: Int, _ body: (inout MutableSpan<Element>) -> Void) {
        withUnsafeMutableBufferPointer {
            Buffer(base: $0.baseAddress!, count: $0.count).row(index, width: width).withSpan(body)
        }
    }
}
