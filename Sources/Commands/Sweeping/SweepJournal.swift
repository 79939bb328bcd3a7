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
        let bytes = Folders.kind(of: path) == nil ? [] : try readFile(path, limit: 1 << 28)
        // A crash may have come before the whole first line was on the disk: then no run has ended either.
        guard !header.utf8.starts(with: bytes) else {
            file = try AppendingFile(path)
            try file.append(header)
            try file.flush(durable: true)
            return
        }
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard let first = lines.first, lines.count > 1, Array(first) == Array(header.utf8) else {
            throw FileError(
                .cannotWrite, path: folder, "this folder holds another sweep; choose another --out, or ask for the same one")
        }
        var length = first.count + 1
        var known: [Int: Set<UInt64>] = [:]
        // A last line that a crash cut short is tried again.
        for (number, line) in lines.dropLast().enumerated().dropFirst() {
            let entry = try Entry(Array(line), path: path, line: number + 1)
            guard known[entry.trial, default: []].insert(entry.seed).inserted else {
                throw Entry.foreign(path, number + 1, "seed \(entry.seed) of trial \(entry.trial) stands here twice")
            }
            entries.append(entry)
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
        let members: JSONObject?
        do throws(FileError) { members = try JSONReader.parse(bytes, path: path).json.objectValue } catch {
            throw Self.foreign(path, line, error.message)
        }
        guard let members, members.members.map(\.key) == ["trial", "seed", "score"] else {
            throw Self.foreign(path, line, "an entry has \"trial\", \"seed\" and \"score\"")
        }
        let first = Int(SweepPlan.tuningSeeds)
        guard let trial = members["trial"]?.integerValue, (0..<SweepPlan.trialsRange.upperBound).contains(trial),
            let seed = members["seed"]?.integerValue, (first..<first + SweepPlan.seedsRange.upperBound).contains(seed)
        else { throw Self.foreign(path, line, "no sweep has such a trial or seed") }
        let score = members["score"]?.numberValue
        guard score != nil || members["score"] == .null else { throw Self.foreign(path, line, "\"score\" is a number or null") }
        self.init(trial: trial, seed: UInt64(seed), score: score)
    }

    fileprivate static func foreign(_ path: String, _ line: Int, _ what: String) -> FileError {
        FileError(
            .malformed, path: path, line: line, "\(what); this is no entry of a sweep; remove the line, or choose another --out")
    }
}
