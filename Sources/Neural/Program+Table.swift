// A program as a table: what each entry is, what it yields, reads and costs.
public import Basics

extension Program {
    /// One entry, as a person reads of it.
    public struct TableRow: Hashable, Sendable {
        /// The primitive's type.
        public let name: String
        /// Of one row of its result.
        public let shape: Shape
        /// One row for the whole batch.
        public let isSingle: Bool
        /// What it reads of the store, in the order of its operands.
        public let parameters: [Parameter]
        /// Floating-point operations of one row's forward pass, a multiply-add counting as two; 0 where they are not counted.
        public let operations: Int
        /// Of the result at full capacity, with its gradient where one is wanted.
        public let byteCount: Int
        /// The line that recorded it.
        public let place: String
    }

    /// Every entry in the order in which they run.
    public var table: [TableRow] { entries.map(row) }

    func row(of entry: Entry) -> TableRow {
        let record = tape.records[entry.record]
        guard case .entry(let primitive, let operands) = record.source else { fatalError("an entry that no primitive made") }
        return TableRow(
            name: "\(type(of: primitive))", shape: record.shape, isSingle: record.isSingle,
            parameters: operands.compactMap { operand in
                if case .parameter(let parameter) = tape.records[operand].source { parameter } else { nil }
            },
            operations: primitive.operations(for: operands.map { tape.records[$0].shape }),
            byteCount: 4 * (record.isSingle ? 1 : tape.capacity) * record.shape.count * (entry.isWanted ? 2 : 1),
            place: "\(record.file):\(record.line)")
    }
}

extension Program: CustomStringConvertible {
    /// The table of entries: primitive, shape of a row, bytes at full capacity, millions of operations, the line that recorded it.
    public var description: String {
        let parameterCount = tape.parameters.parameters.reduce(0) { $0 + $1.count }
        var lines = [Program.line("entry", "shape", "bytes", "MFLOP", "recorded at")]
        for row in table {
            let rows = row.isSingle ? 1 : tape.capacity
            lines.append(
                Program.line(
                    row.name, "\(row.isSingle ? "" : "\(tape.capacity) × ")\(row.shape)", "\(row.byteCount)",
                    thousandths(row.operations * rows / 1000), row.place))
        }
        lines.append("\(entries.count) entries, \(byteCount) bytes for up to \(tape.capacity) rows, \(parameterCount) parameters")
        return lines.joined(separator: "\n")
    }
    private func thousandths(_ count: Int) -> String {
        let text = String(count % 1000)
        return count == 0 ? "–" : "\(count / 1000).\(String(repeating: "0", count: 3 - text.count))\(text)"
    }
    private static func line(_ entry: String, _ shape: String, _ bytes: String, _ operations: String, _ place: String) -> String {
        func left(_ text: String, _ width: Int) -> String { text + String(repeating: " ", count: max(1, width - text.count)) }
        func right(_ text: String, _ width: Int) -> String { String(repeating: " ", count: max(1, width - text.count)) + text }
        return left(entry, 16) + left(shape, 20) + right(bytes, 10) + right(operations, 10) + "  " + place
    }
}
