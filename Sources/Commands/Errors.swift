// How the errors of the rooms below end the program.

import Basics
import Training

extension FileError: ExitStatusProviding {}

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
