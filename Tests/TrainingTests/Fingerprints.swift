// Five short trainings and the weights they end with, to the last bit: the same in debug and release, and on every machine.
import Testing

@testable import Training

enum Fingerprints {
    /// Between them: tables, both kinds of actions, replay with priorities and noise, rollouts, convolutions on pictures of bits.
    static let cases = [
        ("q-lambda", "frozenlake", "ce163945caf02a44"), ("rainbow", "cartpole", "4e5d61cfb7956605"),
        ("ppo", "pendulum", "459126c05a56b04f"), ("a2c", "acrobot", "218d1ec026ddda06"),
        ("dqn", "breakout", "91a2ea011184413b"),
    ]

    static func compute(_ algorithm: String, _ world: String) throws -> String {
        let run = try TrainingRun(
            tinyPlan(algorithm, world, steps: 400, [("normalize_observation", world == "pendulum" ? "true" : "false")]))
        while !run.isFinished { try run.advance() }
        return run.fingerprint()
    }
}

/// A change of these numbers is a change of what everybody's seeds give: it belongs in the changelog.
@Suite struct FingerprintTests {
    @Test(arguments: Fingerprints.cases) func debug(_ algorithm: String, _ world: String, _ expected: String) throws {
        let found = try Fingerprints.compute(algorithm, world)
        #expect(found == expected)
    }
}

/// The same in the optimised build: what is fast computes what is slow.
@Suite struct FingerprintBitsTests {
    @Test(arguments: Fingerprints.cases) func release(_ algorithm: String, _ world: String, _ expected: String) throws {
        let found = try Fingerprints.compute(algorithm, world)
        #expect(found == expected)
    }
}
