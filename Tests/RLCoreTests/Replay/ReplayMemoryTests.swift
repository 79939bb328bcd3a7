// The replay memory against a diary that keeps every view whole: what is drawn is what happened, and nothing else.
import Basics
import Kernels
import RLCore
import Testing

/// Lanes that live random lives and write down, with all views whole, what the memory should be able to tell.
private final class Diary {
    struct Step {
        let view: [Int], action: Int32, reward: Float, ending: Ending, successor: [Int]
    }
    let memory: ReplayMemory
    private let space: Space
    private var lanes: [[Step]]
    private var views: [[Int]]
    private var nextFrame = 1
    var random: RandomSource

    init(_ memory: ReplayMemory, seed: UInt64) {
        self.memory = memory
        space = memory.plan.space
        lanes = Array(repeating: [], count: memory.plan.lanes)
        views = []
        random = RandomSource(seed: seed)
        for lane in 0..<memory.plan.lanes {
            views.append(firstView())
            memory.begin(lane: lane, rows([views[lane]]), row: 0)
        }
    }

    private var stack: Int { if case .bytes(_, let stack) = space { stack } else { 1 } }
    private func frame() -> Int {
        defer { nextFrame += 1 }
        return nextFrame
    }
    /// An episode begins with the same frame over and over, or with an empty past.
    private func firstView() -> [Int] {
        let first = frame()
        return Array(repeating: random.below(2) == 0 ? first : 0, count: stack - 1) + [first]
    }

    /// Numbers of frames, the oldest first, as a row of the space: the digits of a frame's number, base 2, one for each of its bytes.
    func rows(_ views: [[Int]]) -> Rows {
        let storage = RowStorage(count: views.count, space: space)
        kept.append(storage)
        for (r, view) in views.enumerated() {
            guard storage.rows.bytes.count > 0 else {
                for i in 0..<storage.rows.width { storage.rows.floats[r * storage.rows.width + i] = Float(view[0] + 1000 * i) }
                continue
            }
            let channels = self.channels, pixels = storage.rows.width / stack / channels
            for (place, number) in view.enumerated() {
                for i in 0..<pixels * channels {
                    let index = (i / channels * stack + place) * channels + i % channels
                    storage.rows.bytes[r * storage.rows.width + index] = UInt8(number >> i & 1)
                }
            }
        }
        return storage.rows
    }
    private var kept: [RowStorage] = []
    private var channels: Int { if case .image(_, _, let all) = space.shape { all / stack } else { 1 } }

    func live(_ count: Int, terminations: Double = 0.08, truncations: Double = 0.08) {
        for _ in 0..<count {
            for lane in views.indices {
                let draw = random.unit()
                let ending: Ending = draw < terminations ? .terminated : draw < terminations + truncations ? .truncated : .running
                let action = Int32(random.below(3)), reward = Float(random.below(64)) / 8
                let successor = Array((views[lane] + [frame()]).suffix(stack))
                let next = ending == .running ? successor : firstView()
                lanes[lane].append(Step(view: views[lane], action: action, reward: reward, ending: ending, successor: successor))
                memory.append(
                    lane: lane, action: action, reward: reward, ending: ending, successor: rows([successor]), next: rows([next]))
                views[lane] = next
            }
        }
        kept = []
    }

    /// What a draw of each complete step should give, by the newest frame of its view: rewards of several steps summed one by one.
    func expected() -> [Int: (view: [Int], action: Int32, reward: Float, discount: Float, successor: [Int]?)] {
        var all: [Int: (view: [Int], action: Int32, reward: Float, discount: Float, successor: [Int]?)] = [:]
        for lane in lanes {
            for start in lane.indices {
                var reward: Float = 0, factor: Float = 1, last: Step?
                for step in lane[start...].prefix(memory.plan.steps) {
                    reward += factor * step.reward
                    factor *= memory.plan.discount
                    last = step
                    if step.ending != .running { break }
                }
                guard let last, last.ending != .running || start + memory.plan.steps <= lane.count else { continue }
                let isOver = last.ending == .terminated
                all[lane[start].view[stack - 1]] = (
                    lane[start].view, lane[start].action, reward, isOver ? 0 : factor, isOver ? nil : last.successor
                )
            }
        }
        return all
    }
}

