// Priorities in a tree: its root is the sum of the leaves, and shares of it lead to the right leaf.
import Basics
import RLCore
import Testing

@Suite struct SumTreeTests {
    @Test(arguments: [1, 2, 3, 5, 8, 13]) func theRootIsTheSum(_ count: Int) {
        let tree = SumTree(count: count)
        #expect(tree.total == 0)
        var leaves = [Double](repeating: 0, count: count)
        var random = RandomSource(seed: UInt64(count))
        for _ in 0..<200 {
            let leaf = random.below(count)
            leaves[leaf] = random.unit() < 0.2 ? 0 : Double(random.below(1000)) / 8
            tree[leaf] = leaves[leaf]
            // Eighths add up without rounding.
            #expect(tree.total == leaves.reduce(0, +))
            #expect((0..<count).allSatisfy { tree[$0] == leaves[$0] })
        }
        #expect(SumTree.byteCount(count: 5) == 2 * 8 * 8 && SumTree.byteCount(count: 8) == 2 * 8 * 8)
    }

    /// Leaves 2, 0, 3, 1, 0: the shares are 0 ..< 2, 2 ..< 5 and 5 ..< 6.
    @Test func aMassLeadsToItsLeaf() {
        let tree = SumTree(count: 5)
        for (leaf, priority) in [2.0, 0, 3, 1, 0].enumerated() { tree[leaf] = priority }
        let expected = [(0.0, 0), (1.9, 0), (2, 2), (4.9, 2), (5, 3), (5.9, 3)]
        for (mass, leaf) in expected { #expect(tree.leaf(at: mass) == leaf, "at \(mass)") }
        // A mass at the very end, as rounding makes it, still leads to a leaf that holds something.
        #expect(tree.leaf(at: 6) == 3 && tree.leaf(at: 7) == 3)
    }

    @Test func nothingIsLostToRounding() {
        let tree = SumTree(count: 3)
        tree[1] = 1e300
        tree[0] = 0.1
        tree[1] = 0
        #expect(tree.total == 0.1)
    }
}
