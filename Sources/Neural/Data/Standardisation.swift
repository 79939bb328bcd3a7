// Inputs with mean 0 and deviation 1: statistics of the training data, saved with the weights.
public import Basics
public import Kernels

public struct Standardisation: Hashable, Sendable {
    /// Of each column.
    public let means: [Float]
    /// Of each column; 1 where a column never changes.
    public let deviations: [Float]

    /// The statistics of `rows` rows of `width` numbers, computed in Double; deviations divide by the number of rows.
    public init(of data: Floats, rows: Int, width: Int) {
        guard rows > 0 && width > 0 && data.count >= rows * width else {
            fatalError("statistics of \(rows) rows of \(width) out of \(data.count) floats")
        }
        var means: [Float] = [], deviations: [Float] = []
        for column in 0..<width {
            var sum = 0.0, squares = 0.0
            for row in 0..<rows { sum += Double(data[row * width + column]) }
            let mean = sum / Double(rows)
            for row in 0..<rows {
                let difference = Double(data[row * width + column]) - mean
                squares += difference * difference
            }
            let deviation = Float((squares / Double(rows)).squareRoot())
            means.append(Float(mean))
            deviations.append(deviation > 0 ? deviation : 1)
        }
        self.means = means
        self.deviations = deviations
    }

    /// x ← (x − mean) / deviation, row by row in place.
    public func apply(to data: Floats, rows: Int) {
        let width = means.count
        guard data.count >= rows * width else { fatalError("\(rows) rows of \(width) in \(data.count) floats") }
        for row in 0..<rows {
            for column in 0..<width {
                let at = row * width + column
                data[at] = (data[at] - means[column]) / deviations[column]
            }
        }
    }

    public func save(into archive: inout Archive) {
        archive.store(means, as: "standardisation.means")
        archive.store(deviations, as: "standardisation.deviations")
    }
    /// - Throws: where one is missing, they differ in length, or a deviation is not positive.
    public init(from archive: Archive) throws(ArchiveError) {
        means = try archive.floats("standardisation.means")
        deviations = try archive.floats("standardisation.deviations", count: means.count)
        for (column, deviation) in deviations.enumerated() where !(deviation > 0 && deviation.isFinite) {
            throw ArchiveError("\"standardisation.deviations\" holds \(deviation) at index \(column); it must be positive")
        }
    }
}
