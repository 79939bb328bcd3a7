// `rl report`: one run as one page that can be mailed.

import Agents
import Basics
import RLCore
import Training

struct Report: Command {
    static let name = "report"
    static let summary = "writes one self-contained HTML page about a run"
    static let discussion = """
        Its configuration and where each value came from, curves, evaluations, the network's table, time by phase, alarms, the best \
        episode as a film, and the command that repeats it. The page holds everything it shows: no script, no other file, no network.
        """
    static let examples = ["rl report runs/dqn-cartpole/seed-0", "rl report runs/dqn-cartpole/seed-0 --out page.html"]

    @Argument("RUN", completing: .folders, help: "a run's folder") var path: String
    @Option("--out", value: "FILE", completing: .files, help: "where to [ALGORITHM-ENVIRONMENT-seed-N.html]") var out: String?
    @Flag("--json", help: "print one JSON document and nothing else") var json

    mutating func run(_ context: inout Context) throws {
        let record = try RunRecord(path)
        let page = try ReportPage(record, context)
        let file = try out ?? defaultFile(record)
        try AtomicFile.write(page.html, to: file)
        if json {
            context.output.line(JSONWriter.pretty(["run": JSON(path), "file": JSON(file)]))
        } else {
            context.output.line("wrote    \(file)")
        }
    }

    private func defaultFile(_ run: RunRecord) throws(FileError) -> String {
        let name = "\(run.algorithm)-\(run.environment)" + (run.seed.map { "-seed-\($0)" } ?? "")
        try Paths.validate(name: name, in: path)
        return name + ".html"
    }
}
