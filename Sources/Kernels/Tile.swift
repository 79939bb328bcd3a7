// The one inner loop of every product: R rows by V vectors of sums, held in registers over the whole sum.
import CVector

typealias Vector = SIMD16<Float>
typealias Tile<let R: Int, let V: Int> = InlineArray<R, InlineArray<V, Vector>>

/// A tile's size as a value, so that a generic function can be told which instance to be.
struct Size<let R: Int, let V: Int> {}

/// Whether 32 registers of 16 floats are there (AVX-512). With 16 registers of 8, a tile is one vector wide and four rows high.
var hasWideRegisters: Bool { @inline(__always) get { CVECTOR_WIDE_REGISTERS == 1 } }

@inline(__always) func load(_ p: UnsafePointer<Float>) -> Vector {
    UnsafeRawPointer(p).loadUnaligned(as: Vector.self)
}
@inline(__always) func load(_ p: UnsafeMutablePointer<Float>) -> Vector {
    UnsafeRawPointer(p).loadUnaligned(as: Vector.self)
}
@inline(__always) func store(_ v: Vector, _ p: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(p).storeBytes(of: v, as: Vector.self)
}

@inline(__always) func zeros<let R: Int, let V: Int>() -> Tile<R, V> {
    Tile<R, V>(repeating: InlineArray<V, Vector>(repeating: Vector()))
}

/// sums[r][16v ..< 16v+16] += Σₖ a[r·aRow + k·aStep] · b[k·bStep + 16v ..< 16v+16] for k in 0 ..< count.
///
/// Every sum runs over k in ascending order, whatever R and V are: an element's bits do not depend on the tile that held it.
@inline(__always) func accumulate<let R: Int, let V: Int>(
    _ sums: inout Tile<R, V>, a: UnsafePointer<Float>, aRow: Int, aStep: Int, b: UnsafePointer<Float>, bStep: Int, count: Int
) {
    var a = a
    var b = b
    for _ in 0..<count {
        var w = InlineArray<V, Vector>(repeating: Vector())
        for v in 0..<V { w[v] = load(b + v * 16) }
        for r in 0..<R {
            let x = Vector(repeating: a[r * aRow])
            for v in 0..<V { sums[r][v] = fma16(x, w[v], sums[r][v]) }
        }
        a += aStep
        b += bStep
    }
}

/// The sum of sixteen lanes by halving: lane i with lane i + 8, then + 4, + 2, + 1.
@inline(__always) func sum(_ v: Vector) -> Float {
    let eight = v.lowHalf + v.highHalf
    let four = eight.lowHalf + eight.highHalf
    let two = four.lowHalf + four.highHalf
    return two.x + two.y
}
