// `rl resume`: a stopped run goes on exactly where it was.

import Basics
import Kernels
import Training

struct Resume: Command {
    static let name = "resume"
    static let summary = "continues a stopped run, or a group of seeds, exactly where it was"
    static let discussion = """
        From the newest checkpoint in the run's folder, or from the start where there is none yet; where none can be used, nothing \
        changes. The result is that of a run that was never stopped. With --steps it goes on longer, or ends earlier, than it was made \
        for: its schedules stay as they were, and the result is that of rl train --steps M --schedule-steps N, N being the budget that \
        it was made with.

        The folder of rl train --seeds stands for all its seeds: those that were stopped go on, those that never began begin, and \
        the summary is that of a group that was never stopped.
        """
    static let examples = [
        "rl resume runs/dqn-cartpole/seed-0",
        "rl resume runs/dqn-cartpole/seed-0 --steps 200000   # as long again, with the schedules it has",
        "rl resume runs/dqn-cartpole                         # whatever is left of --seeds",
    ]

    @Argument("RUN", completing: .folders, help: "a run's folder, or that of --seeds") var run: String
    @Option(
        "--steps", value: "M", in: TrainingPlan.stepsRange,
        help: "another budget in environment steps, more than the run has taken")
    var steps: Int?
    @Option("--threads", value: "N", in: 1...1024, help: "threads of one run's worlds; the result is the same") var threads = 1
    @Flag("--quiet", help: "print nothing but errors and, with --json, the result") var quiet
    @Flag("--no-progress", help: "no progress, only the result") var noProgress
    @Flag("--json", help: "print one JSON document on standard output; text for people goes to standard error") var json

    mutating func run(_ context: inout Context) throws {
        let voice = Voice(context, json: json, quiet: quiet, progress: !noProgress)
        if let group = try SeedGroup(resuming: run, threads: $threads.wasGiven ? threads : nil, voice: voice) {
            guard steps == nil else { throw UsageError("--steps is for one run; name the folder of one of the seeds in \(run)") }
            return try group.run(&context)
        }
        let stopped: StoppedRun
        do {
            stopped = try StoppedRun(run, context.application.catalogues, steps: steps, threads: threads) { voice.say($0) }
        } catch let error as UnknownName {
            throw FileError(.malformed, path: run, error.description)
        } catch let error as BudgetSpent {
            throw UsageError(error.description)
        } catch let error as SettingError {
            throw FileError(.malformed, path: run, error.description)
        }
        if let document = stopped.document {
            voice.say("\(run) has finished; nothing is left to do")
            return voice.document(document)
        }
        OpenBLAS.threads = threads
        let session = try TrainingSession(stopped, voice: voice)
        try session.run(&context)
    }
}
