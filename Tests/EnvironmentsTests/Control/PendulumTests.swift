// The pendulum against the published package's numbers, and against its own energy.
import Basics
import Environments
import Kernels
import RLCore
import Testing

@Suite struct PendulumTests {
    private let push = Push()

    private func pendulum(_ angle: Double, _ speed: Double, _ world: Pendulum = Pendulum()) throws -> Pendulum {
        var archive = Archive()
        archive.store([angle, speed], as: "state")
        archive.store([Float(0)], as: "torque")
        var world = world
        try world.load(from: archive)
        return world
    }

    @Test func risingTorquesFromSeed123() {
        var random = RandomSource(seed: 123)
        var world = Pendulum()
        world.reset(using: &random)
        #expect(isNear(world.state, [1.1457505478975563, -0.8923579623955546], within: 0))
        var total = 0.0
        for step in 1...10 {
            let outcome = world.step(push(Float((step - 1) % 5 - 2)), using: &random)
            #expect(outcome.ending == .running)
            total += Double(outcome.reward)
            if step == 1 {
                #expect(isNear(world.state, [1.1202958943931036, -0.509093070089055], within: 1e-14))
                #expect(outcome.reward == Float(-1.396374591502615))
            }
            if step == 10 { #expect(outcome.reward == Float(-7.342894390854097)) }
        }
        #expect(isNear(world.state, [2.4645109958710867, 6.095034513296532], within: 1e-14))
        #expect(isNear(total, -29.653338012596215, within: 1e-5))
    }

    @Test func whatAStepCosts() throws {
        var random = RandomSource(seed: 0)
        func reward(_ angle: Double, _ speed: Double, _ torque: Float) throws -> Float {
            var world = try pendulum(angle, speed)
            return world.step(push(torque), using: &random).reward
        }
        #expect(try reward(0, 0, 0) == 0)
        #expect(try reward(0, 2, 0) == -0.4)
        #expect(try reward(0, 0, 2) == -0.004)
        #expect(try reward(0, 0, 50) == -0.004)
        // Half a turn is as far as it gets, however often it went round.
        #expect(try reward(.pi, 0, 0) == -Float(Double.pi * Double.pi))
        #expect(isNear(Double(try reward(7 * .pi, 0, 0)), -Double.pi * .pi, within: 1e-6))
        #expect(isNear(Double(try reward(1 - 40 * .pi, 0, 0)), -1, within: 1e-6))
        #expect(isNear(Double(try reward(-1 + 40 * .pi, 0, 0)), -1, within: 1e-6))
    }

    @Test func theSpeedIsLimited() throws {
        var random = RandomSource(seed: 0)
        var world = try pendulum(.pi / 2, 7.9)
        _ = world.step(push(2), using: &random)
        #expect(world.state == [.pi / 2 + 8 * 0.05, 8])
    }

    /// Without gravity a torque turns the rod by 3·torque a second squared.
    @Test func withoutGravityTheTorqueAloneTurns() throws {
        var random = RandomSource(seed: 0)
        var world = try pendulum(1, 0, Pendulum(gravity: 0))
        for _ in 0..<10 { _ = world.step(push(0.5), using: &random) }
        #expect(isNear(world.state[1], 10 * 0.05 * 1.5, within: 1e-12))
    }

    @Test func aTorqueThatIsNoNumberTraps() async {
        await #expect(processExitsWith: .failure) {
            var random = RandomSource(seed: 0)
            var world = Pendulum()
            let push = Push()
            _ = world.step(push(.nan), using: &random)
            withExtendedLifetime(push) {}
        }
    }
}
