// The final returns of a group of runs, world by world.

import Training

struct ScoreTable {
    /// As it was named on the command line.
    let name: String
    /// By world, alphabetically; the runs of each in the order of their seeds.
    private(set) var worlds: [(name: String, scores: [Double])] = []
    /// Runs that have not finished, and therefore have no score.
    private(set) var unfinished: [String] = []
    /// Runs that were named more than once, and count once.
    private(set) var repeated: [String] = []

    /// - Throws: `FileError` when a folder holds no run; `CommandFailure` when none has finished.
    init(_ paths: [String]) throws {
        name = paths.joined(separator: " ")
        var scores: [String: [Double]] = [:], known: Set<String> = []
        for path in paths {
            for run in try RunRecord.all(at: path) {
                guard known.insert(Paths.canonical(run.path)).inserted else {
                    repeated.append(run.path)
                    continue
                }
                if let score = run.finalReturn {
                    scores[run.environment, default: []].append(score)
                } else {
                    unfinished.append(run.path)
                }
            }
        }
        guard !scores.isEmpty else { throw CommandFailure("no run in \(name) has finished; rl resume goes on with one") }
        worlds = scores.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    var strata: [[Double]] { worlds.map(\.scores) }
}
