// Q(s, ·) as a network: a torso that suits what the world shows, and a head for the actions.
import Basics
import Neural
import RLCore

struct QNetwork: Module {
    struct Plan: Hashable, Sendable {
        /// Widths of the torso's hidden layers.
        let hidden: [Int]
        var activation = Activation.relu
        let actions: Int
        var returns = ReturnModel.mean
        /// The state's value and the actions' advantages by heads of their own.
        var isDueling = false
        /// σ₀ of heads that explore by noise; nil where they do not.
        var noise: Float?

        /// Numbers of one row of the result.
        var outputs: Int { actions * returns.width }
    }

    private let plan: Plan
    private let torso: Torso
    /// Of the actions' values, or of their advantages.
    private let head: any Module
    /// Of the state's value.
    private let base: (any Module)?

    /// Why there is no such network; nil where there is one.
    static func objection(_ observations: Space, _ plan: Plan) -> String? {
        guard case .discrete = observations, plan.hidden.isEmpty, plan.noise != nil else { return nil }
        return "noisy needs a hidden layer where the world shows the number of a state, and net_arch is empty"
    }

    /// - Precondition: the torso has no objection to `observations`, and neither has the network.
    init(
        _ name: String, _ observations: Space, _ plan: Plan, in store: ParameterStore, using random: inout RandomSource
    ) {
        self.plan = plan
        let torso = Torso(name, observations, hidden: plan.hidden, activation: plan.activation, in: store, using: &random)
        self.torso = torso
        func head(_ outputs: Int, _ ending: String?) -> any Module {
            guard let noise = plan.noise else { return torso.head(outputs, named: ending, in: store, using: &random) }
            return NoisyLinear(
                "\(name).\(ending ?? "\(torso.depth)")", inputs: torso.features, outputs: outputs, deviation: noise, in: store,
                using: &random)
        }
        self.head = head(plan.outputs, plan.isDueling ? "advantage" : nil)
        base = plan.isDueling ? head(plan.returns.width, "value") : nil
    }

    /// A row as the world shows it → [actions · width], the numbers of one action side by side.
    ///
    /// With a duelling head Q = V + A − the mean of A over the actions (Wang et al. 2016, equation 9), number by number.
    func callAsFunction(_ x: Node) -> Node {
        let features = torso(x)
        guard let base else { return head(features) }
        let advantages = head(features).reshaped(to: .image(height: 1, width: plan.actions, channels: plan.returns.width))
        return advantages.addingSpread(base(features).subtracting(advantages.globalAveragePooled())).reshaped(
            to: .vector(plan.outputs))
    }
}
