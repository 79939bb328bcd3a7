// The page of `rl report`, section by section.

import Agents
import Basics
import Environments
import RLCore
import Training

struct ReportPage {
    let html: String

    /// - Throws: `FileError` for tables that cannot be read; what a run does not have yet is left out.
    init(_ run: RunRecord, _ context: Context) throws {
        var page = HTML()
        Self.head(run, on: &page)
        Self.alarms(run, on: &page)
        try Self.curves(run, context, on: &page)
        try Self.evaluations(run, on: &page)
        let strip: EpisodeStrip?
        if let objection = Self.objection(to: run, context) {
            page.paragraph("Neither the best episode nor what was learned is shown: \(objection).", class: "quiet")
            strip = nil
        } else {
            strip = try Self.episode(run, context, on: &page)
            try Self.network(run, context, on: &page)
        }
        try Self.timing(run, on: &page)
        Self.configuration(run, on: &page)
        Self.reproduction(run, context, on: &page)
        html = page.document(title: "\(run.algorithm) on \(run.environment)", style: strip?.style ?? "")
    }

    private static func head(_ run: RunRecord, on page: inout HTML) {
        let results = run.document["results"]
        func number(_ json: JSON?, _ places: Int = 2) -> String { json?.numberValue.map { rounded($0, places) } ?? "–" }
        page.raw("<h1>\(escapedForMarkup("\(run.algorithm) on \(run.environment)"))</h1>")
        page.paragraph("\(run.path), \(run.status)", class: "quiet")
        var rows: [[String]] = []
        if let final = results?["final"] {
            let episodes = final["episodes"]?.integerValue ?? 0
            rows.append([
                "final mean return",
                "\(number(final["mean_return"])) ± \(number(final["std_return"])) over \(counted(episodes, "fresh episode")), "
                    + "lowest \(number(final["min_return"]))",
            ])
        }
        if let isSolved = results?["solved"]?.boolValue { rows.append(["solved", isSolved ? "yes" : "no"]) }
        for key in ["steps", "updates", "episodes"] {
            if let value = results?[key]?.integerValue { rows.append([key, grouped(value)]) }
        }
        if let step = results?["best"]?["step"]?.integerValue { rows.append(["weights kept at step", grouped(step)]) }
        if let seconds = run.document["timing"]?["seconds"]?.numberValue { rows.append(["seconds", rounded(seconds)]) }
        if let seconds = run.document["timing"]?["seconds_to_solve"]?.numberValue {
            rows.append(["seconds to solve", rounded(seconds)])
        }
        if let message = results?["message"]?.stringValue { rows.append(["ended", message]) }
        page.table([], rows)
    }

    private static func alarms(_ run: RunRecord, on page: inout HTML) {
        guard let alarms = run.document["alarms"]?.arrayValue else { return }
        page.heading("Alarms")
        if alarms.isEmpty { page.paragraph("None.", class: "quiet") }
        for alarm in alarms {
            let step = alarm["step"]?.integerValue ?? 0
            page.paragraph(
                "Step \(grouped(step)): \(alarm["message"]?.stringValue ?? "?"). \(alarm["advice"]?.stringValue ?? "")",
                class: "alarm")
        }
    }

