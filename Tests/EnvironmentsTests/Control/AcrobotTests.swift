// Acrobot against the published package's numbers, and its energy, which the equations must keep.
import Basics
import Environments
import Kernels
import RLCore
import Testing

@Suite struct AcrobotTests {
    private func begin(_ world: Acrobot = Acrobot(), seed: UInt64) -> (world: Acrobot, random: RandomSource) {
        var world = world
        var random = RandomSource(seed: seed)
        world.reset(using: &random)
        return (world, random)
    }
    private func view(_ world: Acrobot) -> [Double] {
        let row = Storage<Float>(count: 6)
        row.all.withSpan { world.observe(into: &$0) }
        return row.all.array.map { Double($0) }
    }

    @Test func theCycleOfActionsFromSeed123() {
        var (world, random) = begin(seed: 123)
        #expect(world.state == [0.03647037222981453, -0.08923579752445221, -0.055928025394678116, -0.06312564015388489])
        #expect(
            isNear(view(world), [0.99933505, 0.03646229, 0.99602115, -0.089117415, -0.055928025, -0.06312564], within: 6.1e-8))
        for step in 1...10 {
            let outcome = world.step(.discrete((step - 1) % 3), using: &random)
            #expect(outcome == Outcome(reward: -1, ending: .running))
            if step == 1 {
                let expected = [0.03283078334365915, -0.12346102762286991, 0.019028761005633082, -0.2734676380175852]
                #expect(isNear(world.state, expected, within: 1e-14))
            }
        }
        let expected = [0.027970975165089333, 0.04618479638698657, 0.22856788557879043, -0.2798657461621158]
        #expect(isNear(world.state, expected, within: 1e-14))
        #expect(isNear(view(world), [0.9996088, 0.027967328, 0.9989337, 0.04616838, 0.22856788, -0.27986574], within: 6.1e-8))
    }

    /// Pushing the elbow the way it already turns; the published package's figures over seeds 0 to 49.
    @Test func pushingAlongSwingsUp() {
        let returns = (0..<50).map { seed in
            var (world, random) = begin(seed: UInt64(seed))
            var total = 0.0
            for _ in 1...500 {
                let outcome = world.step(.discrete(world.state[3] > 0 ? 2 : 0), using: &random)
                total += Double(outcome.reward)
                if outcome.ending == .terminated {
                    #expect(outcome.reward == 0)
                    return total
                }
            }
            return -.infinity
        }
        #expect(returns[0] == -121)
        #expect(returns.max() == -64 && returns.min() == -210)
        #expect(isNear(returns.reduce(0, +) / 50, -85.04, within: 1e-9))
    }

    /// Kinetic and potential energy of both links, from the textbook's Lagrangian.
    private func energy(_ state: [Double]) -> Double {
        let (first, both) = (state[0], state[0] + state[1])
        let (a, b) = (state[2], state[2] + state[3])
        let height = { (angle: Double) in -cosine(angle) }
        // Centre of the second link: the end of the first plus half a link.
        let square = a * a + 0.25 * b * b + a * b * cosine(state[1])
        return 0.5 * 0.25 * a * a + 0.5 * square + 0.5 * (a * a + b * b) + 9.8
            * (0.5 * height(first) + height(first) + 0.5 * height(both))
    }
    private func acrobot(_ state: [Double], _ world: Acrobot = Acrobot()) throws -> Acrobot {
        var archive = Archive()
        archive.store(state, as: "state")
        var world = world
        try world.load(from: archive)
        return world
    }
    private func drift(_ dynamics: Acrobot.Dynamics) throws -> Double {
        var random = RandomSource(seed: 1)
        var world = try acrobot([0.9, 0.9, 0.9, 0.9], Acrobot(dynamics: dynamics))
        let before = energy(world.state)
        for _ in 0..<20 { _ = world.step(.discrete(1), using: &random) }
        return abs(energy(world.state) - before)
    }
    @Test func withoutTorqueTheBooksEquationsKeepTheEnergy() throws {
        #expect(try drift(.book) < 0.1)
        #expect(try drift(.nips) > 1)
    }

    @Test func speedsAreLimitedAndAnglesStayWithinHalfATurn() throws {
        var random = RandomSource(seed: 1)
        var world = try acrobot([0, 0, 12.5, 28.2])
        _ = world.step(.discrete(0), using: &random)
        #expect(world.state[2] == Acrobot.firstSpeedLimit && world.state[0] < -2)
        world = try acrobot([2, -1, 0, 28])
        _ = world.step(.discrete(2), using: &random)
        #expect(world.state[3] == Acrobot.secondSpeedLimit)
        for _ in 0..<500 {
            _ = world.step(.discrete(world.state[3] > 0 ? 2 : 0), using: &random)
            #expect(abs(world.state[0]) <= .pi && abs(world.state[1]) <= .pi)
        }
    }

    @Test func noiseIsDrawnBeforeTheStep() {
        var (noisy, random) = begin(Acrobot(torqueNoise: 0.5), seed: 4)
        var (calm, twin) = begin(seed: 4)
        _ = noisy.step(.discrete(1), using: &random)
        #expect(random != twin)
        _ = twin.uniform(-0.5, 0.5)
        #expect(random == twin)
        _ = calm.step(.discrete(1), using: &twin)
        #expect(noisy.state != calm.state)
    }

    @Test func anActionThatDoesNotExistTraps() async {
        await #expect(processExitsWith: .failure) {
            var random = RandomSource(seed: 0)
            var world = Acrobot()
            _ = world.step(.discrete(-1), using: &random)
        }
    }
}
