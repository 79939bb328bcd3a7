// Q(s, ·) with layer normalisation before every activation: what lets PQN learn without a target network.
import Basics
import Neural
import RLCore

/// Hidden layers of `linear → layer norm → ReLU`, then a linear head. On pictures the first of them follows the convolutions.
struct NormalisedQNetwork: Module {
    private let layers: [any Module]
    private let head: any Module

    /// - Parameter normalises: without, it is a plain network.
    init(
        _ name: String, _ observations: Space, hidden: [Int], actions: Int, normalises: Bool, in store: ParameterStore,
        using random: inout RandomSource
    ) {
        let first = Torso(
            name, observations, hidden: Array(hidden.prefix(1)), last: Activation.none, in: store, using: &random)
        var layers: [any Module] = [first], width = first.features
        func finish(_ index: Int, using random: inout RandomSource) {
            if normalises { layers.append(GroupNorm.layer("\(name).norm\(index)", width: width, in: store, using: &random)) }
            layers.append(Activation.relu)
        }
        if hidden.isEmpty, case .vector = observations.shape {
            head = first.head(actions, named: "head", in: store, using: &random)
        } else {
            finish(0, using: &random)
            for (i, next) in hidden.dropFirst().enumerated() {
                layers.append(
                    Linear("\(name).hidden\(i + 1)", inputs: width, outputs: next, in: store, using: &random))
                width = next
                finish(i + 1, using: &random)
            }
            head = Linear("\(name).head", inputs: width, outputs: actions, in: store, using: &random)
        }
        self.layers = layers
    }

    /// A row as the world shows it → [actions].
    func callAsFunction(_ x: Node) -> Node { head(layers.reduce(x) { $1($0) }) }
}
