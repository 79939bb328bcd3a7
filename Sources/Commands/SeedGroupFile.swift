// What a folder of seeds was asked for: `group.json`, by which `rl resume` completes the group.

import Training

struct SeedGroupFile {
    static let name = "group.json"

    /// What one `rl train … --seeds` asked for.
    struct Part: Equatable {
        let firstSeed: UInt64
        let count: Int
        /// What `rl train` is told for each seed, beyond the seed and its folder.
        let words: [String]

        var seeds: [UInt64] { (0..<UInt64(count)).map { firstSeed + $0 } }
    }
    /// In the order in which they were asked for.
    private(set) var parts: [Part] = []

    /// Nothing yet, or what the folder holds.
    ///
    /// - Throws: `.malformed` for a file that no group has written.
    init(in folder: String) throws {
        let path = Paths.join(folder, Self.name)
        guard Folders.kind(of: path) != nil else { return }
        var object = try JSONReader.read(path).object("a group")
        let format = try object.node("format")
        guard try format.integer("\"format\"") == 1 else { throw format.error("this rl reads groups of format 1") }
        for node in try object.array("groups") { parts.append(try Part(node)) }
        try object.finish()
    }

    /// Words of a later part count where seeds are asked for twice.
    var words: [UInt64: [String]] {
        Dictionary(parts.flatMap { part in part.seeds.map { ($0, part.words) } }) { _, later in later }
    }

    mutating func add(_ part: Part) {
        parts.removeAll { $0 == part }
        parts.append(part)
    }

    /// - Throws: `.cannotWrite`.
    func write(to folder: String) throws(FileError) {
        let groups = parts.map { part -> JSON in
            ["seed": JSON(seed: part.firstSeed), "seeds": JSON(part.count), "train": JSON(part.words)]
        }
        try AtomicFile.write(
            JSONWriter.pretty(["format": 1, "groups": .array(groups)]) + "\n", to: Paths.join(folder, Self.name))
    }
}

extension SeedGroupFile.Part {
    fileprivate init(_ node: JSONNode) throws {
        var object = try node.object("a group")
        let seedNode = try object.node("seed"), countNode = try object.node("seeds"), trainNode = try object.node("train")
        let seed = try seedNode.integer("\"seed\""), count = try countNode.integer("\"seeds\"")
        guard (0...Int(Train.greatestSeed)).contains(seed) else { throw seedNode.error("no run has the seed \(seed)") }
        guard Train.seedsRange.contains(count), seed + count - 1 <= Int(Train.greatestSeed) else {
            throw countNode.error("no group has \(count) seeds from \(seed) on")
        }
        var words: [String] = []
        for word in try object.array("train") { words.append(try word.string("each word")) }
        try object.finish()
        do {
            guard case .command = try parse(Train.self, words) else { throw UsageError("--help trains nothing") }
        } catch let error as UsageError {
            throw trainNode.error("rl train does not take these words: \(error.description)")
        }
        self.init(firstSeed: UInt64(seed), count: count, words: words)
    }
}
