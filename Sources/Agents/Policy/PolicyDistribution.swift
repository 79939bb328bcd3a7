// What a policy draws from: one of several choices, or independent normal numbers.
import Basics
import Neural
import RLCore

enum PolicyDistribution {
    case categorical(Categorical)
    case gaussian(Gaussian)

    /// log π(a|s), [1]; `action` is [1], the number of a choice, or [width].
    func logProbability(of action: Node) -> Node {
        switch self {
        case .categorical(let choice): choice.logProbability(of: action)
        case .gaussian(let numbers): numbers.logProbability(of: action)
        }
    }

    /// [1]
    var entropy: Node {
        switch self {
        case .categorical(let choice): choice.entropy
        case .gaussian(let numbers): numbers.entropy
        }
    }
}

extension Space {
    /// What a network must put out for actions of this space: a preference for each choice, or a mean for each number.
    var policyOutputs: Int {
        if case .discrete(let count) = self { count } else { shape.count }
    }
    var discreteCount: Int? {
        if case .discrete(let count) = self { count } else { nil }
    }
}
