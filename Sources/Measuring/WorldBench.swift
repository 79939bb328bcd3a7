// `rl bench environments`: steps a second of every world, 64 lanes, random actions drawn inside, resets, observations
// written; and sweeps a second of value iteration.
import Basics
public import Environments
public import RLCore

public enum WorldBench {
    static let lanes = 64

    /// `steps/cartpole/serial`, which the core's bench shows too: one lane after the other, as worlds of any kind are stepped.
    static var serialCartPole: BenchCase { steps("steps/cartpole/serial", CartPole.specification, isSerial: true) }

    /// Every world of the catalogue, and planning in a grid that no cache holds.
    public static func cases(_ catalogue: [EnvironmentSpecification] = EnvironmentCatalogue.builtIn.all) -> [BenchCase] {
        catalogue.flatMap { world in
            world.name == CartPole.specification.name
                ? [steps("steps/cartpole/vector", world), serialCartPole] : [steps("steps/\(world.name)", world)]
        } + ValueIterationBench.cases()
    }

    private static func steps(_ name: String, _ world: EnvironmentSpecification, isSerial: Bool = false) -> BenchCase {
        BenchCase(name, units: lanes) {
            let vector: any VectorEnvironment
            do {
                vector = try world.makeVector(world.settings, lanes: lanes, isSerial: isSerial)
            } catch {
                fatalError("\(world.name) refuses its own defaults: \(error)")
            }
            var random = RandomSource(seed: 1)
            let space = vector.actionSpace
            let actions = Actions(lanes: lanes, space: space)
            _ = vector.reset(seed: 1)
            return { iterations in
                for _ in 0..<iterations {
                    actions.drawAll(from: space, using: &random)
                    _ = vector.step(actions)
                }
            }
        }
    }
}
