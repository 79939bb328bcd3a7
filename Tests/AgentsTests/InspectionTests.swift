// Experiments on networks whose weights are set by hand: where hiding hurts, what a unit prefers, and how little flips a decision.
import Basics
import Kernels
import Neural
import RLCore
import TestSupport
import Testing

@testable import Agents

@Suite struct InspectionTests {
    /// A lens on a Q-network whose parameters are set by name; all others are zero.
    private func lens(_ space: Space, _ plan: QNetwork.Plan, _ values: [String: [Float]]) -> NetworkLens {
        var random = RandomSource(seed: 1)
        let store = ParameterStore()
        let network = QNetwork("q", space, plan, in: store, using: &random)
        for parameter in store.parameters {
            if let numbers = values[parameter.name] {
                store.values(of: parameter).copy(from: numbers)
            } else {
                store.values(of: parameter).fill(0)
            }
        }
        return QPolicy(network, store, returns: plan.returns, observationSpace: space, actionCount: plan.actions, lanes: 1)
            .makeLens()
    }
    private let plane = Space.box(.vector(2), low: [-1, -1], high: [1, 1])

    /// Q = (x₀, x₁). At (0.5, 0.2) the lead is 0.3, and a step of ε takes 2ε of it: 0.16 flips, 0.14 does not. At (0.9, 0) it needs 0.45.
    @Test func aStepFlipsWhereTheLeadEnds() {
        let lens = lens(plane, .init(hidden: [], actions: 2), ["q.0.weight": [1, 0, 0, 1]])
        lens.show([0.5, 0.2])
        #expect(lens.stepAgainstTheLead() == [-1, 1] && lens.chosen == 0)
        lens.show([0.2, 0.5])
        #expect(lens.stepAgainstTheLead() == [1, -1] && lens.chosen == 1)
        var random = RandomSource(seed: 2)
        let curve = FlipCurve(
            lens, [[0.5, 0.2], [0.9, 0]], sizes: [0.14, 0.16, 0.44, 0.46], widths: [1, 1], bounds: nil, using: &random)
        #expect(curve.flipped == [0, 0.5, 0.5, 1] && curve.smallest == [1, 3])
        // Half as wide numbers move half as far.
        let narrow = FlipCurve(lens, [[0.5, 0.2]], sizes: [0.16, 0.32], widths: [0.5, 0.5], bounds: nil, using: &random)
        #expect(narrow.smallest == [1])
        // Between bounds the first number cannot fall below 0.45, nor the second rise above 0.44.
        let held = FlipCurve(
            lens, [[0.5, 0.2]], sizes: [0.16, 1], widths: [1, 1], bounds: (low: [0.45, 0], high: [1, 0.44]), using: &random)
        #expect(held.smallest == [nil] && held.flipped == [0, 0])
    }

    /// Signs that chance chose take 2ε of the lead, give 2ε, or leave it, a quarter, a quarter and a half of the time.
    @Test func noiseOfTheSameSizeFlipsLess() {
        let lens = lens(plane, .init(hidden: [], actions: 2), ["q.0.weight": [1, 0, 0, 1]])
        var random = RandomSource(seed: 2)
        let inputs = [[Float]](repeating: [0.5, 0.2], count: 400)
        let curve = FlipCurve(lens, inputs, sizes: [0.2], widths: [1, 1], bounds: nil, using: &random)
        #expect(curve.flipped == [1] && abs(curve.flippedByNoise[0] - 0.25) < 0.08)
    }

    /// Unit 0 is relu(x₀ − 2x₁): greatest at (1, −1), where it is 3. It is off at the first start, so that the climb takes the second.
    @Test func theClimbEndsInTheCorner() {
        let lens = lens(
            plane, .init(hidden: [2], actions: 2), ["q.0.weight": [1, 0, -2, 0], "q.1.weight": [1, 0, 0, 0]])
        #expect(lens.layers.map(\.name) == ["q.0"] && lens.layers[0].weightShape == [2, 2])
        for starts in [[[0, -0.1]], [[-0.5, 0.5], [0.1, 0]]] as [[[Float]]] {
            let found = lens.preferredInput(ofUnits: [0], inLayer: 0, from: starts, low: [-1, -1], high: [1, 1])
            #expect(found.input == [1, -1] && found.activation == 3 && lens.input == [1, -1])
        }
        let nowhere = lens.preferredInput(ofUnits: [1], inLayer: 0, from: [[0.5, 0.5]], low: [-1, -1], high: [1, 1])
        #expect(nowhere.input == [0.5, 0.5] && nowhere.activation == 0, "a unit that is always off prefers nothing")
    }

    /// The layer says (max(x₀, 0), 0): inputs lie on a line by x₀ alone, and those with x₀ < 0 lie together.
    @Test func aMapIsOfWhatTheLayerSays() throws {
        let lens = lens(plane, .init(hidden: [2], actions: 2), ["q.0.weight": [1, 0, 0, 0]])
        let inputs: [[Float]] = [[0, 1], [0.5, -1], [1, 0], [-1, 0.3]]
        var random = RandomSource(seed: 1)
        let map = try #require(StateMap(lens, inputs, layer: 0, using: &random))
        #expect(map.varianceShares.count == 1 && abs(map.varianceShares[0] - 1) < 1e-9 && map.neighbours.count == 4)
        let places = map.components.map { Float($0.x) - Float(map.components[0].x) }
        expectClose(places, [0, 0.5, 1, 0], absolute: 1e-6)
        #expect(map.components.allSatisfy { $0.y == 0 })
        #expect(StateMap(lens, [[-1, 0], [-0.5, 1]], layer: 0, using: &random) == nil)
    }

    /// Q₀ is the middle pixel of nine: hiding it behind 0.25 costs 0.5, hiding anything else costs nothing.
    @Test func hidingHurtsWhereTheScoreComesFrom() throws {
        let space = Space.box(
            .image(height: 3, width: 3, channels: 1), low: Array(repeating: 0, count: 9), high: Array(repeating: 1, count: 9))
        let middle = (0..<9 * 16).map { Float($0 == 4 * 16 ? 1 : 0) }, first = (0..<16).map { Float($0 == 0 ? 1 : 0) }
        let lens = lens(
            space, .init(hidden: [1], actions: 2), ["q.0.weight": middle, "q.1.weight": first, "q.2.weight": [1, 0]])
        let input: [Float] = [0.1, 0.2, 0.3, 0.4, 0.75, 0.6, 0.7, 0.8, 0.9]
        let background = [Float](repeating: 0.25, count: 9)
        let hidden = try #require(lens.occlusion(of: input, behind: background))
        #expect(hidden.width == 3 && hidden.height == 3 && hidden.values == [0, 0, 0, 0, 0.5, 0, 0, 0, 0])
        #expect(lens.input == input && lens.chosen == 0 && lens.shown(0) == 0.75)
        #expect(self.lens(plane, .init(hidden: [], actions: 2), [:]).occlusion(of: [1, 1], behind: [0, 0]) == nil)
        // A state's number has no gradient.
        let table = self.lens(.discrete(3), .init(hidden: [2], actions: 2), [:])
        #expect(!table.hasGradient && table.layers.map(\.name) == ["q.states"])
    }
}
