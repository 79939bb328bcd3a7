// `--seeds N`: the same training under successive seeds, each in a process of its own, and one summary.

import Agents
import Basics
import Glibc
import Kernels
import RLCore
import Training

struct SeedGroup {
    private let plan: TrainingPlan
    private let count: Int
    private let folder: String
    private let childOptions: [String]
    private let voice: Voice

    init(_ plan: TrainingPlan, count: Int, folder: String?, childOptions: [String], voice: Voice) {
        self.plan = plan
        self.count = count
        self.folder = folder ?? SeedGroup.nextFolder(for: plan, count: count)
        self.childOptions = childOptions
        self.voice = voice
    }

    /// The first group under `runs/` in which none of the seeds has run.
    private static func nextFolder(for plan: TrainingPlan, count: Int) -> String {
        let base = Paths.join("runs", plan.name)
        var group = 1, path = base
        while (0..<count).contains(where: { Folders.kind(of: Paths.join(path, "seed-\(plan.seed + UInt64($0))")) != nil }) {
            group += 1
            path = "\(base)-\(group)"
        }
        return path
    }

    mutating func run(_ context: inout Context) throws {
        for seed in seeds where Folders.kind(of: Paths.join(path(of: seed), RunFolder.planName)) != nil {
            throw FileError(.cannotWrite, path: path(of: seed), "this folder holds a run already; choose another --out")
        }
        try Folders.make(folder)
        let pool = ProcessPool<UInt64>(atMost: count)
        voice.say("\(plan.name): seeds \(plan.seed) to \(plan.seed + UInt64(count - 1)), \(pool.width) at a time, in \(folder)")
        Interruption.watch()
        defer { voice.live.finish() }
        var documents: [UInt64: JSONNode] = [:], failures: [UInt64: Int32] = [:]
        let jobs = seeds.map { seed in
            ProcessPool<UInt64>.Job(
                name: seed,
                words: [executable(), "train"] + childOptions + [
                    "--seed=\(seed)", "--out=\(path(of: seed))", "--json", "--quiet",
                ])
        }
        _ = try pool.run(jobs) { seed, status, output in
            if status == 0 {
                let document = try JSONReader.parse(output, path: "the result of seed \(seed)")
                documents[seed] = document
                voice.say(line(seed, document.json))
            } else {
                failures[seed] = status
            }
        } look: { running in
            voice.live.update("\(documents.count) of \(count) seeds have ended, \(running) are running")
        }
        voice.live.finish()
        if let signal = Interruption.pending {
            context.errors.line(
                "stopped after \(documents.count) of \(count) seeds; each stopped run in \(folder) goes on with rl resume")
            context.status = ExitStatus(signal: signal)
            return
        }
        if let (seed, status) = failures.min(by: { $0.key < $1.key }) {
            throw CommandFailure("\(failures.count) of \(count) runs failed; seed \(seed) ended with status \(status), see above")
        }
        conclude(seeds.compactMap { documents[$0]?.json })
    }

    private var seeds: [UInt64] { (0..<count).map { plan.seed + UInt64($0) } }
    private func path(of seed: UInt64) -> String { Paths.join(folder, "seed-\(seed)") }
    private func executable() -> String { DataHome.executable ?? "/proc/self/exe" }

    private func line(_ seed: UInt64, _ run: JSON) -> String {
        let mean = run["final"]?["mean_return"]?.numberValue ?? .nan
        return "seed \(seed): final mean return \(rounded(mean)) after \(grouped(run["steps"]?.integerValue ?? 0)) steps, "
            + "\(rounded(run["seconds"]?.numberValue ?? .nan)) s" + alarms(seed)
    }

    /// The kinds of alarms that rang in this run: its process was told to be quiet.
    private func alarms(_ seed: UInt64) -> String {
        let alarms = (try? RunRecord(path(of: seed)))?.document["alarms"]?.arrayValue ?? []
        return alarms.isEmpty ? "" : "; alarms: " + alarms.compactMap { $0["kind"]?.stringValue }.joined(separator: ", ")
    }

    private func conclude(_ runs: [JSON]) {
        let means = runs.compactMap { $0["final"]?["mean_return"]?.numberValue }
        let solved = runs.compactMap { $0["solved"]?.boolValue }
        let seconds = runs.compactMap { $0["seconds"]?.numberValue }
        let toSolve = runs.compactMap { $0["seconds_to_solve"]?.numberValue }
        let iqm = Statistics.interquartileMean(means), interval = Statistics.interval(means)
        let fraction: Double? = solved.isEmpty ? nil : Double(solved.count { $0 }) / Double(solved.count)
        voice.tell(
            "IQM \(rounded(iqm)) [\(rounded(interval.low)), \(rounded(interval.high))] over \(runs.count) seeds (95 % bootstrap interval)"
        )
        if let fraction { voice.tell("solved \(solved.count { $0 }) of \(solved.count) (\(rounded(100 * fraction, 0)) %)") }
        voice.tell("median \(rounded(Statistics.median(seconds))) s a run; files in \(folder)")
        voice.document([
            "runs": .array(runs),
            "summary": [
                "iqm": JSON(iqm), "ci95": JSON([interval.low, interval.high]), "fraction_solved": JSON(fraction),
                "median_seconds": JSON(Statistics.median(seconds)),
                "median_seconds_to_solve": JSON(toSolve.isEmpty ? nil : Statistics.median(toSolve)),
            ],
        ])
    }
}
