// What an agent behind preprocessing is shown, and that its policies keep to what was learned.
import Basics
import Kernels
import RLCore
import TestSupport
import Testing

@Suite struct PreprocessedAgentTests {
    /// Remembers what it is shown; its policy answers with the first number that it sees.
    private final class Witness: Agent {
        var rewards: [[Float]] = []
        var seen: [[Float]] = []
        var successors: [[Float]] = []
        let metricNames = ["loss"]
        let updates = 0
        let byteCount = 0
        func begin(_ first: StepBatch) { seen.append(first.observations.floats.array) }
        func act(into actions: Actions, using sources: inout [RandomSource]) {}
        func remember(_ actions: Actions, _ step: StepBatch) {
            rewards.append(step.rewards.array)
            seen.append(step.observations.floats.array)
            successors.append((0..<step.lanes).flatMap { step.successor(of: $0).floats.array })
        }
        func learn(using random: inout RandomSource) throws(NotFinite) -> Metrics? { nil }
        func makePolicy() -> any Policy { Echo() }
        func save(into archive: inout Archive) { archive.store([Float(1)], as: "witness") }
        func load(from archive: Archive) throws(ArchiveError) { _ = try archive.floats("witness", count: 1) }
    }
    private final class Echo: Policy {
        func begin(lanes: Int) {}
        func act(on observations: Rows, into actions: Actions, mode: Mode, using sources: inout [RandomSource]) {
            for lane in 0..<observations.count { actions.values[lane] = observations.floats[lane * observations.width] }
        }
        func save(into archive: inout Archive) { archive.store([Float(2)], as: "echo") }
        func load(from archive: Archive) throws(ArchiveError) { _ = try archive.floats("echo", count: 1) }
    }

    /// Two lanes of a world whose episodes end when they are told 1; shows the steps so far, a mark of the episode, and a third.
    private func play(_ rules: Preprocessing, steps: Int) -> (witness: Witness, agent: PreprocessedAgent, plain: [StepCopy]) {
        let vector = Vector(CountingWorld(), lanes: 2)
        let witness = Witness()
        let agent = PreprocessedAgent(witness, rules, lanes: 2, space: vector.observationSpace)
        let actions = Actions(lanes: 2, space: vector.actionSpace)
        var plain: [StepCopy] = []
        agent.begin(vector.reset(seed: 1))
        for step in 0..<steps {
            actions.indices[0] = step % 3 == 2 ? 1 : 0
            let batch = vector.step(actions)
            plain.append(StepCopy(batch))
            agent.remember(actions, batch)
            // What the run counts has not been touched.
            #expect(StepCopy(batch) == plain.last)
        }
        withExtendedLifetime(vector) {}
        return (witness, agent, plain)
    }
    private struct StepCopy: Equatable {
        let rewards: [Float]
        let seen: [Float]
        let successors: [Float]
        let isOver: [Bool]
        init(_ batch: StepBatch) {
            rewards = batch.rewards.array
            seen = batch.observations.floats.array
            successors = (0..<batch.lanes).flatMap { batch.successor(of: $0).floats.array }
            isOver = (0..<batch.lanes).map { batch.ending(of: $0) != .running }
        }
    }

    @Test func rewardsAreScaledThenBounded() {
        var rules = Preprocessing()
        rules.rewardScale = -0.5
        rules.rewardLimit = 1
        let (witness, _, plain) = play(rules, steps: 7)
        #expect(witness.rewards == plain.map { $0.rewards.map { max(-1, min(1, -0.5 * $0)) } })
        #expect(Array(witness.seen.dropFirst()) == plain.map(\.seen))
        #expect(witness.rewards.joined().contains(-1) && witness.rewards.joined().contains(-0.5))
    }

