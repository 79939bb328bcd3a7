// Principal components: hand-worked clouds, turned ones, and clouds that lie in fewer dimensions than asked for.
import Basics
import Neural
import TestSupport
import Testing

@Suite struct PrincipalComponentsTests {
    /// (±2, 0) and (0, ±1) about (5, 7): variances 8/4 and 2/4.
    @Test func aCrossByHand() {
        let found = PrincipalComponents([[7, 7], [3, 7], [5, 8], [5, 6]], count: 2)
        #expect(found.mean == [5, 7] && found.totalVariance == 2.5)
        expectClose(found.variances.map { Float($0) }, [2, 0.5], absolute: 1e-6)
        expectClose(found.directions.flatMap { $0 }.map { Float($0) }, [1, 0, 0, 1], absolute: 1e-6)
        expectClose(found.coordinates(of: [6, 9]).map { Float($0) }, [1, 2], absolute: 1e-6)
    }

    /// In more dimensions than points, and far from the origin: lengths along the components are the points' own.
    @Test func turnedInManyDimensions() {
        var random = RandomSource(seed: 3)
        func unit() -> [Double] {
            let row = (0..<40).map { _ in random.normal() }
            let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return row.map { $0 / length }
        }
        let first = unit(), raw = unit()
        let along = zip(first, raw).map { $0 * $1 }.reduce(0, +)
        let second = zip(first, raw).map { $1 - along * $0 }
        let points = (0..<12).map { _ in (random.normal() * 3, random.normal()) }
        let rows = points.map { point in (0..<40).map { 100 + point.0 * first[$0] + point.1 * second[$0] } }
        let found = PrincipalComponents(rows, count: 3)
        #expect(found.directions.count == 2, "they lie in a plane")
        expectClose([Float(found.variances.reduce(0, +))], [found.totalVariance], absolute: 1e-5)
        for (i, j) in [(0, 1), (3, 8), (11, 5)] {
            let a = found.coordinates(of: rows[i]), b = found.coordinates(of: rows[j])
            let there = zip(rows[i], rows[j]).map { ($0 - $1) * ($0 - $1) }.reduce(0, +)
            let here = zip(a, b).map { ($0 - $1) * ($0 - $1) }.reduce(0, +)
            expectClose([Float(here)], [there], absolute: 1e-6)
        }
        for direction in found.directions { #expect((direction.max { abs($0) < abs($1) } ?? -1) > 0) }
    }

    @Test func equalRowsHaveNone() {
        let found = PrincipalComponents([[1, 2, 3], [1, 2, 3]], count: 2)
        #expect(found.directions.isEmpty && found.totalVariance == 0 && found.coordinates(of: [5, 5, 5]).isEmpty)
    }
}
