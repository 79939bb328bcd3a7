// Cart-Pole against the published package's numbers, and against a twin that was written from the formulas alone.
import Basics
import Environments
import Kernels
import RLCore
import Testing

@Suite struct CartPoleTests {
    private func close(_ found: [Double], _ expected: [Double], _ tolerance: Double = 1e-12) -> Bool {
        found.count == expected.count && zip(found, expected).allSatisfy { abs($0 - $1) <= tolerance }
    }

    /// The world after a reset with `seed`, and the source it goes on with.
    private func begin(_ world: CartPole = CartPole(), seed: UInt64) -> (world: CartPole, random: RandomSource) {
        var world = world
        var random = RandomSource(seed: seed)
        world.reset(using: &random)
        return (world, random)
    }

    @Test func theNumbersOfTheDocumentation() {
        var (world, random) = begin(seed: 123)
        #expect(close(world.state, [0.018235186, -0.0446179, -0.027964013, -0.03156282], 1e-8))
        let outcome = world.step(.discrete(1), using: &random)
        #expect(close(world.state, [0.017342828, 0.15089367, -0.028595269, -0.33293587], 1e-8))
        #expect(outcome == Outcome(reward: 1, ending: .running))
        let wide = begin(CartPole(low: -0.1, high: 0.1), seed: 123).world
        #expect(close(wide.state, [0.03647037, -0.0892358, -0.05592803, -0.06312564], 1e-8))
    }

    @Test func alternatingActionsFromSeed42() {
        var (world, random) = begin(seed: 42)
        #expect(
            close(world.state, [0.027395604855596334, -0.0061121560247947709, 0.035859791991138243, 0.019736802905936393], 0))
        for step in 1...23 {
            let outcome = world.step(.discrete((step - 1) % 2), using: &random)
            #expect(outcome == Outcome(reward: 1, ending: step == 23 ? .terminated : .running))
            if step == 1 {
                #expect(
                    close(world.state, [0.027273361735100438, -0.20172953659005544, 0.036254528049256968, 0.32351475151075543]))
            }
            if step == 10 {
                #expect(
                    close(world.state, [0.0060926318301219758, -0.013583028466578995, 0.081676368885296918, 0.18511751721718533]))
            }
        }
    }

    @Test func alwaysRightFromSeed42() {
        var (world, random) = begin(seed: 42)
        for step in 1...10 {
            #expect(world.step(.discrete(1), using: &random).ending == (step == 10 ? .terminated : .running))
        }
        #expect(close(world.state, [0.20159528612444791, 1.9464184897770469, -0.22034578765190743, -2.9908076532741839]))
    }

    @Test func alternatingActionsFromSeed123() {
        var (world, random) = begin(seed: 123)
        for step in 1...10 {
            _ = world.step(.discrete((step - 1) % 2), using: &random)
            if step == 1 {
                #expect(
                    close(world.state, [0.017342828362418787, -0.23932790258219677, -0.028595269101341525, 0.25216765155412146]))
            }
        }
        #expect(close(world.state, [-0.009892124135567025, -0.041611949807239396, -0.011804748683437097, -0.09786684127724227]))
    }

    /// Barto, Sutton and Anderson's equations as one reads them in a book, integrated either way.
    private func twin(_ s: [Double], push: Double, _ integrator: CartPole.Integrator) -> [Double] {
        let gravity = 9.8, cart = 1.0, pole = 0.1, half = 0.5, seconds = 0.02
        let (sine, cosine) = sineAndCosine(s[2])
        let rest = (-push - pole * half * s[3] * s[3] * sine) / (cart + pole)
        let turning = (gravity * sine + cosine * rest) / (half * (4 / 3 - pole * cosine * cosine / (cart + pole)))
        let pushing = (push + pole * half * (s[3] * s[3] * sine - turning * cosine)) / (cart + pole)
        let velocity = s[1] + seconds * pushing, spin = s[3] + seconds * turning
        return integrator == .euler
            ? [s[0] + seconds * s[1], velocity, s[2] + seconds * s[3], spin]
            : [s[0] + seconds * velocity, velocity, s[2] + seconds * spin, spin]
    }

    @Test(arguments: CartPole.Integrator.allCases) func movesLikeItsTwin(_ integrator: CartPole.Integrator) {
        var (world, random) = begin(CartPole(integrator: integrator), seed: 7)
        var chooser = RandomSource(seed: 8)
        for _ in 0..<300 {
            let before = world.state
            let action = chooser.below(2)
            let ending = world.step(.discrete(action), using: &random).ending
            #expect(close(world.state, twin(before, push: action == 1 ? 10 : -10, integrator), 1e-13))
            if ending != .running { world.reset(using: &random) }
        }
    }

    /// A world in this state.
    private func world(_ state: [Double], _ world: CartPole = CartPole()) throws -> CartPole {
        var archive = Archive()
        archive.store(state, as: "state")
        archive.store(0, as: "over")
        var world = world
        try world.load(from: archive)
        return world
    }

    /// Exactly on a limit is still inside; the next number is out.
    @Test(arguments: [(0, CartPole.positionLimit), (2, CartPole.angleLimit)]) func limitsAreStrict(
        _ index: Int, _ limit: Double
    ) throws {
        var random = RandomSource(seed: 0)
        for sign in [-1.0, 1.0] {
            var state = [0.0, 0, 0, 0]
            state[index] = sign * limit
            var inside = try world(state)
            #expect(inside.step(.discrete(0), using: &random).ending == .running)
            state[index] = sign * limit.nextUp
            var outside = try world(state)
            #expect(outside.step(.discrete(0), using: &random).ending == .terminated)
        }
    }

    @Test func afterTheEndItPaysOnlyWhatIsInside() throws {
        var random = RandomSource(seed: 0)
        // Just inside and leaving slowly; pushes to the left bring it back before the pole has fallen.
        var cart = try world([2.399, 0.1, 0, 0])
        var outcomes: [Outcome] = []
        for action in [1, 0, 0, 0, 0, 0] { outcomes.append(cart.step(.discrete(action), using: &random)) }
        #expect(outcomes[0] == Outcome(reward: 1, ending: .terminated))
        #expect(outcomes[1] == Outcome(reward: 0, ending: .terminated))
        #expect(outcomes.last == Outcome(reward: 1, ending: .running))
        for outcome in outcomes.dropFirst() { #expect((outcome.reward == 0) == (outcome.ending == .terminated)) }
    }

    @Test func suttonAndBartoPayForTheFallAlone() throws {
        var random = RandomSource(seed: 0)
        var cart = try world([2.399, 0.1, 0, 0], CartPole(suttonBartoReward: true))
        #expect(cart.step(.discrete(1), using: &random) == Outcome(reward: -1, ending: .terminated))
        #expect(cart.step(.discrete(0), using: &random) == Outcome(reward: -1, ending: .terminated))
        var upright = begin(CartPole(suttonBartoReward: true), seed: 1).world
        #expect(upright.step(.discrete(1), using: &random) == Outcome(reward: 0, ending: .running))
    }

    @Test func theViewIsTheStateInSinglePrecision() {
        let world = begin(seed: 42).world
        let row = Storage<Float>(count: 4)
        row.all.withSpan { world.observe(into: &$0) }
        #expect(row.all.array == world.state.map { Float($0) })
        #expect(row.all.array.map { Double($0) } != world.state)
    }

    @Test func anActionThatDoesNotExistTraps() async {
        await #expect(processExitsWith: .failure) {
            var random = RandomSource(seed: 0)
            var world = CartPole()
            _ = world.step(.discrete(2), using: &random)
        }
    }
}
