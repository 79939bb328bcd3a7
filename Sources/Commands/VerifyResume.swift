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
        until step K, dropped as if killed, and resumed. All in this process: no signal is sent, which scripts/torture does. Every file \
        of the three but timing.csv, and all of run.json but what the clock and the machine say, must be equal byte for byte; \
        otherwise the first byte and tensor that differ are named, the folders are kept, and the status is 1.
        """
    static let examples = ["rl verify-resume dqn cartpole --steps 10000 --at 6543"]

    let options = PlanOptions()
    @Option("--at", value: "K", in: 1..., help: "interrupts after this step (half of the budget)") var at: Int?
    @Option("--seed", value: "N", in: 0...Train.greatestSeed, help: "the runs' seed") var seed: UInt64 = 0
    @Flag("--json", help: "print one JSON document on standard output; text for people goes to standard error") var json

    mutating func run(_ context: inout Context) throws {
        var plan = try options.plan(context)
        plan.seed = seed
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
