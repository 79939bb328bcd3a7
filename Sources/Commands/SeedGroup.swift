// `--seeds N`: the same training under successive seeds, each in a process of its own, and one summary.

import Agents
import Basics
import Glibc
import Kernels
import RLCore
import Training

struct SeedGroup {
    private let folder: String
    private let voice: Voice
    /// What is said before the first run.
    private let greeting: String
    /// By seed, ascending.
    private let jobs: [ProcessPool<UInt64>.Job]

    /// A new group, whose folder it makes.
    ///
    /// - Parameters:
    ///   - folder: nil for the first one under `runs/` in which none of the seeds has run.
    ///   - words: what `rl train` is told for each seed, beyond the seed and its folder.
    /// - Throws: `.cannotWrite` when one of the seeds has run there.
    init(_ plan: TrainingPlan, count: Int, folder: String?, words: [String], voice: Voice) throws {
        let part = SeedGroupFile.Part(firstSeed: plan.seed, count: count, words: words)
        let folder = folder ?? SeedGroup.nextFolder(for: plan, part.seeds)
        self.folder = folder
        self.voice = voice
        for seed in part.seeds where Folders.kind(of: Paths.join(Self.path(of: seed, in: folder), RunFolder.planName)) != nil {
            throw FileError(
                .cannotWrite, path: Self.path(of: seed, in: folder),
                "this folder holds a run already; choose another --out, or complete the group with rl resume")
        }
        try Folders.make(folder)
        var file = try SeedGroupFile(in: folder)
        file.add(part)
        try file.write(to: folder)
        jobs = part.seeds.map { Self.training($0, words, in: folder) }
        greeting = "\(plan.name): seeds \(plan.seed) to \(plan.seed + UInt64(count - 1))"
    }

    /// The group in `folder`, to be completed: what never began begins, what was stopped goes on, what has finished only tells.
    ///
    /// - Parameter threads: of each run that goes on; nil: one.
    /// - Returns: nil when the folder is a run's, or no group's.
    init?(resuming folder: String, threads: Int?, voice: Voice) throws {
        func has(_ name: String) -> Bool { Folders.kind(of: Paths.join(folder, name)) != nil }
        guard !has(RunFolder.planName), has(SeedGroupFile.name) else { return nil }
        self.folder = folder
        self.voice = voice
        let words = try SeedGroupFile(in: folder).words.sorted { $0.key < $1.key }
        var left = 0
        jobs = try words.map { seed, words in
            let path = Self.path(of: seed, in: folder)
            guard Folders.kind(of: Paths.join(path, RunFolder.planName)) != nil else {
                left += 1
                return Self.training(seed, words, in: folder)
            }
            if try !RunRecord(path).isFinished { left += 1 }
            let options = threads.map { ["--threads=\($0)"] } ?? []
            return ProcessPool.Job(name: seed, words: [Self.executable, "resume", path, "--json", "--quiet"] + options)
        }
        greeting = "\(left) of \(counted(jobs.count, "seed")) left to do"
    }

    private static func path(of seed: UInt64, in folder: String) -> String { Paths.join(folder, "seed-\(seed)") }
    private static var executable: String { DataHome.executable ?? "/proc/self/exe" }
    private static func training(_ seed: UInt64, _ words: [String], in folder: String) -> ProcessPool<UInt64>.Job {
        ProcessPool.Job(
            name: seed,
            words: [executable, "train"] + words + ["--seed=\(seed)", "--out=\(path(of: seed, in: folder))", "--json", "--quiet"])
    }
    private static func nextFolder(for plan: TrainingPlan, _ seeds: [UInt64]) -> String {
        let base = Paths.join("runs", plan.name)
        var group = 1, folder = base
        while seeds.contains(where: { Folders.kind(of: path(of: $0, in: folder)) != nil }) {
            group += 1
            folder = "\(base)-\(group)"
        }
        return folder
    }

