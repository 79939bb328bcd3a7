// Everything that decides what a run will do, known before its first step.
public import Agents
public import Basics
public import RLCore

public struct TrainingPlan: Sendable {
    public let algorithm: AlgorithmSpecification
    public let environment: EnvironmentSpecification
    public var hyperparameters: Settings
    public var environmentSettings: Settings
    public var seed: UInt64 = 0
    /// Environment steps; a multiple of `lanes`.
    public var steps: Int
    public var lanes: Int
    /// An evaluation that reaches this mean return ends the run.
    public var untilReturn: Double?
    public var evaluationInterval: Int
    public var evaluationEpisodes = 20
    public var checkpointInterval: Int
    /// The name of the preset that the values began with; nil where the algorithm's defaults served.
    public var preset: String?

    /// The algorithm's and the world's defaults.
    public init(_ algorithm: AlgorithmSpecification, in environment: EnvironmentSpecification) {
        self.algorithm = algorithm
        self.environment = environment
        hyperparameters = algorithm.settings
        environmentSettings = environment.settings
        steps = algorithm.defaultSteps
        lanes = algorithm.defaultLanes
        evaluationInterval = max(1, steps / 20)
        checkpointInterval = max(1, steps / 10)
    }

    /// The interval of rows in `metrics.csv`: a hundredth of the budget, in whole steps of all lanes.
    public var reportInterval: Int { max(lanes, steps / 100 / lanes * lanes) }
}
