// Runs that belong together on a picture or in a comparison: the seeds of one folder, or of one preset.

import Environments
import RLCore
import Training

struct RunGroup {
    enum Key: String, CaseIterable, ArgumentValue, OptionValue {
        /// The runs inside one named folder.
        case folder
        /// All runs of one preset in one world, wherever they are.
        case preset
        /// Every run alone.
        case run
        typealias Single = Key
    }
    let name: String
    let runs: [RunRecord]

    static func groups(at paths: [String], by key: Key) throws(FileError) -> [RunGroup] {
        var groups: [RunGroup] = []
        for path in paths {
            let runs = try RunRecord.all(at: path)
            switch key {
            case .folder: groups.append(RunGroup(name: name(of: path), runs: runs))
            case .run: groups += runs.map { RunGroup(name: name(of: $0.path), runs: [$0]) }
            case .preset:
                for run in runs {
                    let name = run.preset ?? "\(run.algorithm)-\(run.environment), defaults"
                    if let place = groups.firstIndex(where: { $0.name == name && $0.environment == run.environment }) {
                        groups[place] = RunGroup(name: name, runs: groups[place].runs + [run])
                    } else {
                        groups.append(RunGroup(name: name, runs: [run]))
                    }
                }
            }
        }
        return groups
    }

    /// The world of its runs; nil where they are of several.
    var environment: String? { Set(runs.map(\.environment)).count == 1 ? runs[0].environment : nil }

    /// The last two parts of a path, without the folder that all runs are in.
    private static func name(of path: String) -> String {
        let parts = path.split(separator: "/").filter { $0 != "." && $0 != ".." }.suffix(2)
        return (parts.first == "runs" ? parts.dropFirst() : parts).joined(separator: "/")
    }
}

/// The threshold of the world that all of these runs are of, where they are of one and this program knows it.
func commonThreshold(of runs: [RunRecord], _ context: Context) -> Double? {
    guard let name = runs.first?.environment, runs.allSatisfy({ $0.environment == name }) else { return nil }
    return (try? context.application.catalogues.environments[name])?.threshold
}
