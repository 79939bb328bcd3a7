// A run as its folder tells it, finished or not, without the program that made it: for pictures, reports and comparisons.

public struct RunRecord: Sendable {
    public let path: String
    /// `run.json`.
    public let document: JSON
    public let algorithm: String
    public let environment: String
    /// Nil where the algorithm's defaults served.
    public let preset: String?
    public let seed: Int?

    /// - Throws: `.missing` when the folder holds no run, `.malformed` when its `run.json` is none.
    public init(_ path: String) throws(FileError) {
        self.path = path
        let file = Paths.join(path, RunFolder.planName)
        guard Folders.kind(of: file) != nil else {
            throw FileError(
                .missing, path: path, "no \(RunFolder.planName) here; name the folder of a run, or of a group of runs")
        }
        document = try JSONReader.read(file).json
        let plan = document["plan"]
        guard let algorithm = plan?["algorithm"]?.stringValue, let environment = plan?["environment"]?.stringValue else {
            throw FileError(.malformed, path: file, "this is not the plan of a run: \"algorithm\" or \"environment\" is missing")
        }
        self.algorithm = algorithm
        self.environment = environment
        preset = plan?["preset"]?.stringValue
        seed = plan?["seed"]?.integerValue
    }

    public var status: String { document["status"]?.stringValue ?? "unknown" }
    public var isFinished: Bool { status == "finished" }
    /// The mean return of the kept weights on the report seeds; nil before the run has ended.
    public var finalReturn: Double? { document["results"]?["final"]?["mean_return"]?.numberValue }

    public func metrics() throws(FileError) -> CSVTable { try CSVTable(Paths.join(path, RunFolder.metricsName)) }
    public func timing() throws(FileError) -> CSVTable { try CSVTable(Paths.join(path, RunFolder.timingName)) }
    public func evaluations() throws(FileError) -> CSVTable { try CSVTable(Paths.join(path, RunFolder.evaluationsName)) }

    /// The runs at `path`: the one in this folder, or all those in folders inside it (`seed-0`, `seed-1`, …).
    /// - Throws: `.missing` when there are none.
    public static func all(at path: String) throws(FileError) -> [RunRecord] {
        guard Folders.kind(of: path) == .folder else {
            throw FileError(.missing, path: path, "there is no such folder; name the folder of a run, or of a group of runs")
        }
        if Folders.kind(of: Paths.join(path, RunFolder.planName)) != nil { return [try RunRecord(path)] }
        var runs: [RunRecord] = []
        for name in try Folders.names(in: path) {
            let inner = Paths.join(path, name)
            if Folders.kind(of: Paths.join(inner, RunFolder.planName)) != nil { runs.append(try RunRecord(inner)) }
        }
        guard !runs.isEmpty else {
            throw FileError(.missing, path: path, "no run in this folder, and none in the folders inside it")
        }
        return runs.sorted { ($0.seed ?? .max, $0.path) < ($1.seed ?? .max, $1.path) }
    }
}