/// A batch with memory of its own.
private struct Sample {
    let batch: TransitionBatch
    private let owners: (RowStorage, RowStorage, Storage<Float>)
    init(_ count: Int, _ space: Space) {
        owners = (RowStorage(count: count, space: space), RowStorage(count: count, space: space), Storage(count: 4 * count))
        let numbers = owners.2.all
        batch = TransitionBatch(
            observations: owners.0.rows, successors: owners.1.rows, actions: numbers.slice(0, count),
            rewards: numbers.slice(count, count), discounts: numbers.slice(2 * count, count),
            weights: numbers.slice(3 * count, count))
    }
}
private func numbers(_ rows: Rows) -> [Float] { rows.bytes.count > 0 ? rows.bytes.array.map { Float($0) } : rows.floats.array }

@Suite struct ReplayMemoryTests {
    private static let floats = Space.box(.vector(2), low: [0, 0], high: [1, 1])
    private static func pictures(_ channels: Int, stack: Int) -> Space {
        .bytes(.image(height: 2, width: 10, channels: channels * stack), stack: stack)
    }
    private static let kinds: [(Space, Bool)] = [
        (floats, false), (pictures(1, stack: 1), false), (pictures(2, stack: 1), true), (pictures(1, stack: 4), false),
        (pictures(2, stack: 3), false), (pictures(1, stack: 4), true), (.bytes(.vector(19), stack: 1), true),
    ]
    private func memory(
        _ kind: (Space, Bool) = (floats, false), capacity: Int = 30, lanes: Int = 1, steps: Int = 1, batch: Int = 64,
        priorities: ReplayMemory.PriorityPlan? = nil
    ) -> ReplayMemory {
        ReplayMemory(
            .init(
                capacity: capacity, lanes: lanes, space: kind.0, steps: steps, discount: 0.5, packed: kind.1,
                priorities: priorities, batchSize: batch))
    }

    /// Every draw is a step of the diary, whole; and all that fit are drawn sooner or later.
    @Test(arguments: kinds.indices, [(1, 1), (3, 1), (3, 3), (1, 4)])
    func whatIsDrawnIsWhatHappened(_ kind: Int, _ shape: (steps: Int, lanes: Int)) {
        let (space, packed) = Self.kinds[kind]
        for isPrioritised in [false, true] {
            let memory = memory(
                (space, packed), lanes: shape.lanes, steps: shape.steps,
                priorities: isPrioritised ? .init(exponent: 0.5, epsilon: 1e-6) : nil)
            let diary = Diary(memory, seed: UInt64(kind))
            var random = RandomSource(seed: 1), drawn: Set<Int> = []
            for length in [4, 40, 3, 200] {
                diary.live(length)
                let expected = diary.expected()
                let names = Dictionary(uniqueKeysWithValues: expected.map { (numbers(diary.rows([$0.value.view])), $0.key) })
                drawn = []
                for _ in 0..<20 {
                    let sample = Sample(64, space)
                    memory.sample(into: sample.batch, using: &random)
                    let seen = numbers(sample.batch.observations), next = numbers(sample.batch.successors)
                    let width = sample.batch.observations.width
                    for r in 0..<64 {
                        guard let number = names[Array(seen[r * width..<(r + 1) * width])], let step = expected[number] else {
                            Issue.record("row \(r) never happened")
                            return
                        }
                        drawn.insert(number)
                        #expect(sample.batch.actions[r] == Float(step.action) && sample.batch.rewards[r] == step.reward)
                        #expect(sample.batch.discounts[r] == step.discount)
                        if let successor = step.successor {
                            #expect(Array(next[r * width..<(r + 1) * width]) == numbers(diary.rows([successor])))
                        }
                    }
                }
                #expect(drawn.count == memory.count)
                #expect(memory.count == expected.count || memory.count > 30 / (space == Self.floats ? 2 : 5))
            }
            // Only the newest are left.
            #expect(drawn.min().map { $0 > 200 } == true)
        }
    }

    /// Without endings there is room for every transition that was asked for.
    @Test(arguments: [1, 3]) func theCapacityIsThatOfTransitions(_ steps: Int) {
        let memory = memory(capacity: 30, steps: steps)
        Diary(memory, seed: 3).live(100, terminations: 0, truncations: 0)
        #expect(memory.count >= 30 && memory.count <= 33)
        let lanes = self.memory(capacity: 30, lanes: 4)
        Diary(lanes, seed: 3).live(100, terminations: 0, truncations: 0)
        #expect(lanes.count >= 30 && lanes.count <= 44)
    }

