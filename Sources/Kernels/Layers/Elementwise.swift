// Loops over whole buffers, sixteen numbers at a time, with their tails handled: what the kernels of this folder are written in.
import CVector

/// y[i] ← f(x[i]). Up to fifteen numbers behind the end of `x` may be read; only `y` is written.
@inline(__always)
func mapSixteen(_ name: StaticString, _ x: Floats, into y: Floats, _ function: (Vector) -> Vector) {
    guard x.count == y.count else { fatalError("\(name) of \(x.count) numbers into \(y.count)") }
    let whole = y.count & ~15
    var i = 0
    while i < whole {
        store(function(load(x.base + i)), y.base + i)
        i += 16
    }
    if whole < y.count { store_first16(y.base + whole, function(load(x.base + whole)), Int32(y.count - whole)) }
}

/// y[i] ← f(a[i], b[i])
@inline(__always)
func mapSixteen(_ name: StaticString, _ a: Floats, _ b: Floats, into y: Floats, _ function: (Vector, Vector) -> Vector) {
    guard a.count == y.count, b.count == y.count else {
        fatalError("\(name) of \(a.count) and \(b.count) numbers into \(y.count)")
    }
    let whole = y.count & ~15
    var i = 0
    while i < whole {
        store(function(load(a.base + i), load(b.base + i)), y.base + i)
        i += 16
    }
    if whole < y.count {
        store_first16(y.base + whole, function(load(a.base + whole), load(b.base + whole)), Int32(y.count - whole))
    }
}

/// d[i] ← β·d[i] + f(g[i], a[i]); β is 0 (what stood in `d` is not read into the result) or 1.
@inline(__always)
func accumulateSixteen(
    _ name: StaticString, _ g: Floats, _ a: Floats, beta: Float, into d: Floats, _ function: (Vector, Vector) -> Vector
) {
    if beta == 0 { return mapSixteen(name, g, a, into: d, function) }
    guard g.count == d.count, a.count == d.count else {
        fatalError("\(name) of \(g.count) and \(a.count) numbers into \(d.count)")
    }
    let whole = d.count & ~15
    var i = 0
    while i < whole {
        store(load(d.base + i) + function(load(g.base + i), load(a.base + i)), d.base + i)
        i += 16
    }
    if whole < d.count {
        let sums = load(d.base + whole) + function(load(g.base + whole), load(a.base + whole))
        store_first16(d.base + whole, sums, Int32(d.count - whole))
    }
}

/// d[i] ← β·d[i] + f(g[i], a[i], b[i])
@inline(__always)
func accumulateSixteen(
    _ name: StaticString, _ g: Floats, _ a: Floats, _ b: Floats, beta: Float, into d: Floats,
    _ function: (Vector, Vector, Vector) -> Vector
) {
    guard g.count == d.count, a.count == d.count, b.count == d.count else {
        fatalError("\(name) of \(g.count), \(a.count) and \(b.count) numbers into \(d.count)")
    }
    let whole = d.count & ~15
    var i = 0
    while i < d.count {
        let share = function(load(g.base + i), load(a.base + i), load(b.base + i))
        let sums = beta == 0 ? share : load(d.base + i) + share
        if i < whole { store(sums, d.base + i) } else { store_first16(d.base + i, sums, Int32(d.count - whole)) }
        i += 16
    }
}
