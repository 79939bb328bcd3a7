// Q(s, ·) as a network: a torso that suits what the world shows, and a head with a number for each action.
import Basics
import Neural
import RLCore

struct QNetwork: Module {
    private let torso: Torso
    private let head: any Module

    /// - Parameter hidden: widths of the hidden layers, see `Torso`.
    /// - Precondition: the torso has no objection to `observations`.
    init(
        _ name: String, _ observations: Space, hidden: [Int], actions: Int, in store: ParameterStore,
        using random: inout RandomSource
    ) {
        torso = Torso(name, observations, hidden: hidden, in: store, using: &random)
        head = torso.head(actions, in: store, using: &random)
    }

    /// A row as the world shows it → [actions].
    func callAsFunction(_ x: Node) -> Node { head(torso(x)) }
}