    /// - Throws: `CommandFailure` when one of the runs failed, after telling what the others reached.
    func run(_ context: inout Context) throws {
        let pool = ProcessPool<UInt64>(atMost: jobs.count)
        voice.say("\(greeting), \(pool.width) at a time, in \(folder)")
        Interruption.watch()
        defer { voice.live.finish() }
        var documents: [UInt64: JSON] = [:], failures: [UInt64: Int32] = [:]
        _ = try pool.run(jobs) { seed, status, output in
            if status == 0 {
                let document = try JSONReader.parse(output, path: "the result of seed \(seed)").json
                documents[seed] = document
                voice.say(line(seed, document))
            } else {
                failures[seed] = status
            }
        } look: { running in
            voice.live.update("\(documents.count) of \(jobs.count) seeds have ended, \(running) are running")
        }
        voice.live.finish()
        if let signal = Interruption.pending {
            context.errors.line(
                "stopped after \(documents.count) of \(jobs.count) seeds; go on with: rl resume \(quotedForShell(folder))")
            context.status = ExitStatus(signal: signal)
            return
        }
        conclude(jobs.compactMap { documents[$0.name] }, failures.sorted { $0.key < $1.key })
        if let (seed, status) = failures.min(by: { $0.key < $1.key }) {
            throw CommandFailure(
                "\(failures.count) of \(jobs.count) runs failed; seed \(seed) ended with status \(status), see above")
        }
    }

    private func line(_ seed: UInt64, _ run: JSON) -> String {
        let mean = run["final"]?["mean_return"]?.numberValue ?? .nan
        return "seed \(seed): final mean return \(rounded(mean)) after \(grouped(run["steps"]?.integerValue ?? 0)) steps, "
            + "\(rounded(run["seconds"]?.numberValue ?? .nan)) s" + alarms(seed)
    }

    /// The kinds of alarms that rang in this run: its process was told to be quiet.
    private func alarms(_ seed: UInt64) -> String {
        let alarms = (try? RunRecord(Self.path(of: seed, in: folder)))?.document["alarms"]?.arrayValue ?? []
        return alarms.isEmpty ? "" : "; alarms: " + alarms.compactMap { $0["kind"]?.stringValue }.joined(separator: ", ")
    }

    private func conclude(_ runs: [JSON], _ failures: [(key: UInt64, value: Int32)]) {
        var document = JSONObject([("runs", .array(runs))])
        if !failures.isEmpty {
            document["failed"] = .array(failures.map { ["seed": JSON(seed: $0.key), "status": JSON(Int($0.value))] })
        }
        document["summary"] = runs.isEmpty ? .null : summary(runs)
        voice.document(.object(document))
    }

    /// Of those that came to their end, one at the least.
    private func summary(_ runs: [JSON]) -> JSON {
        let means = runs.compactMap { $0["final"]?["mean_return"]?.numberValue }
        let solved = runs.compactMap { $0["solved"]?.boolValue }
        let seconds = runs.compactMap { $0["seconds"]?.numberValue }
        let toSolve = runs.compactMap { $0["seconds_to_solve"]?.numberValue }
        let iqm = Statistics.interquartileMean(means), interval = Statistics.interval(means)
        let fraction: Double? = solved.isEmpty ? nil : Double(solved.count { $0 }) / Double(solved.count)
        voice.tell(
            "IQM \(rounded(iqm)) [\(rounded(interval.low)), \(rounded(interval.high))] over \(counted(runs.count, "seed")) (95 % bootstrap interval)"
        )
        if let fraction { voice.tell("solved \(solved.count { $0 }) of \(solved.count) (\(rounded(100 * fraction, 0)) %)") }
        voice.tell("median \(rounded(Statistics.median(seconds))) s a run; files in \(folder)")
        return [
            "iqm": JSON(iqm), "ci95": JSON([interval.low, interval.high]), "fraction_solved": JSON(fraction),
            "median_seconds": JSON(Statistics.median(seconds)),
            "median_seconds_to_solve": JSON(toSolve.isEmpty ? nil : Statistics.median(toSolve)),
        ]
    }
}