    /// One transition is enough, whatever its episode looks like.
    @Test(arguments: [(0.0, 0.0), (1, 0), (0, 1)])
    func theSmallestMemoryIsNeverEmpty(_ endings: (terminations: Double, truncations: Double)) {
        for kind in Self.kinds {
            let memory = memory(kind, capacity: 1, batch: 2), sample = Sample(2, kind.0)
            let diary = Diary(memory, seed: 4)
            var random = RandomSource(seed: 5)
            for _ in 0..<60 {
                diary.live(1, terminations: endings.terminations, truncations: endings.truncations)
                memory.sample(into: sample.batch, using: &random)
            }
        }
    }

    @Test func itIsEmptyUntilTheFirstRewardsAreTogether() {
        let memory = memory(steps: 3)
        let diary = Diary(memory, seed: 6)
        diary.live(2, terminations: 0, truncations: 0)
        #expect(memory.count == 0)
        diary.live(1, terminations: 0, truncations: 0)
        #expect(memory.count == 1)
    }

    /// χ² of 20 equally likely cells over 20,000 draws: 43.8 is exceeded once in a thousand.
    @Test func drawsAreUniform() {
        let memory = memory(capacity: 20 - 2, batch: 1000)
        Diary(memory, seed: 7).live(57, terminations: 0, truncations: 0)
        #expect(memory.count == 20)
        let sample = Sample(1000, Self.floats)
        var random = RandomSource(seed: 2), counts: [Float: Int] = [:]
        for _ in 0..<20 {
            memory.sample(into: sample.batch, using: &random)
            for r in 0..<1000 { counts[sample.batch.observations.floats[2 * r], default: 0] += 1 }
        }
        #expect(counts.count == 20)
        let square = counts.values.reduce(0.0) { $0 + (Double($1) - 1000) * (Double($1) - 1000) / 1000 }
        #expect(square < 43.8)
    }

    /// Each frame once: 10 numbers of 20 take 20 bytes or 3, a transition 10 more, a leaf of the tree 16.
    @Test func theSizeIsForeseen() {
        func size(_ kind: (Space, Bool), prioritised: Bool = false) -> Int {
            memory(kind, capacity: 95, priorities: prioritised ? .init(exponent: 1, epsilon: 0) : nil).plan.byteCount
        }
        #expect(size((Self.floats, false)) == 98 * (8 + 10))
        #expect(size((Self.pictures(1, stack: 4), false)) == 104 * (20 + 10))
        #expect(size((Self.pictures(1, stack: 4), true)) == 104 * (3 + 10))
        #expect(size((Self.floats, false), prioritised: true) == 98 * (8 + 10) + 128 * 16)
    }

    @Test(arguments: kinds.indices, [3, 70]) func aLoadedMemoryGoesOnAsTheSavedOne(_ kind: Int, _ count: Int) throws {
        for priorities in [nil, ReplayMemory.PriorityPlan(exponent: 0.7, epsilon: 0.01)] {
            let saved = memory(Self.kinds[kind], lanes: 2, steps: 2, batch: 32, priorities: priorities)
            let loaded = memory(Self.kinds[kind], lanes: 2, steps: 2, batch: 32, priorities: priorities)
            let sample = Sample(32, Self.kinds[kind].0)
            var random = RandomSource(seed: 8)
            Diary(saved, seed: 9).live(count)
            Diary(loaded, seed: 10).live(33)
            saved.sample(into: sample.batch, using: &random)
            saved.reprioritise(by: sample.batch.rewards)
            var archive = Archive(), again = Archive()
            saved.save(into: &archive)
            try loaded.load(from: archive, actionCount: 3)
            loaded.save(into: &again)
            #expect(archive == again)
            #expect(loaded.count == saved.count)
            let other = Sample(32, Self.kinds[kind].0)
            var twin = random
            saved.sample(into: sample.batch, using: &random)
            loaded.sample(into: other.batch, using: &twin)
            #expect(numbers(sample.batch.observations) == numbers(other.batch.observations))
            #expect(numbers(sample.batch.successors) == numbers(other.batch.successors))
            #expect(sample.batch.weights.array == other.batch.weights.array)
        }
    }

