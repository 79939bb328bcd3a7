// Priorities in a binary tree of sums: drawing in proportion, and changing one, in logarithmic time (Schaul et al. 2016, B.2.1).
import Kernels

/// Leaves hold numbers that are not negative; every inner node holds the sum of its two children, computed anew from them at each
/// change, so that no error adds up.
public struct SumTree {
    public let count: Int
    /// The number of leaves rounded up to a power of two; node 1 is the root, leaf i is node `width` + i.
    private let width: Int
    private let nodes: Storage<Double>

    /// - Precondition: `count` is positive.
    public init(count: Int) {
        guard count > 0 else { fatalError("a sum tree of \(count) leaves; it needs one at least") }
        self.count = count
        width = 1 << (Int.bitWidth - (count - 1).leadingZeroBitCount)
        nodes = Storage(count: 2 * width)
    }

    public static func byteCount(count: Int) -> Int { 16 << (Int.bitWidth - max(0, count - 1).leadingZeroBitCount) }

    public var total: Double { nodes.all[1] }

    /// - Complexity: O(1) to read, O(log `count`) to write.
    public subscript(_ leaf: Int) -> Double {
        get { nodes.all[width + leaf] }
        nonmutating set {
            guard (0..<count).contains(leaf), newValue >= 0, newValue.isFinite else {
                fatalError("leaf \(leaf) of a sum tree of \(count) was to hold \(newValue)")
            }
            let nodes = nodes.all
            var node = width + leaf
            nodes[node] = newValue
            while node > 1 {
                node /= 2
                nodes[node] = nodes[2 * node] + nodes[2 * node + 1]
            }
        }
    }

    /// The leaf in whose share of 0 ..< total `mass` lies; never one that holds 0.
    ///
    /// - Precondition: `total` is positive.
    /// - Complexity: O(log `count`).
    public func leaf(at mass: Double) -> Int {
        guard total > 0 else { fatalError("a sum tree without any mass was drawn from") }
        let nodes = nodes.all
        var node = 1, mass = mass
        while node < width {
            let left = nodes[2 * node]
            // Rounding may leave a little mass behind the last leaf that holds any.
            if mass < left || nodes[2 * node + 1] == 0 {
                node = 2 * node
            } else {
                mass -= left
                node = 2 * node + 1
            }
        }
        return node - width
    }
}
