// How the errors of the rooms below end the program.

import Agents
import Basics
import Training

extension FileError: ExitStatusProviding {}

extension Context {
    /// Where presets and agents are; nil where nothing is installed.
    ///
    /// - Throws: `.missing` when `BELLMAN_HOME` names no folder.
    func dataHome() throws(FileError) -> DataHome? { try DataHome.find(home: environment["BELLMAN_HOME"]) }
}

/// A name or a setting that stood on the command line is a mistake of usage.
func asUsage<Result>(_ body: () throws -> Result) throws -> Result {
    do {
        return try body()
    } catch let error as UnknownName {
        throw UsageError(error.description)
    } catch let error as SettingError {
        throw UsageError(error.description)
    }
}

extension Settings {
    /// These settings with each KEY=VALUE of `pairs`, which stood on the command line after `option`.
    ///
    /// - Throws: `UsageError` for a pair that is none, `SettingError` for a key or value that does not fit.
    func assigning(_ pairs: [String], from option: String) throws -> Settings {
        var result = self
        for pair in pairs {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2 else { throw UsageError("\(option) needs KEY=VALUE, got \"\(pair)\"") }
            try result.set(parts[0], parsing: parts[1], from: option)
        }
        return result
    }
}