    @Test func whatDoesNotFitIsRefused() throws {
        let memory = memory(capacity: 5)
        Diary(memory, seed: 11).live(9)
        var archive = Archive()
        memory.save(into: &archive)
        try self.memory(capacity: 5).load(from: archive, actionCount: 3)
        for (wrong, actions) in [
            (self.memory(capacity: 4), 3), (self.memory(capacity: 9), 3), (self.memory(capacity: 5), 1),
            (self.memory(capacity: 5, lanes: 2), 3), (self.memory((Self.pictures(1, stack: 1), false), capacity: 5), 3),
            (self.memory(capacity: 5, priorities: .init(exponent: 1, epsilon: 1)), 3),
        ] {
            #expect(throws: ArchiveError.self) { try wrong.load(from: archive, actionCount: actions) }
        }
    }
}

@Suite struct PrioritisedReplayTests {
    private let view = RowStorage(count: 1, space: .discrete(4))

    /// A memory of four transitions, rewards 0 to 3 tell which, whose errors are 0, 1, 2 and 3.
    private func memory(exponent: Float) throws -> (ReplayMemory, Sample) {
        let space = Space.discrete(4)
        let memory = ReplayMemory(
            .init(
                capacity: 4, lanes: 1, space: space, discount: 1, priorities: .init(exponent: exponent, epsilon: 1),
                batchSize: 400)
        )
        memory.begin(lane: 0, view.rows, row: 0)
        for step in 0..<4 {
            memory.append(lane: 0, action: 0, reward: Float(step), ending: .running, successor: view.rows, next: view.rows)
        }
        let sample = Sample(400, space)
        var random = RandomSource(seed: 1)
        memory.sample(into: sample.batch, using: &random)
        // The first of each part of the mass: all priorities were equal, and so all four are there.
        #expect(Set(sample.batch.rewards.array).count == 4)
        memory.reprioritise(by: sample.batch.rewards)
        return (memory, sample)
    }

    /// p = |δ| + 1 = 1, 2, 3, 4, drawn as p^α; w = (N·P)^−β over the largest, which belongs to the rarest.
    @Test(arguments: [Float(1), 0.5, 0], [Float(1), 0.5, 0]) func drawsFollowThePriorities(_ alpha: Float, _ beta: Float) throws {
        let (memory, sample) = try memory(exponent: alpha)
        func power(_ x: Double, _ exponent: Float) -> Double { exponent == 1 ? x : exponent == 0.5 ? x.squareRoot() : 1 }
        let masses = (1...4).map { power(Double($0), alpha) }
        let total = masses.reduce(0, +)
        var random = RandomSource(seed: 3), counts = [0, 0, 0, 0]
        for _ in 0..<50 {
            memory.sample(into: sample.batch, beta: beta, using: &random)
            for r in 0..<400 {
                let which = Int(sample.batch.rewards[r])
                counts[which] += 1
                let weight = power(masses[0], beta) / power(masses[which], beta)
                #expect(abs(Double(sample.batch.weights[r]) - weight) < 1e-5)
            }
        }
        // Drawn from equal parts of the mass, so closer to their shares than free draws: within half a draw for each batch.
        for (count, mass) in zip(counts, masses) { #expect(abs(Double(count) / 20_000 - mass / total) < 0.005) }
    }

    /// What is new has the largest priority so far, and is overwritten together with it.
    @Test func whatIsNewComesFirst() throws {
        let (memory, sample) = try memory(exponent: 1)
        for step in 4..<8 {
            memory.append(lane: 0, action: 0, reward: Float(step), ending: .running, successor: view.rows, next: view.rows)
        }
        var random = RandomSource(seed: 4)
        memory.sample(into: sample.batch, using: &random)
        let rewards = sample.batch.rewards.array
        // Six are held, rewards 2 to 7, with priorities 3, 4 and four times the largest, 4.
        for (reward, mass) in [(Float(2), 3.0), (3, 4), (4, 4), (5, 4), (6, 4), (7, 4)] {
            #expect(abs(Double(rewards.count { $0 == reward }) / 400 - mass / 23) < 0.01)
        }
    }
}
