// Stretches of logs inside a tensor file: the tensors under `logs/`, and one table that says which rows each of them holds.
import Basics

enum LogFile {
    private static let prefix = "logs/"
    /// [logs, 2]: the first row and the row after the last, in the alphabetical order of the logs' names.
    private static let rowsName = "rows"

    /// Stores the stretches `names`, sorted, of `whole` into an archive that is about to become a file.
    static func store(_ names: [String], of whole: Archive, into archive: inout Archive) {
        guard !names.isEmpty else { return }
        var rows: [Int64] = []
        for name in names {
            guard let tensor = whole[name], let stretch = whole.stretch(name) else { preconditionFailure("\(name) is no log") }
            archive.store(tensor, as: prefix + name)
            rows += [Int64(stretch.rows.lowerBound), Int64(stretch.rows.upperBound)]
        }
        archive.store(Tensor(shape: [names.count, 2], values: .int64(rows)), as: rowsName)
    }

    /// Tensors and rows of each log in an archive that was a file.
    /// - Throws: when rows and tensors do not agree.
    static func stretches(in archive: Archive) throws(ArchiveError) -> [String: (rows: Range<Int>, tensor: Tensor)] {
        let names = archive.names.filter { $0.hasPrefix(prefix) }.sorted()
        guard !names.isEmpty else { return [:] }
        let rows = try archive.int64s(rowsName, count: 2 * names.count)
        var found: [String: (rows: Range<Int>, tensor: Tensor)] = [:]
        for (i, name) in names.enumerated() {
            let low = rows[2 * i], high = rows[2 * i + 1]
            guard let tensor = archive[name], 0 <= low, low <= high, high < 1 << 62, tensor.shape.first == Int(high - low) else {
                throw ArchiveError("\"\(name)\" does not hold the rows \(low) to \(high) that it should")
            }
            found[String(name.dropFirst(prefix.count))] = (Int(low)..<Int(high), tensor)
        }
        return found
    }

    /// The run's own archive: the state without its logs, and each log put together from the segments and the state.
    ///
    /// - Parameter files: what the segments hold, oldest first, then the state.
    static func joined(_ state: Archive, _ files: [Archive]) throws(ArchiveError) -> Archive {
        var whole = Archive()
        for name in state.names where !name.hasPrefix(prefix) && name != rowsName {
            if let tensor = state[name] { whole.store(tensor, as: name) }
        }
        var parts: [String: [(rows: Range<Int>, tensor: Tensor)]] = [:]
        for file in files { for (name, stretch) in try stretches(in: file) { parts[name, default: []].append(stretch) } }
        for (name, parts) in parts.sorted(by: { $0.key < $1.key }) {
            guard var rows = parts.first?.rows, let first = parts.first?.tensor else { continue }
            var values = first.values, side = Array(first.shape.dropFirst())
            for part in parts.dropFirst() {
                // What is before a gap was needed no more when what is behind it was written.
                if part.rows.lowerBound != rows.upperBound {
                    (rows, values, side) = (part.rows, part.tensor.values, Array(part.tensor.shape.dropFirst()))
                    continue
                }
                guard let longer = values.followed(by: part.tensor.values), side == Array(part.tensor.shape.dropFirst()) else {
                    throw ArchiveError("the pieces of \"\(name)\" are of different kinds")
                }
                rows = rows.lowerBound..<part.rows.upperBound
                values = longer
            }
            whole.store(
                Tensor(shape: [rows.count] + side, values: values), of: LogStretch(rows: rows, first: rows.lowerBound), as: name)
        }
        return whole
    }
}
