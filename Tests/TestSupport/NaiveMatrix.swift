// Matrices in Double with the schoolbook loops: the slow twin of every product in Kernels.

/// Row-major numbers, [rows, columns].
public struct NaiveMatrix: Equatable, Sendable {
    public let rows: Int
    public let columns: Int
    public var numbers: [Double]

    public init(_ numbers: [Double], rows: Int, columns: Int) {
        precondition(numbers.count == rows * columns, "\(numbers.count) numbers for \(rows) × \(columns)")
        self.rows = rows
        self.columns = columns
        self.numbers = numbers
    }
    public init(_ numbers: [Float], rows: Int, columns: Int) {
        self.init(numbers.map(Double.init), rows: rows, columns: columns)
    }

    public subscript(row: Int, column: Int) -> Double {
        get { numbers[row * columns + column] }
        set { numbers[row * columns + column] = newValue }
    }

    public var transposed: NaiveMatrix {
        var result = NaiveMatrix([Double](repeating: 0, count: rows * columns), rows: columns, columns: rows)
        for r in 0..<rows {
            for c in 0..<columns { result[c, r] = self[r, c] }
        }
        return result
    }

    public static func * (a: NaiveMatrix, b: NaiveMatrix) -> NaiveMatrix {
        precondition(a.columns == b.rows, "\(a.rows) × \(a.columns) times \(b.rows) × \(b.columns)")
        var result = NaiveMatrix([Double](repeating: 0, count: a.rows * b.columns), rows: a.rows, columns: b.columns)
        for r in 0..<a.rows {
            for k in 0..<a.columns {
                let factor = a[r, k]
                for c in 0..<b.columns { result[r, c] += factor * b[k, c] }
            }
        }
        return result
    }

    /// `row` added to each row.
    public func adding(row: [Double]) -> NaiveMatrix {
        var result = self
        for r in 0..<rows {
            for c in 0..<columns { result[r, c] += row[c] }
        }
        return result
    }

    public func mapped(_ function: (Double) -> Double) -> NaiveMatrix {
        NaiveMatrix(numbers.map(function), rows: rows, columns: columns)
    }

    /// Σᵣ self[r, ·]
    public var columnSums: [Double] { (0..<columns).map { c in (0..<rows).reduce(0) { $0 + self[$1, c] } } }
}
