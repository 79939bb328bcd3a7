import Basics
import Environments
import Kernels
import RLCore
import Testing

@testable import Agents

@Suite("Off-policy Monte-Carlo control")
struct OffPolicyMonteCarloTests {
    static let settings = ["off_policy": "true", "learning_rate": "1", "learning_rate_visits": "1"]

    func lane(_ values: [Double]) -> LaneOfSteps<OffPolicyMonteCarlo> {
        var lane = LaneOfSteps(OffPolicyMonteCarlo(table(values), lanes: 1, discount: 0.5))
        lane.size = StepSize(first: 1, halfLife: 1)
        return lane
    }

    @Test("weights and averages, five episodes by hand")
    func byHand() {
        var lane = lane([0, 0, 0, 0])
        lane.epsilon = 1
        // Every action had b = 1/2. Backwards: G = 2 with W = 1, then G = 1 + 2/2 with W = 2.
        lane.step(0, 0, 1, to: 1)
        #expect(lane.values == [0, 0, 0, 0])
        lane.step(1, 1, 2, to: 1, .terminated)
        #expect(lane.values == [2, 0, 0, 2])
        // (2 + 4)/2 = 3; G = 4/2.
        lane.step(0, 1, 0, to: 1)
        lane.step(1, 1, 4, to: 1, .terminated)
        #expect(lane.values == [2, 2, 0, 3])
        // 8 is greedy at once; (2 · 2 + 2 · 4)/4 = 3.
        lane.step(0, 0, 0, to: 1)
        lane.step(1, 0, 8, to: 1, .terminated)
        #expect(lane.values == [3, 2, 8, 3])
        // (2 + 4 + 0)/3 = 2, and no greedy action: what came before is not learned from.
        lane.step(0, 1, 100, to: 1)
        lane.step(1, 1, 0, to: 1, .terminated)
        #expect(lane.values == [3, 2, 8, 2])
        // b = 1/4 + 1/2, so W = 4/3 of C = 4 + 4/3: a quarter of the way from 3 to 1.
        lane.epsilon = 0.5
        lane.step(0, 0, 0, to: 1)
        lane.step(1, 0, 2, to: 1, .terminated)
        #expect(lane.values == [2.5, 2, 5, 2])
        #expect(lane.rule.table.visits.array == [3, 1, 2, 3])
    }

    @Test("among equally good actions the greedy policy takes each as often as the other")
    func ties() {
        var lane = lane([0, 0, 4, 4])
        lane.epsilon = 0.5
        // π = 1/2 and b = 1/4 + 1/4: the weight stays 1.
        lane.step(0, 0, 0, to: 1)
        lane.step(1, 0, 4, to: 1, .terminated)
        lane.epsilon = 1
        // Now b = 1/2 at the last step too.
        lane.step(0, 0, 2, to: 1)
        lane.step(1, 1, 4, to: 1, .terminated)
        #expect(lane.values == [3, 0, 4, 4])
    }

    @Test("a truncated episode's return is continued by the best action's value")
    func truncated() {
        var lane = lane([0, 0, 4, 2])
        lane.epsilon = 1
        lane.step(0, 0, 1, to: 1, .truncated)
        #expect(lane.values[0] == 3)
    }

    @Test("exploring alone, it finds the values of the best play; on policy it finds those of exploring")
    func separates() {
        // Action 1 goes on, from state 2 it pays 1; action 0 ends the episode and pays 0.6 · 0.9ˢ: going on is worth more.
        let best = [0.6, 0.81, 0.54, 0.9, 0.486, 1]
        var off = LaneOfSteps(OffPolicyMonteCarlo(table(Array(repeating: 0, count: 6)), lanes: 1, discount: 0.9))
        var on = LaneOfSteps(MonteCarlo(table(Array(repeating: 0, count: 6)), lanes: 1, discount: 0.9))
        off.size = StepSize(first: 1, halfLife: 1)
        on.size = off.size
        off.epsilon = 1
        on.epsilon = 1
        var random = RandomSource(seed: 5)
        let quits = [0.6, 0.54, 0.486]
        for _ in 0..<4000 {
            for state in 0..<3 {
                let goesOn = random.below(2) == 1
                let isLast = !goesOn || state == 2
                let reward = goesOn ? (state == 2 ? 1 : 0) : quits[state]
                off.step(state, goesOn ? 1 : 0, reward, to: isLast ? 0 : state + 1, isLast ? .terminated : .running)
                on.step(state, goesOn ? 1 : 0, reward, to: isLast ? 0 : state + 1, isLast ? .terminated : .running)
                if isLast { break }
            }
        }
        for (pair, value) in best.enumerated() { #expect((off.values[pair] - value).magnitude < 0.02, "pair \(pair)") }
        #expect(on.values[1] < 0.7)
    }

    @Test("saved in mid-episode and loaded elsewhere it goes on the same")
    func resumes() throws {
        func apprentice() throws -> Apprentice {
            let lake = try EnvironmentCatalogue.builtIn["frozenlake"]
            return try Apprentice(
                MonteCarlo.specification, in: lake.makeVector(lake.settings, lanes: 2), steps: 4000, Self.settings)
        }
        var whole = try apprentice(), again = try apprentice()
        whole.steps(1777)
        var worlds = Archive()
        whole.vector.save(into: &worlds)
        try again.vector.load(from: worlds)
        try again.agent.load(from: whole.archive)
        again.acting = whole.acting
        again.sampling = whole.sampling
        #expect(again.archive == whole.archive)
        whole.steps(1777)
        again.steps(1777)
        #expect(again.archive == whole.archive)
        #expect(whole.agent.updates > 100)
    }

    @Test("an archive whose chances are none is refused")
    func refuses() throws {
        let lake = try EnvironmentCatalogue.builtIn["frozenlake"]
        var apprentice = try Apprentice(
            MonteCarlo.specification, in: lake.makeVector(lake.settings, lanes: 1), Self.settings)
        while apprentice.archive["rule/lane0/chances"]?.shape != [1] { apprentice.step() }
        var broken = Archive()
        for name in apprentice.archive.names {
            guard let tensor = apprentice.archive[name] else { continue }
            broken.store(name == "rule/lane0/chances" ? Tensor(shape: [1], values: .float64([0])) : tensor, as: name)
        }
        #expect(throws: ArchiveError.self) { try apprentice.agent.load(from: broken) }
    }

    @Test("without a step size that falls the weights would not count: refused")
    func settings() throws {
        let lake = try EnvironmentCatalogue.builtIn["frozenlake"]
        #expect(throws: SettingError.self) {
            try Apprentice(MonteCarlo.specification, in: lake.makeVector(lake.settings, lanes: 1), ["off_policy": "true"])
        }
    }
}
