// Steps from which something must have been learned.
import RLCore
import Testing

extension Apprentice {
    /// What the step's update reports; a failure where there was none.
    mutating func learn(doing choice: Int32? = nil) throws -> Metrics {
        let metrics = step(doing: choice)
        return try #require(metrics)
    }
}
