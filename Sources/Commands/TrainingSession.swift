// One run in this process: trains, shows where it is, stops when asked, and says what was reached.

import Agents
import Basics
import Kernels
import RLCore
import Training

/// What a training says to people, and where: nothing when quiet, to standard error when standard output carries JSON.
struct Voice {
    let live: LiveLine
    let isQuiet: Bool
    let isJSON: Bool
    private let console: Console

    init(_ context: Context, json: Bool, quiet: Bool, progress: Bool) {
        console = context.console
        isQuiet = quiet
        isJSON = json
        live = LiveLine(on: context.errors, isSilent: quiet || !progress)
    }

    /// A line that stays.
    func say(_ text: String) {
        if !isQuiet { live.print(text) }
    }
    /// A line of the result.
    func tell(_ text: String, _ style: Style = .plain) {
        if isQuiet { return }
        (isJSON ? console.errors : console.output).line(text, style)
    }
    func document(_ json: JSON) {
        if isJSON { console.output.line(JSONWriter.pretty(json)) }
    }
}

enum Machine {
    static var hasFusedMultiplyAdd: Bool { Processor.builtFor.contains("fma") }
}

/// Where runs go when nobody says: `runs/dqn-cartpole/seed-0`, or the next free group when that seed is there already.
enum RunFolders {
    static func next(for plan: TrainingPlan) throws(FileError) -> String {
        let base = Paths.join("runs", plan.name)
        for group in 1...100_000 {
            let path = Paths.join(group == 1 ? base : "\(base)-\(group)", "seed-\(plan.seed)")
            if Folders.kind(of: path) == nil { return path }
        }
        throw FileError(.cannotWrite, path: base, "a hundred thousand runs of this name exist; remove some, or choose --out")
    }
}

final class TrainingSession: Observer {
    private let run: TrainingRun
    private let folder: RunFolder
    private let voice: Voice
    private var bestMean: Double?
    private let firstStep: Int

    init(new plan: TrainingPlan, in path: String, threads: Int, voice: Voice) throws {
        OpenBLAS.threads = threads
        run = try asUsage { try TrainingRun(plan) }
        folder = try RunFolder(new: path, for: run)
        self.voice = voice
        firstStep = 0
    }

    init(_ stopped: StoppedRun, voice: Voice) throws {
        run = stopped.run
        folder = try stopped.open()
        self.voice = voice
        firstStep = stopped.run.step
        bestMean = run.best?.evaluation.mean
        voice.say("resuming \(folder.path) at step \(grouped(run.step))")
    }

    func run(_ context: inout Context) throws {
        let plan = run.plan
        voice.say(
            "\(plan.algorithm.name) learns \(plan.environment.name): \(grouped(plan.steps)) steps in \(plan.lanes) "
                + "\(plan.lanes == 1 ? "lane" : "lanes"), seed \(plan.seed), \(plan.preset.map { "preset \($0)" } ?? "defaults"), "
                + "\(mebibytes(run.agent.byteCount)) of agent")
        run.observers = [folder, self]
        Interruption.watch()
        while !run.isFinished {
            try run.advance()
            if let signal = Interruption.pending { return try stop(signal, &context) }
        }
        Interruption.unwatch()
        let report = try run.finish()
        try folder.finish(report)
        voice.live.finish()
        tell(report)
        voice.document(report.document(run: folder.path, seconds: monotonicSeconds() - processStart))
    }

    /// Saves, says how to go on, and ends with the signal's status.
    private func stop(_ signal: Int32, _ context: inout Context) throws {
        try folder.checkpoint(run)
        try folder.interrupt(run)
        voice.live.finish()
        context.errors.line("stopped at step \(grouped(run.step)) of \(grouped(run.plan.steps)); go on with: rl resume \(folder.path)")
        context.status = ExitStatus(signal: signal)
    }

    private func tell(_ report: RunReport) {
        let final = report.final
        let result = "mean return \(rounded(final.mean)) ± \(rounded(final.standardDeviation)) over \(final.returns.count) fresh episodes"
        switch report.isSolved {
        case true?: voice.tell("solved   \(result) (threshold \(rounded(run.plan.environment.threshold ?? 0)))", .green)
        case false?: voice.tell("unsolved \(result) (threshold \(rounded(run.plan.environment.threshold ?? 0)))", .yellow)
        case nil: voice.tell("reached  \(result)")
        }
        voice.tell(
            "kept     the weights of step \(grouped(report.best.step)) of \(grouped(report.step)); \(grouped(report.updates)) updates, "
                + "\(grouped(report.episodes)) episodes, \(rounded(report.seconds)) s")
        voice.tell("files    \(folder.path)")
        voice.tell("next     rl eval \(folder.path)")
    }

    func didReport(_ run: TrainingRun, _ progress: Progress) {
        voice.live.report(line(progress))
    }
    func didEvaluate(_ run: TrainingRun, _ evaluation: Evaluation, isBest: Bool) {
        if isBest { bestMean = evaluation.mean }
    }

    private func line(_ progress: Progress) -> String {
        let plan = run.plan
        let speed = Double(progress.step - firstStep) / max(progress.seconds, 1e-9)
        let left = Int((Double(plan.steps - progress.step) / max(speed, 1)).rounded(.up))
        var parts = [
            "\(grouped(progress.step)) steps", "\(100 * progress.step / plan.steps) %", "ETA \(left / 60):\(left % 60 < 10 ? "0" : "")\(left % 60)",
            "\(grouped(Int(speed))) steps/s",
        ]
        if let mean = progress.meanReturn { parts.append("return \(rounded(mean))") }
        if let bestMean { parts.append("best \(rounded(bestMean))") }
        for (i, name) in run.agent.metricNames.enumerated() where ["loss", "epsilon", "entropy"].contains(name) {
            if let value = progress.metrics?[i] { parts.append("\(name == "epsilon" ? "ε" : name) \(rounded(value, 3))") }
        }
        return parts.joined(separator: "  ")
    }
}
