// `rl bench environments`: steps a second of every world, 64 lanes one after the other, random actions, observations written; and
// sweeps a second of value iteration.
import Basics
public import Environments
import Kernels
public import RLCore

public enum WorldBench {
    static let lanes = 64
    /// Rows of random actions, drawn beforehand and used in turn.
    private static let drawn = 64

    /// `steps/cartpole/serial`, which the core's bench shows too.
    static var cartPole: BenchCase { steps("steps/cartpole/serial", CartPole.specification) }

    /// Every world of the catalogue, and planning in a grid that no cache holds.
    public static func cases(_ catalogue: [EnvironmentSpecification] = EnvironmentCatalogue.builtIn.all) -> [BenchCase] {
        catalogue.map { $0.name == CartPole.specification.name ? cartPole : steps("steps/\($0.name)", $0) }
            + ValueIterationBench.cases()
    }

    private static func steps(_ name: String, _ world: EnvironmentSpecification) -> BenchCase {
        BenchCase(name, units: lanes) {
            let vector: any VectorEnvironment
            do {
                vector = try world.makeVector(world.settings, lanes: lanes)
            } catch {
                fatalError("\(world.name) refuses its own defaults: \(error)")
            }
            var random = RandomSource(seed: 1)
            let actions = (0..<drawn).map { _ in randomActions(vector.actionSpace, using: &random) }
            _ = vector.reset(seed: 1)
            var next = 0
            return { iterations in
                for _ in 0..<iterations {
                    _ = vector.step(actions[next])
                    next = (next + 1) % drawn
                }
            }
        }
    }

    private static func randomActions(_ space: Space, using random: inout RandomSource) -> Actions {
        let actions = Actions(lanes: lanes, space: space)
        switch space {
        case .discrete(let count):
            for lane in 0..<lanes { actions.indices[lane] = Int32(random.below(count)) }
        case .box(let shape, let low, let high):
            for i in 0..<lanes * shape.count {
                let bounds = (max(-1e3, low[i % shape.count]), min(1e3, high[i % shape.count]))
                actions.values[i] = Float(random.uniform(Double(bounds.0), Double(bounds.1)))
            }
        case .bytes:
            fatalError("no world acts in bytes")
        }
        return actions
    }
}
