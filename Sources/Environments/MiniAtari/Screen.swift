// Writing a screen of 10 by 10 cells, channels innermost, as zeros and ones.

extension MutableSpan<UInt8> {
    /// All zero.
    @inline(__always) mutating func clear() { update(repeating: 0) }
    /// Sets one channel of the cell (x, y).
    @inline(__always) mutating func mark(_ x: Int, _ y: Int, _ channel: Int, of channels: Int) {
        self[(y &* 10 &+ x) &* channels &+ channel] = 1
    }
}
