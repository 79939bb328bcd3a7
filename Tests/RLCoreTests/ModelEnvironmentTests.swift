// Sampling a model: equal to running sums in Double, one draw a step, and a wrong model refused by state and action.

import Basics
import Kernels
import RLCore
import Testing

/// One row of probabilities for every state and action; outcome i leads to state i and pays i.
private struct Rows: MDP {
    var rows: [[Double]]
    var stateCount: Int
    var actionCount = 1
    var starts: [(probability: Double, state: Int)] = [(1, 0)]
    var layout: GridLayout? { nil }
    var wrongNext: Int?

    init(_ rows: [[Double]], states: Int) {
        self.rows = rows
        stateCount = states
    }
    func transitions(of action: Int, in state: Int) -> [Transition] {
        rows[state % rows.count].enumerated().map { place, share in
            Transition(probability: share, next: wrongNext ?? place, reward: Double(place), terminates: false)
        }
    }
}

/// The rule as it is written: the first index whose running sum exceeds the draw, 0 if none does.
private func naiveChoice(_ probabilities: [Double], draw: Double) -> Int {
    var sum = 0.0
    for (i, probability) in probabilities.enumerated() {
        sum += probability
        if sum > draw { return i }
    }
    return 0
}

/// A source whose next 64 bits are all ones: the largest draw there is.
private func sourceAtTheTop() throws -> RandomSource {
    let multiplier: UInt128 = 0x2360_ED05_1FC6_5DA4_4385_DF64_9FCC_F645
    var inverse: UInt128 = 1
    for _ in 0..<8 { inverse = inverse &* (2 &- multiplier &* inverse) }
    let wanted = UInt128(UInt64.max) << 64
    let state = (wanted &- 1) &* inverse
    return try #require(RandomSource(words: [UInt64(state >> 64), UInt64(truncatingIfNeeded: state), 0, 1, 0]))
}

@Suite struct ModelEnvironmentTests {
    @Test(arguments: [
        [1.0], [0.5, 0.5], [1.0 / 3, 1.0 / 3, 1.0 / 3], [0.1, 0.8, 0.1], [0, 0.25, 0, 0.75], Array(repeating: 0.1, count: 10),
        [0.2, 0.2, 0.2, 0.2, 0.2], [0.999999, 0.000001],
    ])
    func choosesAsRunningSumsDo(probabilities: [Double]) throws {
        var world = try ModelEnvironment(Rows([probabilities], states: probabilities.count))
        var random = RandomSource(seed: 7)
        var twin = random
        world.reset(using: &random)
        _ = twin.unit()
        for _ in 0..<20_000 {
            let outcome = world.step(.discrete(0), using: &random)
            let expected = naiveChoice(probabilities, draw: twin.unit())
            #expect(world.modelState == expected && outcome.reward == Float(expected) && outcome.ending == .running)
        }
        #expect(random == twin)
    }

    @Test func aDrawAboveEverySumTakesTheFirst() throws {
        var top = try sourceAtTheTop()
        #expect(top.unit() == 1 - 0x1p-53)
        for rest in [0.25, 0.125] {
            // A sum that stays a hair below 1, in rows of two, four and more places.
            let probabilities = [rest - 2e-10] + Array(repeating: rest, count: Int(1 / rest) - 1)
            var random = try sourceAtTheTop()
            var world = try ModelEnvironment(Rows([probabilities], states: probabilities.count))
            world.place(in: 1)
            _ = world.step(.discrete(0), using: &random)
            #expect(world.modelState == 0)
        }
        var model = Rows([[1]], states: 3)
        model.starts = [(0.5, 2), (0.5 - 2e-10, 1)]
        var random = try sourceAtTheTop()
        var world = try ModelEnvironment(model)
        world.place(in: 1)
        world.reset(using: &random)
        #expect(world.modelState == 2)
    }

    @Test func startsAreDrawnInOrder() throws {
        var model = Rows([[1]], states: 300)
        model.starts = (0..<300).map { (1.0 / 300, 299 - $0) }
        var world = try ModelEnvironment(model)
        var random = RandomSource(seed: 3)
        var twin = random
        for _ in 0..<5_000 {
            world.reset(using: &random)
            #expect(world.modelState == 299 - naiveChoice(model.starts.map(\.probability), draw: twin.unit()))
        }
        #expect(random == twin)
    }