    private static func curves(_ run: RunRecord, _ context: Context, on page: inout HTML) throws {
        let metrics = try run.metrics()
        guard let steps = metrics["step"] else { return }
        page.heading("Curves")
        let evaluations = try RunCurve(run, RunCurve.evaluation, over: .steps)
        let training = try RunCurve(run, "return_mean", over: .steps)
        var chart = LineChart(
            title: "", xName: "environment steps", yName: "return",
            lines: [
                LineChart.Line(name: "last hundred episodes", points: points(training)),
                LineChart.Line(name: "evaluations, greedy", points: points(evaluations)),
            ].filter { !$0.points.isEmpty })
        if let threshold = commonThreshold(of: [run], context) {
            chart.thresholds = [LineChart.Threshold(value: threshold, name: "solved at \(plain(threshold))")]
        }
        if !chart.lines.isEmpty { page.raw(chart.svg) }
        let known: Set = ["step", "updates", "episodes", "return_mean"]
        page.raw("<div class=\"charts\">")
        for (place, column) in metrics.columns.enumerated() where !known.contains(column) {
            guard let values = metrics[column], values.contains(where: \.isFinite) else { continue }
            let kept = values.indices.filter { values[$0].isFinite }
            var small = LineChart(
                title: column, xName: "", yName: "",
                lines: [LineChart.Line(name: "", points: kept.map { LineChart.Point(x: steps[$0], y: values[$0]) })])
            (small.width, small.height, small.identity) = (320, 210, "plot-\(place)")
            page.raw(small.svg)
        }
        page.raw("</div>")
    }
    private static func points(_ curve: RunCurve) -> [LineChart.Point] {
        zip(curve.x, curve.y).map { LineChart.Point(x: $0, y: $1) }
    }

    private static func evaluations(_ run: RunRecord, on page: inout HTML) throws {
        let table = try run.evaluations()
        guard !table.rows.isEmpty else { return }
        page.heading("Evaluations while training")
        page.paragraph(
            "They choose which weights are kept; the final mean return above is of other episodes.", class: "quiet")
        page.table(
            table.columns.map { $0.replacing("_", with: " ") },
            table.rows.map { row in
                row.enumerated().map { place, value in
                    [0, 5].contains(place) ? Int(exactly: value).map(grouped) ?? rounded(value) : rounded(value)
                }
            },
            numbers: Set(table.columns.indices))
    }

    /// Why this program has no such world or algorithm, where it has none: it has been renamed, or its file was removed or changed.
    private static func objection(to run: RunRecord, _ context: Context) -> String? {
        let catalogues = context.application.catalogues
        do {
            let environment = try catalogues.environments[run.environment]
            if let digest = run.document["plan"]?["environment_digest"]?.stringValue, digest != environment.digest {
                return "the file of \(run.environment) has changed since this run began"
            }
            _ = try catalogues.algorithms[run.algorithm]
            return nil
        } catch { return sentence(of: error) }
    }

    /// The episode of the evaluation that chose the kept weights.
    private static func episode(_ run: RunRecord, _ context: Context, on page: inout HTML) throws -> EpisodeStrip? {
        guard let path = try Recording.find(run.path, home: nil) else { return nil }
        let recording = try Recording.read(path, context.application.catalogues.environments)
        let strip = try EpisodeStrip(recording)
        page.heading("The best episode")
        page.paragraph(
            "\(recording.agent): \(counted(recording.steps, "step")), return \(plain(recording.totalReward)), \(recording.ending)."
        )
        page.raw(strip.markup)
        return strip
    }

