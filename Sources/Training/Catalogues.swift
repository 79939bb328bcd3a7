// The worlds and the algorithms that a program knows, and the data it finds its presets in.
public import Agents
public import Environments

public struct Catalogues: Sendable {
    public var environments: EnvironmentCatalogue
    public var algorithms: AlgorithmCatalogue

    public init(environments: EnvironmentCatalogue = .builtIn, algorithms: AlgorithmCatalogue = .builtIn) {
        self.environments = environments
        self.algorithms = algorithms
    }
}
