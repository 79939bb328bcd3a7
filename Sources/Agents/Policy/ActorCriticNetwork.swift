// π(·|s) and V(s) as networks, with the layers and first weights that Stable-Baselines3 gives them.
import Basics
import Kernels
import Neural
import RLCore

/// Two networks side by side where observations are numbers, two heads on shared layers where they are pictures.
///
/// Weights are orthogonal with a gain of √2, 0.01 in the head of the policy (so that it begins nearly uniform) and 1 in that of the
/// value; biases are 0. The logarithms of a Gaussian's deviations are parameters, the same in every state, and begin at 0.
struct ActorCriticNetwork {
    private let policyTorso: Torso
    private let policyHead: any Module
    private let deviations: Parameter?
    private let critic: Critic?

    private enum Critic {
        case separate(Torso, any Module)
        case shared(any Module)
    }

    /// - Parameters:
    ///   - hidden: widths of the hidden layers, of both networks where there are two.
    ///   - last: the activation of the last hidden layer, where it differs.
    ///   - hasValue: whether there is a V(s) at all.
    init(
        _ observations: Space, _ actions: Space, hidden: [Int], activation: Activation, last: Activation? = nil,
        hasValue: Bool = true, in store: ParameterStore, using random: inout RandomSource
    ) {
        let gain = Float(2).squareRoot()
        func torso(_ name: String, using random: inout RandomSource) -> Torso {
            Torso(
                name, observations, hidden: hidden, activation: activation, last: last, weights: .orthogonal(gain: gain),
                bias: .constant(0), in: store, using: &random)
        }
        policyTorso = torso("policy", using: &random)
        policyHead = policyTorso.head(
            actions.policyOutputs, weights: .orthogonal(gain: 0.01), bias: .constant(0), in: store, using: &random)
        deviations =
            actions.discreteCount == nil
            ? store.reserve("policy.log_deviation", [actions.policyOutputs], .constant(0), using: &random) : nil
        guard hasValue else {
            critic = nil
            return
        }
        if case .image = observations.shape {
            critic = .shared(
                policyTorso.head(
                    1, named: "value", weights: .orthogonal(gain: 1), bias: .constant(0), in: store, using: &random))
        } else {
            let own = torso("value", using: &random)
            critic = .separate(
                own, own.head(1, weights: .orthogonal(gain: 1), bias: .constant(0), in: store, using: &random))
        }
    }

    /// What is needed to act and no more.
    func policy(_ x: Node) -> PolicyDistribution { distribution(policyTorso(x)) }

    /// [1]
    ///
    /// - Precondition: it was made with a value.
    func value(_ x: Node) -> Node {
        switch critic {
        case .separate(let torso, let head): head(torso(x))
        case .shared(let head): head(policyTorso(x))
        case nil: fatalError("this network has no value")
        }
    }

    /// Both, the layers that they share recorded once.
    func callAsFunction(_ x: Node) -> (policy: PolicyDistribution, value: Node) {
        let features = policyTorso(x)
        if case .shared(let head) = critic { return (distribution(features), head(features)) }
        return (distribution(features), value(x))
    }

    /// Preferences or means, and the value where there is one.
    func reading(_ x: Node) -> NetworkLens.Reading {
        let features = policyTorso(x)
        let scores = policyHead(features)
        switch critic {
        case .separate: return .init(scores: scores, value: value(x))
        case .shared(let head): return .init(scores: scores, value: head(features))
        case nil: return .init(scores: scores)
        }
    }
    /// What `reading` ends with, of the weights in `store`.
    func answer(_ store: ParameterStore) -> NetworkAnswer {
        guard let deviations else { return .preferences }
        return .means { store.values(of: deviations).array.map { ScalarMaths.exp(Double($0)) } }
    }

    private func distribution(_ features: Node) -> PolicyDistribution {
        let numbers = policyHead(features)
        guard let deviations else { return .categorical(Categorical(logits: numbers)) }
        return .gaussian(Gaussian(mean: numbers, logDeviation: numbers.tape.parameter(deviations)))
    }
}
