// A table of a run, read back: what a CSVWriter wrote, also while it still writes.

public struct CSVTable: Sendable {
    public let columns: [String]
    /// [rows][columns]; NaN where the field is empty.
    public let rows: [[Double]]

    /// Bytes; a run's tables have a hundred rows or so.
    static let limit = 64 << 20

    public init(columns: [String], rows: [[Double]]) {
        self.columns = columns
        self.rows = rows
    }

    /// A last line without its line feed is still being written, and left out.
    /// - Throws: `.missing`, or `.malformed` with the line of what is no number, or of a row with too few or too many fields.
    public init(_ path: String) throws(FileError) { try self.init(readFile(path, limit: Self.limit)[...], path: path) }

    /// - Parameter path: what messages call the file that the bytes are from.
    init(_ bytes: ArraySlice<UInt8>, path: String) throws(FileError) {
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        _ = lines.popLast()
        guard let header = lines.first else { throw FileError(.malformed, path: path, "an empty table; it needs a header") }
        func fields(_ line: ArraySlice<UInt8>) -> [String] {
            line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
        }
        columns = fields(header)
        var rows: [[Double]] = []
        for (number, line) in lines.enumerated().dropFirst() {
            let words = fields(line)
            guard words.count == columns.count else {
                throw FileError(
                    .malformed, path: path, line: number + 1, "\(words.count) fields where the header has \(columns.count)")
            }
            var row: [Double] = []
            for word in words {
                guard let value = word.isEmpty ? Double.nan : Double(word) else {
                    throw FileError(.malformed, path: path, line: number + 1, "\"\(word)\" is not a number")
                }
                row.append(value)
            }
            rows.append(row)
        }
        self.rows = rows
    }

    /// The values of a column, nil when there is none of that name.
    public subscript(_ column: String) -> [Double]? {
        columns.firstIndex(of: column).map { index in rows.map { $0[index] } }
    }
}
