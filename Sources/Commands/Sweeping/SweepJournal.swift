// What a sweep has found so far, one JSON object a line: a sweep that was stopped reads it and goes on.

import Training

final class SweepJournal {
    static let name = "journal.jsonl"

    /// One run of one trial.
    struct Entry: Equatable {
        let trial: Int
        let seed: UInt64
        /// The mean return of the kept weights on the tuning episodes; nil where the run failed.
        let score: Double?
    }
    private(set) var entries: [Entry] = []
    private let file: AppendingFile

    /// Starts a journal in `folder`, or goes on with the one that is there.
    ///
    /// - Parameter description: what the sweep was asked for: the first line.
    /// - Throws: `.cannotWrite` when the folder holds another sweep; `.malformed` for a line that is none of ours.
    init(in folder: String, of description: JSON) throws(FileError) {
        let path = Paths.join(folder, Self.name), header = JSONWriter.compact(description)
        guard Folders.kind(of: path) != nil else {
            file = try AppendingFile(path)
            try file.append(header)
            try file.flush(durable: true)
            return
        }
        let bytes = try readFile(path, limit: 1 << 28)
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard let first = lines.first, lines.count > 1, Array(first) == Array(header.utf8) else {
            throw FileError(
                .cannotWrite, path: folder, "this folder holds another sweep; choose another --out, or ask for the same one")
        }
        var length = first.count + 1
        // A last line that a crash cut short is tried again.
        for (number, line) in lines.dropLast().enumerated().dropFirst() {
            entries.append(try Entry(Array(line), path: path, line: number + 1))
            length += line.count + 1
        }
        file = try AppendingFile(path, keeping: length)
    }

    func add(_ entry: Entry) throws(FileError) {
        entries.append(entry)
        try file.append(JSONWriter.compact(entry.json))
        try file.flush(durable: true)
    }

    /// Nil when this run has not ended yet.
    func entry(of trial: Int, seed: UInt64) -> Entry? { entries.first { $0.trial == trial && $0.seed == seed } }
}

extension SweepJournal.Entry {
    fileprivate var json: JSON { ["trial": JSON(trial), "seed": JSON(seed: seed), "score": JSON(score)] }

    fileprivate init(_ bytes: [UInt8], path: String, line: Int) throws(FileError) {
        let document = try JSONReader.parse(bytes, path: path).json
        guard let trial = document["trial"]?.integerValue, let seed = document["seed"]?.integerValue, seed >= 0 else {
            throw FileError(.malformed, path: path, line: line, "this is no entry of a sweep; choose another --out")
        }
        self.init(trial: trial, seed: UInt64(seed), score: document["score"]?.numberValue)
    }
}
