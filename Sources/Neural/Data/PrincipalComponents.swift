// The directions in which a cloud of points is widest (Pearson 1901), for maps of what a layer of a network says.
import Basics

/// The first principal components of rows of numbers, found by power iteration on the rows themselves: no matrix of covariances is
/// ever formed, so that a few hundred rows of a few hundred numbers take milliseconds.
public struct PrincipalComponents: Sendable {
    /// [width]
    public let mean: [Double]
    /// Of length 1 and at right angles to each other, the widest first; fewer than asked for where the rows lie in fewer dimensions.
    /// The largest number of each is positive.
    public private(set) var directions: [[Double]] = []
    /// Of the rows along each direction, divided by the number of rows.
    public private(set) var variances: [Double] = []
    /// Of the rows in all directions together.
    public let totalVariance: Double

    /// - Parameter rows: of equal width, at least one.
    public init(_ rows: [[Double]], count: Int) {
        guard let width = rows.first?.count, width > 0, rows.allSatisfy({ $0.count == width }) else {
            fatalError("principal components of \(rows.count) rows, which must be of one width")
        }
        var mean = [Double](repeating: 0, count: width)
        for row in rows { for i in 0..<width { mean[i] += row[i] } }
        for i in 0..<width { mean[i] /= Double(rows.count) }
        self.mean = mean
        let centred = rows.map { row in row.indices.map { row[$0] - mean[$0] } }
        totalVariance = centred.reduce(0) { $0 + dot($1, $1) } / Double(rows.count)
        // Below this share of the whole, what is left of the rows is rounding.
        let floor = 1e-12 * totalVariance
        for _ in 0..<min(count, width) {
            guard let (direction, variance) = Self.widest(centred, apartFrom: directions), variance > floor else { return }
            directions.append(direction)
            variances.append(variance)
        }
    }

    /// Where `row` lies along each direction.
    public func coordinates(of row: [Double]) -> [Double] {
        let centred = row.indices.map { row[$0] - mean[$0] }
        return directions.map { dot($0, centred) }
    }

    /// v ← Xᵀ(Xv), at right angles to the directions found before, until it no longer turns.
    private static func widest(_ rows: [[Double]], apartFrom found: [[Double]]) -> ([Double], Double)? {
        let width = rows[0].count
        func straightened(_ vector: [Double]) -> [Double]? {
            var vector = vector
            // Twice: what rounding leaves of the first time is gone after the second.
            for _ in 0..<2 {
                for direction in found {
                    let along = dot(direction, vector)
                    for i in 0..<width { vector[i] -= along * direction[i] }
                }
            }
            let length = dot(vector, vector).squareRoot()
            return length > 1e-150 ? vector.map { $0 / length } : nil
        }
        // The longest row is never at right angles to all that is left.
        guard
            let start = rows.compactMap({ row -> ([Double], Double)? in
                straightened(row).map { ($0, abs(dot($0, row))) }
            }).max(by: { $0.1 < $1.1 })
        else { return nil }
        var vector = start.0, variance = 0.0
        for _ in 0..<2000 {
            var product = [Double](repeating: 0, count: width)
            variance = 0
            for row in rows {
                let along = dot(row, vector)
                variance += along * along
                for i in 0..<width { product[i] += along * row[i] }
            }
            guard let next = straightened(product) else { return nil }
            let turn = 1 - abs(dot(next, vector))
            vector = next
            if turn < 1e-15 { break }
        }
        let largest = vector.max { abs($0) < abs($1) } ?? 0
        return (largest < 0 ? vector.map { -$0 } : vector, variance / Double(rows.count))
    }
}

private func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for i in a.indices { sum += a[i] * b[i] }
    return sum
}
