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
    /// Makes it, so that of two at once each gets its own, and says so when it is not the first choice.
    static func claim(for plan: TrainingPlan, _ voice: Voice) throws(FileError) -> String {
        let base = Paths.join("runs", plan.name), seed = "seed-\(plan.seed)"
        let path = try Folders.claim(base, inside: seed)
        if path != Paths.join(base, seed) { voice.say("\(Paths.join(base, seed)) exists; this run goes to \(path)") }
        return path
    }
}

final class TrainingSession: Observer {
    private let run: TrainingRun
    private let folder: RunFolder
    private let voice: Voice
    private var bestMean: Double?
    private let firstStep: Int
    /// Seconds that earlier processes have spent on the run.
    private let firstSeconds: Double
    /// How many of the folder's alarms have been said.
    private var alarmsSaid = 0

    /// The run's folder.
    var path: String { folder.path }

    /// - Parameter path: nil for the next free one under `runs/`.
    init(new plan: TrainingPlan, in path: String?, threads: Int, voice: Voice) throws {
        OpenBLAS.threads = threads
        run = try asUsage { try TrainingRun(plan, threads: threads) }
        folder = try RunFolder(new: try path ?? RunFolders.claim(for: plan, voice), for: run)
        self.voice = voice
        firstStep = 0
        firstSeconds = 0
    }

    init(_ stopped: StoppedRun, voice: Voice) throws {
        run = stopped.run
        firstSeconds = run.seconds
        folder = try stopped.open()
        self.voice = voice
        firstStep = stopped.run.step
        bestMean = run.best?.evaluation.mean
        alarmsSaid = folder.alarms.count
        voice.say("resuming \(folder.path) at step \(grouped(run.step))")
    }

    func run(_ context: inout Context) throws {
        let plan = run.plan
        voice.say(
            "\(plan.algorithm.name) learns \(plan.environment.name): \(counted(plan.steps, "step")) in \(counted(plan.lanes, "lane")), "
                + "seed \(plan.seed), \(plan.preset.map { "preset \($0)" } ?? "defaults")"
                + (run.agent.byteCount < 1024 ? "" : "; the agent takes \(binarySize(run.agent.byteCount))")
        )
        defer { voice.live.finish() }
        run.observers = [folder, self]
        // They hold the run and the run holds them: let go, and the folder's lock goes too.
        defer { run.observers = [] }
        Interruption.watch()
        while !run.isFinished {
            do {
                try saving(context) { try run.advance() }
            } catch let divergence as Divergence where divergence.fault != nil {
                let state = quotedForShell(Paths.join(folder.path, RunFolder.divergedName))
                throw CommandFailure("\(divergence); the state before that update is in \(state)")
            }
            if let signal = Interruption.pending { return try saving(context) { try stop(signal, &context) } }
        }
        let report: RunReport
        do {
            report = try saving(context) {
                // The last evaluation may take a while, and a run of which only that is missing is worth saving too.
                let report = try run.finish { if let signal = Interruption.pending { throw Interrupted(signal: signal) } }
                try folder.finish(report)
                return report
            }
        } catch let interrupted as Interrupted { return try saving(context) { try stop(interrupted.signal, &context) } }
        Interruption.unwatch()
        voice.live.finish()
        tell(report)
        voice.document(report.document(run: folder.path, seconds: firstSeconds + monotonicSeconds() - processStart))
    }

    private struct Interrupted: Error { let signal: Int32 }

