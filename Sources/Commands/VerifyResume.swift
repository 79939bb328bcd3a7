// `rl verify-resume`: a run that is interrupted ends with the bytes of one that never was, shown file by file.

import Agents
import Basics
import Kernels
import RLCore
import Training

struct VerifyResume: Command {
    static let name = "verify-resume"
    static let summary = "proves that an interrupted run ends like one that never was"
    static let discussion = """
        Trains three times with the same seed: without an interruption; until step K, saved there as if by Ctrl-C, and resumed; and \
        until step K, dropped as if killed, and resumed. All in this process: no signal is sent, which scripts/torture does. Every file of the three but timing.csv, and all of run.json but what the clock and the machine \
        say, must be equal byte for byte; otherwise the first byte and tensor that differ are named, the folders are kept, and the \
        status is 1.
        """
    static let examples = ["rl verify-resume dqn cartpole --steps 10000 --at 6543"]

    @Argument("ALGORITHM", completing: .names(.algorithm), help: "see rl list algorithms") var algorithm: String
    @Argument("ENVIRONMENT", completing: .names(.environment), help: "see rl list environments") var environment: String
    @Option("--steps", value: "N", in: TrainingPlan.stepsRange, help: "the budget in environment steps (the preset's)") var steps:
        Int?
    @Option("--at", value: "K", in: 1..., help: "interrupts after this step (half of the budget)") var at: Int?
    @Option("--seed", value: "N", in: 0...Train.greatestSeed, help: "the runs' seed") var seed: UInt64 = 0
    @Option("--lanes", value: "N", in: TrainingPlan.lanesRange, help: "environments stepped together") var lanes: Int?
    @Option("--set", value: "KEY=VALUE", help: "a hyperparameter; see rl info ALGORITHM") var set: [String] = []
    @Option("--env-set", value: "KEY=VALUE", help: "a parameter of the world; see rl info ENVIRONMENT") var envSet: [String] = []
    @Option("--preset", value: "NAME|FILE", completing: .files, help: "a preset other than ALGORITHM-ENVIRONMENT") var preset:
        String?
    @Flag("--json", help: "print one JSON document on standard output; text for people goes to standard error") var json

    mutating func run(_ context: inout Context) throws {
        let train = Train()
        train.algorithm = algorithm
        train.environment = environment
        train.steps = steps
        train.seed = seed
        train.lanes = lanes
        train.set = set
        train.envSet = envSet
        train.preset = preset
        let plan = try train.makePlan(context)
        let at = at ?? max(1, plan.steps / 2)
        guard at < plan.steps else { throw UsageError("--at must be before the last step, \(plan.steps), got \(at)") }

        let voice = Voice(context, json: json, quiet: false, progress: true)
        let folder = try Folders.claim(
            Paths.join(context.environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp", "rl-verify-resume"))
        var isKept = false
        // A folder that cannot be removed is litter, and what is being told now matters more.
        defer { if !isKept { try? Folders.remove(folder) } }
        Interruption.watch()
        defer { Interruption.unwatch() }
        let check = ResumeCheck(plan, in: folder) { if let signal = Interruption.pending { throw Stopped(signal: signal) } }
        do {
            voice.live.update("training \(counted(plan.steps, "step")) without an interruption")
            let report = try check.trainWhole()
            var comparisons: [(kind: InterruptionKind, comparison: RunComparison)] = []
            for kind in InterruptionKind.allCases {
                voice.live.update("training again, \(kind.rawValue) after step \(grouped(at))")
                comparisons.append((kind, try check.compare(kind, at: at, context.application.catalogues)))
            }
            voice.live.finish()
            tell(comparisons, voice)
            let isEqual = comparisons.allSatisfy(\.comparison.isEqual)
            voice.document(document(plan, at, report, comparisons, isEqual))
            guard !isEqual else { return }
            isKept = true
            throw CommandFailure("the interrupted runs differ; look at \(quotedForShell(folder))")
        } catch let stopped as Stopped {
            voice.live.finish()
            context.status = ExitStatus(signal: stopped.signal)
        }
    }

    private struct Stopped: Error { let signal: Int32 }

    /// One line for each file.
    private func tell(_ comparisons: [(kind: InterruptionKind, comparison: RunComparison)], _ voice: Voice) {
        for (kind, comparison) in comparisons {
            voice.tell("\(kind.rawValue) and resumed", .bold)
            let width = comparison.files.map(\.name.count).max() ?? 0
            for file in comparison.files {
                let size = file.bytes.map { grouped($0) + " bytes" } ?? "-"
                voice.tell(
                    "  " + file.name.padded(to: width + 2) + size.leftPadded(to: 18) + "  " + (file.difference ?? "equal"),
                    file.difference == nil ? .plain : .red)
            }
        }
    }

    private func document(
        _ plan: TrainingPlan, _ at: Int, _ report: RunReport,
        _ comparisons: [(kind: InterruptionKind, comparison: RunComparison)],
        _ isEqual: Bool
    ) -> JSON {
        let runs = comparisons.map { kind, comparison in
            (
                kind.rawValue,
                JSON.array(
                    comparison.files.map {
                        ["file": JSON($0.name), "bytes": JSON($0.bytes), "difference": JSON($0.difference)]
                    })
            )
        }
        return [
            "algorithm": JSON(plan.algorithm.name), "environment": JSON(plan.environment.name), "seed": JSON(seed: plan.seed),
            "steps": JSON(plan.steps), "at": JSON(at), "equal": JSON(isEqual), "fingerprint": JSON(report.fingerprint),
            "files": .object(JSONObject(runs)),
        ]
    }
}