    @Test func wrongModelsAreRefusedByName() {
        func sentence(_ model: Rows) -> String {
            do throws(ModelError) {
                _ = try TabulatedModel(model)
                return "accepted"
            } catch {
                return error.description
            }
        }
        var model = Rows([[1], [0.5, 0.25]], states: 2)
        #expect(sentence(model) == "the probabilities of action 0 in state 1 sum to 0.75; they must sum to 1")
        model = Rows([[1], []], states: 2)
        #expect(sentence(model) == "the probabilities of action 0 in state 1 sum to 0.0; they must sum to 1")
        model = Rows([[1.5, -0.5]], states: 2)
        #expect(sentence(model) == "a probability of action 0 in state 0 is 1.5; it must be from 0 to 1")
        model = Rows([[.nan]], states: 1)
        #expect(sentence(model).hasPrefix("a probability of action 0 in state 0 is nan"))
        model = Rows([[1]], states: 2)
        model.wrongNext = 2
        #expect(sentence(model).hasPrefix("action 0 in state 0 leads to state 2"))
        model = Rows([[1]], states: 2)
        model.starts = [(0.5, 0)]
        #expect(sentence(model) == "the probabilities of the starts sum to 0.5; they must sum to 1")
        model.starts = [(1, 2)]
        #expect(sentence(model) == "episodes start in state 2, there are 2")
        model = Rows([[1 - 5e-10]], states: 1)
        #expect(sentence(model) == "accepted")
    }

    @Test func equalMeansTheSameStateOfTheSameRules() throws {
        let one = try ModelEnvironment(Rows([[0.5, 0.5]], states: 2))
        let same = try ModelEnvironment(Rows([[0.5, 0.5]], states: 2))
        let other = try ModelEnvironment(Rows([[0.25, 0.75]], states: 2))
        var elsewhere = one
        elsewhere.place(in: 1)
        #expect(one == same && one != other && one != elsewhere)
        #expect(try TabulatedModel(Rows([[0.5, 0.5]], states: 2)) != TabulatedModel(Rows([[0.25, 0.75]], states: 2)))
    }

    @Test func theStateTellsWhatIsHidden() throws {
        /// Two states that look alike.
        struct Twins: MDP {
            let stateCount = 2, actionCount = 1, observationCount = 1
            let starts: [(probability: Double, state: Int)] = [(1, 1)]
            var layout: GridLayout? { nil }
            func observation(of state: Int) -> Int { 0 }
            func transitions(of action: Int, in state: Int) -> [Transition] {
                [Transition(probability: 1, next: state, reward: 0, terminates: false)]
            }
        }
        let world = try ModelEnvironment(Twins())
        let view = RowStorage(count: 1, space: world.observationSpace)
        view.rows.floats[0] = 9
        view.rows.floats.withSpan { world.observe(into: &$0) }
        #expect(world.state == [1] && view.rows.floats[0] == 0 && world.observationSpace == .discrete(1))
    }

    @Test func aStateThatIsNotThereCannotBeLoaded() throws {
        var archive = Archive()
        archive.store(2, as: "state")
        var world = try ModelEnvironment(Rows([[0.5, 0.5]], states: 2))
        #expect(throws: ArchiveError("state 2 was saved, this world has 2")) { try world.load(from: archive) }
    }

    @Test func theModelLawsFindALie() throws {
        let truth = Rows([[0.5, 0.25, 0.25]], states: 3)
        let world = try ModelEnvironment(truth)
        func broken(_ model: Rows) -> [String] { brokenModelLaws(of: world, model: model, steps: 20_000) { $0.modelState } }
        #expect(broken(truth) == [])
        #expect(!broken(Rows([[0.45, 0.3, 0.25]], states: 3)).isEmpty)
        #expect(!broken(Rows([[0.75, 0.25]], states: 3)).isEmpty)
        var start = truth
        start.starts = [(0.5, 0), (0.5, 1)]
        #expect(!broken(start).isEmpty)
        #expect(brokenEnvironmentLaws(of: world, steps: 200) == [])
    }
}
