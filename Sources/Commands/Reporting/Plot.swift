// `rl plot`: learning curves as a picture.

import RLCore
public import Training

struct Plot: Command {
    static let name = "plot"
    static let summary = "draws learning curves as an SVG picture"
    static let discussion = """
        A run's folder is a line. A folder that holds runs (seed-0, seed-1, …) is a group: the interquartile mean over its runs, with \
        the 95 % band of a stratified bootstrap at each point; a run that has finished keeps its last value from there on. The dotted \
        line is the world's threshold.
        """
    static let examples = [
        "rl plot runs/dqn-cartpole",
        "rl plot runs/dqn-cartpole runs/ppo-cartpole --y eval --x seconds --out curves.svg",
        "rl plot runs/dqn-cartpole/seed-0 --y loss --smooth 5",
    ]

    @Arguments("RUN", atLeast: 1, completing: .folders, help: "the folder of a run, or of a group of runs") var paths: [String]
    @Option("--out", value: "FILE", completing: .files, help: "where to [the first group's name, .svg]") var out: String?
    @Option("--x", value: "steps|seconds|episodes", help: "what the curves are drawn over") var axis = CurveAxis.steps
    @Option("--y", value: "NAME", help: "eval (the evaluations), or any column of metrics.csv") var quantity = "return_mean"
    @Option("--group", value: "folder|preset|run", help: "which runs become one line") var key = RunGroup.Key.folder
    @Option("--smooth", value: "N", in: 1...10_000, help: "each point is the mean of this many rows of its run") var window = 1
    @Option("--threshold", value: "X|none", help: "a dotted line [of a return: where the world counts as solved]")
    var threshold: OrNone<Double>?
    @Option("--title", value: "TEXT", help: "the words above the picture") var title: String?
    @Flag("--json", help: "print one JSON document, with the points, and nothing else") var json

    mutating func run(_ context: inout Context) throws {
        let groups = try RunGroup.groups(at: paths, by: key)
        var lines: [LineChart.Line] = []
        for group in groups {
            var curves: [RunCurve] = []
            for run in group.runs {
                curves.append(try RunCurve(run, quantity, over: axis, smoothing: window))
            }
            lines.append(LineChart.Line(name: label(group), points: points(curves)))
        }
        guard lines.contains(where: { !$0.points.isEmpty }) else {
            throw CommandFailure("these runs have no value of \(quantity) yet")
        }
        let file = try out ?? defaultFile(groups[0])
        try AtomicFile.write(chart(lines, groups, context).svg, to: file)
        if json {
            context.output.line(JSONWriter.pretty(document(lines, groups, file)))
        } else {
            context.output.line("wrote    \(file)")
        }
    }

    private func label(_ group: RunGroup) -> String {
        let name = group.name.truncated(to: 40)
        return group.runs.count == 1 ? name : "\(name) (IQM of \(group.runs.count) runs)"
    }

    /// One run is drawn as it is.
    private func points(_ curves: [RunCurve]) -> [LineChart.Point] {
        if curves.count == 1 { return zip(curves[0].x, curves[0].y).map { LineChart.Point(x: $0, y: $1) } }
        let group = GroupCurve(curves)
        return group.x.indices.map { LineChart.Point(x: group.x[$0], y: group.middle[$0], interval: group.intervals[$0]) }
    }

    private func chart(_ lines: [LineChart.Line], _ groups: [RunGroup], _ context: Context) -> LineChart {
        let worlds = Set(groups.flatMap { $0.runs.map(\.environment) }).sorted()
        var chart = LineChart(
            title: title ?? "\(describedQuantity) in \(worlds.joined(separator: ", "))",
            xName: axis == .steps ? "environment steps" : axis.rawValue,
            yName: describedQuantity + (window > 1 ? ", mean of \(window) rows" : ""), lines: lines)
        let isReturn = quantity == RunCurve.evaluation || quantity == "return_mean"
        switch threshold {
        case .value(let value): chart.thresholds = [LineChart.Threshold(value: value, name: plain(value))]
        case .off: break
        case nil:
            if isReturn, let value = commonThreshold(of: groups.flatMap(\.runs), context) {
                chart.thresholds = [LineChart.Threshold(value: value, name: "solved at \(plain(value))")]
            }
        }
        return chart
    }
    private var describedQuantity: String {
        switch quantity {
        case RunCurve.evaluation: "mean return of evaluations"
        case "return_mean": "return of the last hundred episodes"
        default: quantity.replacing("_", with: " ")
        }
    }

    private func defaultFile(_ group: RunGroup) throws -> String {
        let name = group.name.replacing("/", with: "-").replacing(", ", with: "-")
        return (Paths.complaint(aboutName: name) == nil ? name : "curves") + ".svg"
    }

    private func document(_ lines: [LineChart.Line], _ groups: [RunGroup], _ file: String) -> JSON {
        [
            "file": JSON(file), "x": JSON(axis.rawValue), "y": JSON(quantity),
            "groups": .array(
                zip(lines, groups).map { line, group in
                    [
                        "name": JSON(group.name), "runs": JSON(group.runs.map(\.path)), "x": JSON(line.points.map(\.x)),
                        "y": JSON(line.points.map(\.y)),
                        "ci95": .array(line.points.compactMap { $0.interval.map { JSON([$0.low, $0.high]) } }),
                    ]
                }),
        ]
    }
}

extension CurveAxis: ArgumentValue, OptionValue {
    public typealias Single = CurveAxis
}
