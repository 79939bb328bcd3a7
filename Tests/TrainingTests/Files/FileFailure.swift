// What a test asks of code that must fail: the FileError it ended in.

import Training

/// nil when `body` did not fail, or with another error.
func fileFailure(_ body: () throws -> Void) -> FileError? {
    do {
        try body()
        return nil
    } catch { return error as? FileError }
}
