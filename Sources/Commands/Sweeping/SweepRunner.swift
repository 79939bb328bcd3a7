// Trains the trials of a sweep rung by rung, judges them, and writes what it found.

import Agents
import Basics
import Kernels
import RLCore
import Training

final class SweepRunner {
    /// One run of one trial.
    private struct Run: Hashable, Comparable {
        let trial: Int
        let seed: UInt64
        static func < (a: Run, b: Run) -> Bool { (a.trial, a.seed) < (b.trial, b.seed) }
    }
    private let plan: SweepPlan
    private let base: TrainingPlan
    private let words: [String]
    private let folder: String
    private let deadline: Double
    private let voice: Voice
    private let catalogues: Catalogues
    private let journal: SweepJournal
    /// Runs that say nothing about their trials, with the statuses they ended with.
    private var broken: [Run: Int32] = [:]

    init(
        _ plan: SweepPlan, base: TrainingPlan, words: [String], folder: String, deadline: Double, voice: Voice,
        catalogues: Catalogues
    ) throws {
        self.plan = plan
        self.base = base
        self.words = words
        self.folder = folder
        self.deadline = deadline
        self.voice = voice
        self.catalogues = catalogues
        journal = try SweepJournal(
            in: folder,
            of: plan.description(training: words))
    }

    func run(_ context: inout Context) throws {
        voice.say(
            "\(base.name): \(counted(plan.trials, "trial")) over \(plan.ranges.map(\.text).joined(separator: ", ")), in \(folder)"
        )
        Interruption.watch()
        defer { voice.live.finish() }
        var alive = Array(0..<plan.trials), isComplete = true
        var seeds = 0
        for rung in plan.rungs where isComplete {
            if seeds > 0 { alive = plan.survivors(of: scores(of: alive, seeds: seeds)) }
            seeds = rung
            isComplete = try train(alive, seeds: rung)
            voice.say("\(counted(alive.count, "trial")) on \(counted(rung, "seed"))\(isComplete ? "" : ", not all of them")")
        }
        voice.live.finish()
        if let signal = Interruption.pending {
            context.errors.line("stopped after \(counted(journal.entries.count, "run")); the same command goes on")
            context.status = ExitStatus(signal: signal)
            return
        }
        let result = SweepResult(plan, base: base, entries: journal.entries)
        try result.write(to: folder)
        if broken.isEmpty || result.best != nil { try result.tell(voice, folder: folder, isComplete: isComplete) }
        if let (run, status) = broken.min(by: { $0.key < $1.key }) {
            throw CommandFailure(
                "\(counted(broken.count, "run")) broke off, the first of them trial \(run.trial), seed \(run.seed), with status \(status)"
                    + "\(status > 128 ? " (signal \(status - 128))" : ""); that says nothing about the trial: the same command tries again"
            )
        }
    }

    /// The mean over the first `seeds` seeds; the worst there is where one of them failed.
    private func scores(of trials: [Int], seeds: Int) -> [Int: Double] {
        var scores: [Int: Double] = [:]
        for trial in trials {
            let values = (0..<seeds).map { journal.entry(of: trial, seed: plan.firstSeed + UInt64($0))?.score ?? -.infinity }
            scores[trial] = Statistics.mean(values)
        }
        return scores
    }

    /// - Returns: whether every run came to its end.
    private func train(_ trials: [Int], seeds: Int) throws -> Bool {
        var runs: [Run] = []
        // All trials get their first seed before any gets its second: where time runs out, none was left out.
        for seed in 0..<UInt64(seeds) {
            runs += trials.map { Run(trial: $0, seed: plan.firstSeed + seed) }
        }
        runs.removeAll { journal.entry(of: $0.trial, seed: $0.seed) != nil }
        let pool = ProcessPool<Run>(atMost: runs.count)
        var left = runs.count
        // A sweep that was killed leaves runs that go on: nothing is taken from under them.
        for run in runs where Folders.kind(of: path(of: run)) == .folder { _ = try FolderLock(path(of: run)) }
        let jobs = try runs.map { run in
            // What a run that was stopped has left behind is no beginning of this one.
            try Folders.remove(path(of: run))
            // That a trial failed is in the table; how to resume one that ran out of time is nobody's question.
            return ProcessPool<Run>.Job(name: run, words: childWords(run), isMute: true)
        }
        let isComplete = try pool.run(jobs, until: deadline) { run, status, _ in
            left -= 1
            switch ExitStatus(rawValue: status) {
            case .done: try journal.add(SweepJournal.Entry(trial: run.trial, seed: run.seed, score: try score(run)))
            // It diverged, or its values do not go together: it would again.
            case .failed, .usage: try journal.add(SweepJournal.Entry(trial: run.trial, seed: run.seed, score: nil))
            // Killed, or the disk was full: whoever asks again may have more luck.
            default: broken[run] = status
            }
        } look: { running in
            voice.live.update("\(running) running, \(left) of \(runs.count) runs left on this rung")
        }
        return isComplete && broken.isEmpty
    }

    private func path(of run: Run) -> String {
        Paths.join(Paths.join(folder, "trial-\(run.trial)"), "seed-\(run.seed)")
    }

    private func childWords(_ run: Run) -> [String] {
        let values = plan.assignment(of: run.trial).map { "--set=\($0.key)=\($0.value)" }
        // Checkpoints of a hundred runs fill a disk, and a run that was stopped begins again.
        return [DataHome.executable ?? "/proc/self/exe", "train"] + words + values + [
            "--seed=\(run.seed)", "--out=\(path(of: run))", "--checkpoint-every=\(TrainingPlan.stepsRange.upperBound)", "--json",
            "--quiet",
        ]
    }

    /// On episodes that neither chose these weights nor ever report anything: the best of many noisy figures flatters.
    private func score(_ run: Run) throws -> Double {
        let agent = try AgentFile.read(Paths.join(path(of: run), RunFolder.bestName), catalogues)
        return evaluate(agent.policy, in: try agent.makeWorlds(lanes: 100), episodes: 100, firstSeed: SeedRange.tuning).mean
    }
}
