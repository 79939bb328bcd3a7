// Proportional prioritisation: what surprised more is drawn more often, and counts for less each time (Schaul et al. 2016).
import Basics
import Kernels

/// P(i) = pᵢ^α / Σₖ pₖ^α with pᵢ = |δᵢ| + ε (equation 1, proportional variant).
///
/// Transitions come in with the largest priority met so far, so that each is seen soon (algorithm 1, line 6).
final class Priorities {
    /// Holds pᵢ^α, 0 for what cannot be drawn.
    private let tree: SumTree
    private let exponent: Float
    private let epsilon: Float
    /// The largest pᵢ^α so far.
    private var largest: Double = 1
    private let scratch: Storage<Float>

    init(slots: Int, exponent: Float, epsilon: Float, batchSize: Int) {
        tree = SumTree(count: slots)
        self.exponent = exponent
        self.epsilon = epsilon
        scratch = Storage(count: batchSize)
    }

    static func byteCount(slots: Int) -> Int { SumTree.byteCount(count: slots) }

    func admit(_ slot: Int) { tree[slot] = largest }
    func withdraw(_ slot: Int) { if tree[slot] != 0 { tree[slot] = 0 } }
    func share(of slot: Int) -> Double { tree[slot] / tree.total }

    /// One slot from part `part` of `parts` equal parts of the mass: a batch is spread over all of it (appendix B.2.1).
    func draw(part: Int, of parts: Int, using random: inout RandomSource) -> Int {
        tree.leaf(at: (Double(part) + random.unit()) / Double(parts) * tree.total)
    }

    /// weights[r] ← (count · P(slots[r]))^−β, divided by the largest of the batch (section 3.4).
    func weigh(_ slots: Integers, count: Int, beta: Float, into weights: Floats) {
        for r in 0..<slots.count { weights[r] = Float(Double(count) * share(of: Int(slots[r]))) }
        raise(weights, to: -beta)
        var largest: Float = 0
        for r in 0..<weights.count { largest = max(largest, weights[r]) }
        for r in 0..<weights.count { weights[r] /= largest }
    }

    /// pᵢ ← errors[r] + ε for i = slots[r]; errors are not negative.
    func change(_ slots: Integers, to errors: Floats) {
        let powers = scratch.all.slice(0, slots.count)
        for r in 0..<slots.count { powers[r] = errors[r] + epsilon }
        raise(powers, to: exponent)
        for r in 0..<slots.count {
            let power = Double(powers[r])
            largest = max(largest, power)
            tree[Int(slots[r])] = power
        }
    }

    /// x ← x^exponent, through logarithms that are the same on every machine.
    private func raise(_ x: Floats, to exponent: Float) {
        VectorMaths.log(x, into: x)
        for i in 0..<x.count { x[i] *= exponent }
        VectorMaths.exp(x, into: x)
    }

    func save(into archive: inout Archive) {
        archive.store((0..<tree.count).map { tree[$0] }, as: "priorities")
        archive.store([largest], as: "largest")
    }
    /// - Throws: when a slot that can be drawn has no priority, or one that cannot has one.
    func load(from archive: Archive, isReady: (Int) -> Bool) throws(ArchiveError) {
        let found = try archive.doubles("priorities", count: tree.count), top = try archive.doubles("largest", count: 1)[0]
        for (slot, priority) in found.enumerated() {
            guard priority.isFinite, priority >= 0, (priority > 0) == isReady(slot) else {
                throw ArchiveError("the replay memory's slot \(slot) has the priority \(priority)")
            }
        }
        guard top.isFinite, top > 0 else { throw ArchiveError("the replay memory's largest priority is \(top)") }
        for (slot, priority) in found.enumerated() { tree[slot] = priority }
        largest = top
    }
}
