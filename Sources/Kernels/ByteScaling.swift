// Bytes become floats once, at a network's entrance: no kernel behind it needs a second input type.

public enum ByteScaling {
    /// y ← scale · x
    public static func run(_ x: Bytes, by scale: Float, into y: Floats) {
        guard x.count == y.count else { fatalError("ByteScaling: \(x.count) bytes into \(y.count) floats") }
        for i in 0..<y.count { y.base[i] = Float(x.base[i]) * scale }
    }
}
