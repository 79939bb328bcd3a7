// The continuous Mountain Car against the published package's numbers, whose precision changes after the first step.
import Basics
import Environments
import Kernels
import RLCore
import Testing

@Suite struct MountainCarContinuousTests {
    private let push = Push()

    private func begin(
        _ world: MountainCarContinuous = MountainCarContinuous(), seed: UInt64
    ) -> (
        world: MountainCarContinuous, random: RandomSource
    ) {
        var world = world
        var random = RandomSource(seed: seed)
        world.reset(using: &random)
        return (world, random)
    }

    @Test func theCycleOfActionsFromSeed123() {
        var (world, random) = begin(seed: 123)
        #expect(isNear(world.state, [-0.4635296273503713, 0], within: 0))
        var total = 0.0
        for step in 1...10 {
            let outcome = world.step(push(Float((step - 1) % 3 - 1)), using: &random)
            #expect(outcome.ending == .running)
            total += Double(outcome.reward)
            if step == 1 {
                #expect(world.state == [Double(Float(-0.4654777)), Double(Float(-0.0019480842))])
                #expect(outcome.reward == -0.1)
            }
        }
        #expect(world.state == [Double(Float(-0.49572694)), Double(Float(-0.0051064137))])
        #expect(isNear(total, -0.7, within: 1e-6))
    }

    /// Driving the way the car already rolls; the published package's figures over seeds 0 to 49.
    @Test func drivingAlongReachesTheFlag() {
        let episodes = (0..<50).map { seed in
            var (world, random) = begin(seed: UInt64(seed))
            var total = 0.0
            for step in 1...999 {
                let outcome = world.step(push(world.velocity >= 0 ? 1 : -1), using: &random)
                total += Double(outcome.reward)
                if outcome.ending == .terminated { return (step, total) }
            }
            return (0, 0)
        }
        #expect(episodes[0].0 == 106 && isNear(episodes[0].1, 89.4, within: 1e-4))
        #expect(episodes.map(\.0).min() == 105 && episodes.map(\.0).max() == 111)
        #expect(isNear(episodes.reduce(0) { $0 + $1.1 } / 50, 89.366, within: 1e-3))
    }

    @Test func beyondOneItDrivesAsAtOneAndPaysInFull() {
        var (full, random) = begin(seed: 5)
        var (beyond, twin) = begin(seed: 5)
        #expect(isNear(Double(full.step(push(-1), using: &random).reward), -0.1, within: 1e-7))
        #expect(isNear(Double(beyond.step(push(-3), using: &twin).reward), -0.9, within: 1e-7))
        #expect(isNear(full.state, beyond.state, within: 1e-7))
    }

    @Test func afterTheFirstStepTheStateIsInSinglePrecision() {
        var (world, random) = begin(seed: 6)
        #expect(world.position != Double(Float(world.position)))
        for _ in 0..<100 {
            _ = world.step(push(0.3), using: &random)
            #expect(world.state == world.state.map { Double(Float($0)) })
        }
    }

    @Test func theFlagAndTheWall() throws {
        func car(_ position: Double, _ velocity: Double, fresh: Int) throws -> MountainCarContinuous {
            var archive = Archive()
            archive.store([position, velocity], as: "state")
            archive.store(fresh, as: "fresh")
            var world = MountainCarContinuous()
            try world.load(from: archive)
            return world
        }
        var random = RandomSource(seed: 0)
        for fresh in [0, 1] {
            var there = try car(0.44, 0.03, fresh: fresh)
            #expect(there.step(push(1), using: &random) == Outcome(reward: 99.9, ending: .terminated))
            var wall = try car(-1.19, -0.06, fresh: fresh)
            _ = wall.step(push(-1), using: &random)
            #expect(wall.state == [Double(Float(-1.2)), 0])
        }
    }

    @Test func aPedalThatIsNoNumberTraps() async {
        await #expect(processExitsWith: .failure) {
            var random = RandomSource(seed: 0)
            var world = MountainCarContinuous()
            let push = Push()
            _ = world.step(push(.nan), using: &random)
            withExtendedLifetime(push) {}
        }
    }
}