    /// When the run's folder takes nothing any more, what is in memory is saved where anything is taken.
    private func saving<Result>(_ context: Context, _ body: () throws -> Result) throws -> Result {
        do { return try body() } catch let error as FileError where [.cannotWrite, .failed, .missing].contains(error.kind) {
            let temporary = context.environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 }
            let places = [""] + [temporary, "/var/tmp", "/tmp"].compactMap { $0 }
            let status = ExitStatus(rawValue: error.exitStatus) ?? .failed
            guard let saved = folder.rescue(run, to: places) else {
                throw CommandFailure(
                    "\(error.description); nor can the run be saved anywhere else, so rl resume \(quotedForShell(folder.path)) goes on "
                        + "from its newest checkpoint", status: status)
            }
            throw CommandFailure(
                "\(error.description); the run as it stands at step \(grouped(run.step)) is saved elsewhere: go on with "
                    + "rl resume \(quotedForShell(saved))", status: status)
        }
    }

    /// Saves, says how to go on, and ends with the signal's status.
    private func stop(_ signal: Int32, _ context: inout Context) throws {
        try folder.checkpoint(run)
        try folder.interrupt(run)
        voice.live.finish()
        context.errors.line(
            "stopped at step \(grouped(run.step)) of \(grouped(run.plan.steps)); go on with: rl resume \(quotedForShell(folder.path))"
        )
        context.status = ExitStatus(signal: signal)
    }

    private func tell(_ report: RunReport) {
        let final = report.final
        let result =
            "mean return \(rounded(final.mean)) ± \(rounded(final.standardDeviation)) over \(final.returns.count) fresh episodes"
        switch report.isSolved {
        case true?: voice.tell("solved   \(result) (threshold \(plain(run.plan.environment.threshold ?? 0)))", .green)
        case false?: voice.tell("unsolved \(result) (threshold \(plain(run.plan.environment.threshold ?? 0)))", .yellow)
        case nil: voice.tell("reached  \(result)")
        }
        voice.tell(
            "kept     the weights of step \(grouped(report.best.step)) of \(grouped(report.step)); \(counted(report.updates, "update")), "
                + "\(counted(report.episodes, "episode")), \(rounded(report.seconds)) s")
        voice.tell("weights  \(report.fingerprint) is the fingerprint of the last ones")
        voice.tell("files    \(folder.path)")
        voice.tell("next     rl eval \(quotedForShell(folder.path))")
    }

    func didReport(_ run: TrainingRun, _ progress: Progress) {
        voice.live.report(line(progress))
        warn()
    }
    func didEvaluate(_ run: TrainingRun, _ evaluation: Evaluation, isBest: Bool) {
        if isBest { bestMean = evaluation.mean }
        warn()
    }
    /// The folder hears every row before this does.
    private func warn() {
        for alarm in folder.alarms.dropFirst(alarmsSaid) {
            voice.say("alarm    step \(grouped(alarm.step)): \(alarm.message). \(alarm.advice)")
        }
        alarmsSaid = folder.alarms.count
    }

    private func line(_ progress: Progress) -> String {
        let plan = run.plan
        let speed = Double(progress.step - firstStep) / max(progress.seconds - firstSeconds, 1e-9)
        let left = Int((Double(plan.steps - progress.step) / max(speed, 1)).rounded(.up))
        var parts = [
            grouped(progress.step).leftPadded(to: grouped(plan.steps).count) + " steps",
            "\(100 * progress.step / plan.steps) %".leftPadded(to: 5), "ETA \(clock(left))",
            grouped(Int(speed)).leftPadded(to: 7) + " steps/s",
        ]
        if let mean = progress.meanReturn { parts.append("return " + rounded(mean).leftPadded(to: 6)) }
        if let bestMean { parts.append("best " + rounded(bestMean).leftPadded(to: 6)) }
        for (i, name) in run.agent.metricNames.enumerated() where ["loss", "epsilon", "entropy"].contains(name) {
            if let value = progress.metrics?[i] { parts.append("\(name == "epsilon" ? "ε" : name) \(rounded(value, 3))") }
        }
        return parts.joined(separator: "  ")
    }
}

/// `0:07`, `12:34`, `3:02:01`
private func clock(_ seconds: Int) -> String {
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + "\(number)" }
    let minutes = seconds / 60
    return minutes < 60 ? "\(minutes):\(two(seconds % 60))" : "\(minutes / 60):\(two(minutes % 60)):\(two(seconds % 60))"
}