    @Test func rewardsAreDividedByTheDeviationOfTheirReturns() {
        var rules = Preprocessing()
        rules.normalizesRewards = true
        rules.discount = 0.9
        let (witness, _, plain) = play(rules, steps: 8)
        var returns = [0.0, 0.0]
        var mean = 0.0, variance = 1.0, count = 1e-4
        for (step, shown) in zip(plain, witness.rewards) {
            for lane in 0..<2 { returns[lane] = 0.9 * returns[lane] + Double(step.rewards[lane]) }
            let average = (returns[0] + returns[1]) / 2, total = count + 2
            let squares = returns.reduce(0) { $0 + ($1 - average) * ($1 - average) }
            variance = (variance * count + squares + (average - mean) * (average - mean) * count * 2 / total) / total
            mean += (average - mean) * 2 / total
            count = total
            for lane in 0..<2 {
                #expect(abs(Double(shown[lane]) - Double(step.rewards[lane]) / (variance + 1e-8).squareRoot()) < 1e-4)
                if step.isOver[lane] { returns[lane] = 0 }
            }
        }
        #expect(plain.contains { $0.isOver[0] })
    }

    @Test func observationsAreNormalisedByWhatWasSeenSoFar() {
        var rules = Preprocessing()
        rules.normalizesObservations = true
        rules.observationLimit = 1.2
        let (witness, _, plain) = play(rules, steps: 8)
        var moments = RunningMoments(width: 3)
        let storage = Storage<Float>(count: 6)
        let fresh = Vector(CountingWorld(), lanes: 2)
        let first = fresh.reset(seed: 1).observations.floats.array
        for (index, seen) in ([first] + plain.map(\.seen)).enumerated() {
            storage.all.copy(from: seen)
            moments.add(storage.all)
            func normal(_ numbers: [Float]) -> [Float] {
                numbers.indices.map { i in
                    let number = (Double(numbers[i]) - moments.mean[i % 3]) / moments.scale(i % 3)
                    return max(-1.2, min(1.2, Float(number)))
                }
            }
            #expect(witness.seen[index] == normal(seen))
            if index > 0 { #expect(witness.successors[index - 1] == normal(plain[index - 1].successors)) }
        }
        withExtendedLifetime(fresh) {}
        #expect(witness.seen.joined().contains(1.2))
        #expect(rules.shown(.box(.vector(1), low: [-5], high: [5])) == .box(.vector(1), low: [-1.2], high: [1.2]))
    }

    @Test func aPolicyKeepsTheStatisticsOfItsMaking() throws {
        var rules = Preprocessing()
        rules.normalizesObservations = true
        let (_, agent, plain) = play(rules, steps: 5)
        let policy = agent.makePolicy()
        let storage = RowStorage(count: 4, space: .box(.vector(3), low: [0, 0, 0], high: [1, 1, 1]))
        let rows = storage.rows
        rows.floats.fill(2)
        var sources: [RandomSource] = []
        func answer(_ policy: any Policy) -> [Float] {
            let actions = Actions(lanes: 4, space: .box(.vector(1), low: [-10], high: [10]))
            policy.begin(lanes: 4)
            policy.act(on: rows, into: actions, mode: .greedy, using: &sources)
            return actions.values.array
        }
        let before = answer(policy)
        #expect(before[0] != 2 && before[0] == before[3])
        #expect(answer(policy) == before)

        var archive = Archive()
        policy.save(into: &archive)
        #expect(archive.names.contains("normalization/mean") && archive.names.contains("echo"))
        let empty = PreprocessedPolicy(Echo(), rules, space: .box(.vector(3), low: [], high: []))
        try empty.load(from: archive)
        #expect(answer(empty) == before)
        #expect(throws: ArchiveError.self) { try empty.load(from: Archive()) }
        #expect(plain.count == 5)
        withExtendedLifetime(storage) {}
    }

    @Test func aLoadedAgentGoesOnAsTheSavedOne() throws {
        var rules = Preprocessing()
        rules.normalizesObservations = true
        rules.normalizesRewards = true
        let (witness, agent, _) = play(rules, steps: 5)
        var archive = Archive()
        agent.save(into: &archive)
        let other = Witness()
        let vector = Vector(CountingWorld(), lanes: 2)
        let loaded = PreprocessedAgent(other, rules, lanes: 2, space: vector.observationSpace)
        let first = vector.reset(seed: 9)
        loaded.begin(first)
        try loaded.load(from: archive)
        let actions = Actions(lanes: 2, space: vector.actionSpace)
        let batch = vector.step(actions)
        agent.remember(actions, batch)
        loaded.remember(actions, batch)
        #expect(witness.rewards.last == other.rewards.last && witness.seen.last == other.seen.last)
        #expect(throws: ArchiveError.self) { try loaded.load(from: Archive()) }
    }
}
