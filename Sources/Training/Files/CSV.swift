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
    /// All of the table, so that it can be written elsewhere when its own place is lost; tables are small.
    private(set) var contents: [UInt8] = []
    private let file: AppendingFile

    /// Starts the table afresh, or goes on with the first `length` bytes of one that has these columns.
    /// - Throws: `.cannotWrite`; `.malformed` when the table is shorter than `length` or starts with another header.
    public init(_ path: String, columns: [String], keeping length: Int = 0) throws(FileError) {
        let plain = { (byte: UInt8) in byte > UInt8(ascii: " ") && !#",""#.utf8.contains(byte) }
        precondition(
            !columns.isEmpty && columns.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(plain) },
            "columns need names without blanks, commas and quotes: \(columns)")
        self.columns = columns
        let header = columns.joined(separator: ",")
        if length > 0 {
            contents = Array(try readFile(path, limit: Int.max - 1).prefix(length))
            guard contents.starts(with: (header + "\n").utf8) else {
                throw FileError(.malformed, path: path, line: 1, "another header than \(header); the file belongs to another run")
            }
        }
        file = try AppendingFile(path, keeping: length)
        if length == 0 { try append(header) }
    }
    private func append(_ line: String) throws(FileError) {
        contents += line.utf8
        contents.append(UInt8(ascii: "\n"))
        try file.append(line)
    }

    /// - Precondition: one value for each column.
    public func append(_ row: [CSVValue]) throws(FileError) {
        precondition(row.count == columns.count, "the table has \(columns.count) columns, got a row of \(row.count)")
        try append(row.map(\.text).joined(separator: ","))
    }
    /// See `AppendingFile.flush`.
    public func flush(durable: Bool = false) throws(FileError) { try file.flush(durable: durable) }
    public var path: String { file.path }
    /// Bytes, waiting ones included.
    public var length: Int { file.length }
}
