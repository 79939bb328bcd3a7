// t-SNE: the perplexity that is asked for, the gradient against differences, and groups that stay groups.
import Basics
import Neural
import TestSupport
import Testing

@Suite struct NeighbourMapTests {
    /// Three groups of ten in six dimensions, which lie ten deviations apart.
    private static func groups() -> [[Double]] {
        var random = RandomSource(seed: 2)
        return (0..<30).map { row in
            (0..<6).map { axis -> Double in random.normal() + (axis == row / 10 ? 10.0 : 0.0) }
        }
    }

    @Test(arguments: [2.0, 5, 9]) func everyPointHasAsManyNeighboursAsAskedFor(_ perplexity: Double) {
        let rows = Self.groups()
        for own in [0, 13, 29] {
            let distances = rows.map { squaredDistance($0, rows[own]) }
            let shares = NeighbourMap.conditional(distances, apartFrom: own, perplexity: perplexity)
            #expect(shares[own] == 0)
            expectClose([Float(shares.reduce(0, +))], [1], absolute: 1e-6)
            expectClose([Float(Categorical.entropy(shares))], [Double(_log(perplexity))], absolute: 1e-6)
        }
        let joint = NeighbourMap.affinities(rows, perplexity: perplexity)
        expectClose([Float(joint.reduce(0, +))], [1], absolute: 1e-6)
        for i in 0..<30 {
            for j in 0..<i { #expect(joint[i * 30 + j] == joint[j * 30 + i]) }
        }
    }
    private func _log(_ x: Double) -> Double { Categorical.entropy([Double](repeating: 1 / x, count: Int(x))) }

    /// Equation 5 against central differences of KL(P‖Q).
    @Test func theGradientByDifferences() {
        var random = RandomSource(seed: 7)
        let shares = NeighbourMap.affinities(Self.groups(), perplexity: 5)
        var places = (0..<30).map { _ in SIMD2(random.normal(), random.normal()) }
        let slopes = NeighbourMap.gradient(shares, places)
        for i in [0, 11, 28] {
            for axis in 0..<2 {
                let middle = places[i][axis]
                places[i][axis] = middle + 1e-4
                let above = NeighbourMap.divergence(shares, places)
                places[i][axis] = middle - 1e-4
                let below = NeighbourMap.divergence(shares, places)
                places[i][axis] = middle
                expectClose([Float(slopes[i][axis])], [(above - below) / 2e-4], absolute: 1e-6)
            }
        }
    }

    @Test func groupsStayGroups() {
        var random = RandomSource(seed: 1), same = RandomSource(seed: 1)
        let map = NeighbourMap(Self.groups(), perplexity: 5, iterations: 300, using: &random)
        #expect(map.places == NeighbourMap(Self.groups(), perplexity: 5, iterations: 300, using: &same).places)
        func distance(_ i: Int, _ j: Int) -> Double {
            let way = map.places[i] - map.places[j]
            return (way * way).sum()
        }
        for i in 0..<30 {
            let near = (0..<30).filter { $0 != i }.sorted { distance(i, $0) < distance(i, $1) }.prefix(9)
            #expect(near.allSatisfy { $0 / 10 == i / 10 }, "the nine nearest of point \(i) are of its group")
        }
        #expect(map.divergence < 0.5)
    }

    @Test func fewAndEqualRows() {
        var random = RandomSource(seed: 1)
        #expect(NeighbourMap([[1, 2]], using: &random).places.count == 1)
        let equal = NeighbourMap([[1, 2], [1, 2], [1, 2]], iterations: 50, using: &random)
        #expect(equal.places.allSatisfy { $0.x.isFinite && $0.y.isFinite } && equal.places[0] != equal.places[1])
    }
}

private func squaredDistance(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).map { ($0 - $1) * ($0 - $1) }.reduce(0, +)
}
