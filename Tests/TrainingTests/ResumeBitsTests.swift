// Every algorithm in every kind of world it fits: interrupted either way, it ends with the bytes of the run that never was.
import Agents
import TestSupport
import Testing

@testable import Training

@Suite struct ResumeBitsTests {
    private let folder = TemporaryFolder()

    /// Tables, vectors, continuous actions, small pictures, stacks of large ones.
    private static let worlds = ["frozenlake", "cartpole", "pendulum", "breakout", "pixel-pong"]
    private static let cases: [(String, String)] = AlgorithmCatalogue.builtIn.all.flatMap { algorithm in
        worlds.compactMap { world in
            (try? tinyPlan(algorithm.name, world, steps: 100).checkFit()).map { (algorithm.name, world) }
        }
    }

    @Test func everyAlgorithmAndEveryKindOfWorldIsTried() {
        #expect(Set(Self.cases.map(\.0)) == Set(AlgorithmCatalogue.builtIn.all.map(\.name)))
        for world in Self.worlds { #expect(Self.cases.count { $0.1 == world } >= 3, "\(world)") }
    }

    @Test(arguments: cases) func anInterruptedRunEndsLikeTheWhole(_ algorithm: String, _ world: String) throws {
        let plan = try tinyPlan(algorithm, world, steps: world.hasPrefix("pixel") ? 80 : 300)
        let check = ResumeCheck(plan, in: folder.path, episodes: 2)
        _ = try check.trainWhole()
        for kind in InterruptionKind.allCases {
            let comparison = try check.compare(kind, at: plan.steps * 5 / 8, Catalogues())
            #expect(comparison.files.count >= 6)
            for file in comparison.files { #expect(file.difference == nil, "\(kind) \(file.name)") }
        }
    }
}