    /// Entry by entry where there is a network; a table of values has tensors alone.
    private static func network(_ run: RunRecord, _ context: Context, on page: inout HTML) throws {
        let path = Paths.join(run.path, RunFolder.bestName)
        guard Folders.kind(of: path) != nil else { return }
        func shape(_ dimensions: [Int]) -> String { dimensions.map { grouped($0) }.joined(separator: " × ") }
        let agent = try AgentFile.read(path, context.application.catalogues)
        if let network = agent.policy.withNetwork {
            page.heading("The network that decides")
            let entries = network.networkEntries
            func numbers(_ entry: NetworkEntry) -> Int { entry.weights.reduce(0) { $0 + $1.count } }
            func row(_ name: [String], _ weights: String, _ numbers: Int, _ operations: Int, _ place: String) -> [String] {
                name + [weights, numbers == 0 ? "" : grouped(numbers), operations == 0 ? "" : grouped(operations), place]
            }
            let rows = entries.enumerated().map { index, entry in
                row(
                    ["\(index + 1)", entry.name, shape(entry.shape)],
                    entry.weights.map { "\($0.name) \(shape($0.shape))" }.joined(separator: ", "), numbers(entry),
                    entry.operations,
                    entry.place)
            }
            let total = row(
                ["", "all", ""], "", entries.reduce(0) { $0 + numbers($1) }, entries.reduce(0) { $0 + $1.operations }, "")
            page.table(
                ["", "entry", "yields", "weights", "numbers", "operations", "recorded at"], rows + [total], numbers: [0, 4, 5])
            page.paragraph(
                "For one observation; a multiply-add counts as two operations. What only learning uses, such as a critic, is not in it.",
                class: "quiet")
        }
        var archive = Archive()
        agent.policy.save(into: &archive)
        let tensors = archive.names.compactMap { name in archive[name].map { (name, $0.shape) } }
        page.heading("What was learned: \(counted(tensors.count, "tensor"))")
        let total = tensors.reduce(0) { $0 + $1.1.reduce(1, *) }
        page.table(
            ["tensor", "shape", "numbers"],
            tensors.map { name, size in [name, shape(size), grouped(size.reduce(1, *))] } + [["all", "", grouped(total)]],
            numbers: [1, 2])
    }

    private static func timing(_ run: RunRecord, on page: inout HTML) throws {
        let table = try run.timing()
        guard let last = table.rows.last, let place = table.columns.firstIndex(of: "seconds"), last[place] > 0 else { return }
        page.heading("Where the time went")
        let total = last[place]
        var rows: [[String]] = [], known = 0.0
        for (name, seconds) in zip(table.columns, last).dropFirst(place + 1) {
            // Waiting for checkpoints is inside the time that reports take, writing them is a second thread's.
            if !["checkpoint", "written"].contains(name) { known += seconds }
            rows.append([name, rounded(seconds, 3), "\(rounded(100 * seconds / total, 1)) %"])
        }
        rows.append(["the rest", rounded(max(0, total - known), 3), "\(rounded(100 * max(0, total - known) / total, 1)) %"])
        page.table(["phase", "seconds", "share"], rows, numbers: [1, 2])
        page.paragraph(
            "Of \(rounded(total, 2)) s since this process began or resumed the run; checkpoint is part of report, written is a second thread's.",
            class: "quiet")
    }

    private static func configuration(_ run: RunRecord, on page: inout HTML) {
        guard let plan = run.document["plan"], let origins = plan["origins"] else { return }
        page.heading("Configuration")
        func rows(_ members: [JSONObject.Member], _ origins: JSON?) -> [[String]] {
            members.map { [$0.key, Reproduction.text($0.value), origins?[$0.key]?.stringValue ?? "default"] }
        }
        let sections: [(String, [JSONObject.Member], JSON?)] = [
            (
                "run", (plan.objectValue?.members ?? []).filter { !["env", "hyperparameters", "origins"].contains($0.key) },
                origins["run"]
            ),
            ("hyperparameters", plan["hyperparameters"]?.objectValue?.members ?? [], origins["hyperparameters"]),
            ("environment", plan["env"]?.objectValue?.members ?? [], origins["env"]),
        ]
        for (title, members, known) in sections where !members.isEmpty {
            page.table([title, "value", "from"], rows(members, known))
        }
    }

    private static func reproduction(_ run: RunRecord, _ context: Context, on page: inout HTML) {
        page.heading("To repeat it")
        page.code(Reproduction(run, context).command)
        if let machine = run.document["machine"] {
            let features =
                machine["cpu_features"]?.arrayValue?.compactMap(\.stringValue).joined(separator: " ")
                ?? machine["cpu_features"]?.stringValue ?? "?"
            page.paragraph(
                "rl \(Bellman.version), built for \(machine["built_for"].map(Reproduction.text) ?? "?"), on a CPU with \(features). "
                    + "The same seed gives the same bytes.", class: "quiet")
        }
    }
}
