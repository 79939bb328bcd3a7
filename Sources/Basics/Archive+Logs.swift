// Tensors that only grow at their end and are forgotten from their start: of a replay memory a checkpoint needs what is new.

/// Which rows of a log a tensor holds. Rows are counted from the log's beginning, long forgotten or not, and never change.
public struct LogStretch: Hashable, Sendable {
    /// The rows of the tensor.
    public let rows: Range<Int>
    /// From here on rows are still needed by whoever stored them.
    public let first: Int

    public init(rows: Range<Int>, first: Int) {
        self.rows = rows
        self.first = first
    }
}

extension Archive {
    /// Rows of logs that whoever reads will have already: of the log `name` all those before row `rows[name]`. Before anything is stored.
    public mutating func holdElsewhere(_ rows: [String: Int]) { held = rows }

    /// The first row of the log `name` that has to be stored; 0 unless earlier ones are held elsewhere.
    public func firstWanted(ofLog name: String) -> Int { held[prefix + name] ?? 0 }

    /// Stores `tensor`, [rows, …], as a stretch of the log `name`.
    ///
    /// - Precondition: the tensor's first side is the number of the stretch's rows.
    public mutating func store(_ tensor: Tensor, of stretch: LogStretch, as name: String) {
        precondition(
            tensor.shape.first == stretch.rows.count, "rows \(stretch.rows) of \"\(name)\" in a tensor of shape \(tensor.shape)")
        store(tensor, as: name)
        stretches[prefix + name] = stretch
    }

    /// Which rows of a log the tensor `name` holds; nil when it is no log.
    public func stretch(_ name: String) -> LogStretch? { stretches[prefix + name] }
}
