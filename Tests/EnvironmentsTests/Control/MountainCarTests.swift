// Mountain Car against the published package's numbers, and the walls and the flag by hand.
import Basics
import Environments
import Kernels
import RLCore
import Testing

@Suite struct MountainCarTests {
    @Test func theCycleOfActionsFromSeed123() {
        var random = RandomSource(seed: 123)
        var car = MountainCar()
        car.reset(using: &random)
        #expect(isNear(car.state, [-0.4635296273503713, 0], within: 0))
        for step in 1...10 {
            let outcome = car.step(.discrete((step - 1) % 3), using: &random)
            #expect(outcome == Outcome(reward: -1, ending: .running))
            if step == 1 { #expect(isNear(car.state, [-0.4649777115073088, -0.0014480841569375362], within: 1e-15)) }
        }
        #expect(isNear(car.state, [-0.4926766868103516, -0.004721927419749724], within: 1e-15))
    }

    /// Driving the way the car already rolls; the published package's figures over seeds 0 to 49.
    @Test func drivingAlongReachesTheFlag() {
        let lengths = (0..<50).map { seed in
            var random = RandomSource(seed: UInt64(seed))
            var car = MountainCar()
            car.reset(using: &random)
            for step in 1...200 {
                if car.step(.discrete(car.one.velocity >= 0 ? 2 : 0), using: &random).ending == .terminated { return step }
            }
            return 0
        }
        #expect(lengths[0] == 122)
        #expect(lengths.min() == 113 && lengths.max() == 124)
        #expect(isNear(Double(lengths.reduce(0, +)) / 50, 119.68, within: 1e-9))
    }

    private func car(_ position: Double, _ velocity: Double, _ world: MountainCar = MountainCar()) throws -> MountainCar {
        var archive = Archive()
        archive.store([position, velocity], as: "state")
        var world = world
        try world.load(from: archive)
        return world
    }

    @Test func theLeftEndIsAWallAndTheRightEndIsNot() throws {
        var random = RandomSource(seed: 0)
        var left = try car(-1.19, -0.07)
        _ = left.step(.discrete(0), using: &random)
        #expect(left.state == [-1.2, 0])
        var right = try car(0.59, 0.07, MountainCar(goalVelocity: 0.07))
        #expect(right.step(.discrete(2), using: &random).ending == .terminated)
        #expect(right.state == [0.6, 0.07])
    }

    @Test func theFlagCountsOnlyForWhoIsFastEnough() throws {
        var random = RandomSource(seed: 0)
        var fast = try car(0.49, 0.05, MountainCar(goalVelocity: 0.04))
        #expect(fast.step(.discrete(1), using: &random).ending == .terminated)
        var slow = try car(0.49, 0.03, MountainCar(goalVelocity: 0.04))
        #expect(slow.step(.discrete(1), using: &random).ending == .running)
        #expect(slow.one.position > MountainCar.goal)
        var back = try car(0.52, -0.005)
        #expect(back.step(.discrete(0), using: &random).ending == .running)
    }

    @Test func anActionThatDoesNotExistTraps() async {
        await #expect(processExitsWith: .failure) {
            var random = RandomSource(seed: 0)
            var world = MountainCar()
            _ = world.step(.discrete(3), using: &random)
        }
    }
}
