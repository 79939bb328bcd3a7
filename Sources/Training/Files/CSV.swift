// Tables of numbers as comma-separated lines: a header, then one row per report.

/// One number of a row.
public enum CSVValue: Hashable, Sendable, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByNilLiteral {
    case integer(Int)
    /// Written with the fewest digits that read back to the same number; `nan`, `inf` and `-inf` where it is not finite.
    case number(Double)
    /// An empty field: there was nothing to report.
    case missing

    public init(integerLiteral value: Int) { self = .integer(value) }
    public init(floatLiteral value: Double) { self = .number(value) }
    public init(nilLiteral: ()) { self = .missing }
    public init(_ value: Int?) { self = value.map(CSVValue.integer) ?? .missing }
    public init(_ value: Double?) { self = value.map(CSVValue.number) ?? .missing }

    var text: String {
        switch self {
        case .integer(let value): "\(value)"
        case .number(let value): "\(value)"
        case .missing: ""
        }
    }
    /// NaN where it is missing.
    var number: Double {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        case .missing: .nan
        }
    }
}

/// A table on its way to disk.
public final class CSVWriter {
    public let columns: [String]
    public let file: AppendingFile

    /// Starts the table afresh, with its header in the file at once for whoever looks, or goes on with the first `length` bytes of one that has these columns.
    /// - Throws: `.cannotWrite`; `.malformed` when the table is shorter than `length` or starts with another header.
    public init(_ path: String, columns: [String], keeping length: Int = 0) throws(FileError) {
        let plain = { (byte: UInt8) in byte > UInt8(ascii: " ") && !#",""#.utf8.contains(byte) }
        precondition(
            !columns.isEmpty && columns.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(plain) },
            "columns need names without blanks, commas and quotes: \(columns)")
        self.columns = columns
        let header = columns.joined(separator: ",")
        file = try AppendingFile(path, keeping: length, beginning: header + "\n")
        if length == 0 {
            try file.append(header)
            try file.flush()
        }
    }

    /// - Precondition: one value for each column.
    public func append(_ row: [CSVValue]) throws(FileError) {
        precondition(row.count == columns.count, "the table has \(columns.count) columns, got a row of \(row.count)")
        try file.append(row.map(\.text).joined(separator: ","))
    }
}
