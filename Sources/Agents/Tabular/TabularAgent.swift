// What every tabular learner does alike: look, explore, count, hand each experience to its own rule of learning.
import Basics
import Kernels
import RLCore

/// One step of one lane.
struct Experience {
    let lane: Int
    let state: Int
    let action: Int
    let reward: Double
    let successor: Int
    let ending: Ending
    /// What the successor's worth is multiplied with: the discount, 0 after a termination.
    let discount: Double
    /// ε of the policy that acted.
    let epsilon: Double
}

/// How a table is improved: the part in which tabular learners differ.
protocol TabularRule: SendableMetatype {
    /// What is acted by, and what is kept.
    var table: ActionValueTable { get }
    /// After a step: the successor is known, the action taken there is not.
    mutating func learn(from step: Experience, _ size: StepSize, _ errors: inout ErrorMean, using random: inout RandomSource)
    /// Just before the next step of a lane: its action is known too. Only learners on policy care.
    mutating func chose(_ action: Int, in state: Int, lane: Int, _ size: StepSize, _ errors: inout ErrorMean)
    /// Of the rule beyond `table`.
    var byteCount: Int { get }
    func save(into archive: inout Archive)
    mutating func load(from archive: Archive) throws(ArchiveError)
}

extension TabularRule {
    mutating func chose(_ action: Int, in state: Int, lane: Int, _ size: StepSize, _ errors: inout ErrorMean) {}
    var byteCount: Int { 0 }
    func save(into archive: inout Archive) {}
    mutating func load(from archive: Archive) throws(ArchiveError) {}
}

/// An ε-greedy actor around a rule.
///
/// The rule and all that a step touches lie in a struct which closures capture where the rule's type is known: a generic class behind
/// a protocol would not be specialised, and a step would cost several times as much.
final class TabularAgent: Agent {
    let metricNames = ["loss", "epsilon", "learning_rate"]
    private let beginner: (StepBatch) -> Void
    private let actor: (Actions, inout [RandomSource]) -> Void
    private let rememberer: (Actions, StepBatch) -> Void
    private let learner: (inout RandomSource) -> Metrics?
    private let counter: () -> Int
    private let sizer: () -> Int
    private let saver: (inout Archive) -> Void
    private let loader: (Archive) throws(ArchiveError) -> Void
    private let table: ActionValueTable

    init<Rule: TabularRule>(_ rule: Rule, _ hyper: TabularHyperparameters, lanes: Int) {
        var loop = TabularLoop(rule, hyper, lanes: lanes)
        table = rule.table
        beginner = { loop.begin($0) }
        actor = { loop.act(into: $0, using: &$1) }
        rememberer = { loop.remember($0, $1) }
        learner = { loop.learn(using: &$0) }
        counter = { loop.updates }
        sizer = { loop.byteCount }
        saver = { loop.save(into: &$0) }
        loader = { (archive) throws(ArchiveError) in try loop.load(from: archive) }
    }

    var updates: Int { counter() }
    var byteCount: Int { sizer() }
    func begin(_ first: StepBatch) { beginner(first) }
    func act(into actions: Actions, using sources: inout [RandomSource]) { actor(actions, &sources) }
    func remember(_ actions: Actions, _ step: StepBatch) { rememberer(actions, step) }
    func learn(using random: inout RandomSource) -> Metrics? { learner(&random) }
    func makePolicy() -> any Policy { TabularPolicy(table) }
    func save(into archive: inout Archive) { saver(&archive) }
    func load(from archive: Archive) throws(ArchiveError) { try loader(archive) }
}

/// What a `TabularAgent` does, as a value.
private struct TabularLoop<Rule: TabularRule> {
    private(set) var updates = 0
    private var steps = 0
    private var rule: Rule
    private let hyper: TabularHyperparameters
    private let lanes: Int
    /// [lanes]: where each lane is, what it did there, and what came of it, until that is learned from.
    private var states: [Int]
    private var experiences: [Experience] = []
    private var errors = ErrorMean()
    /// Of the steps at hand.
    private var epsilon: Double
    private var size: StepSize

    init(_ rule: Rule, _ hyper: TabularHyperparameters, lanes: Int) {
        self.rule = rule
        self.hyper = hyper
        self.lanes = lanes
        states = Array(repeating: 0, count: lanes)
        experiences.reserveCapacity(lanes)
        (epsilon, size) = hyper.scheduled(at: 0)
    }

    var byteCount: Int { rule.table.byteCount + rule.byteCount }

    mutating func begin(_ first: StepBatch) { look(first.observations) }

    private mutating func look(_ rows: Rows) {
        for lane in 0..<lanes { states[lane] = Int(rows.floats[lane]) }
    }

    mutating func act(into actions: Actions, using sources: inout [RandomSource]) {
        let table = rule.table
        let indices = actions.indices
        for lane in 0..<lanes {
            let state = states[lane]
            let explores = sources[lane].unit() < epsilon
            let action =
                explores ? sources[lane].below(table.actionCount) : table.anyBestAction(state, using: &sources[lane])
            indices[lane] = Int32(action)
            rule.chose(action, in: state, lane: lane, size, &errors)
        }
    }

    mutating func remember(_ actions: Actions, _ step: StepBatch) {
        let indices = actions.indices
        experiences.removeAll(keepingCapacity: true)
        for lane in 0..<lanes {
            let ending = step.ending(of: lane)
            experiences.append(
                Experience(
                    lane: lane, state: states[lane], action: Int(indices[lane]), reward: Double(step.rewards[lane]),
                    successor: Int(step.successor(of: lane).floats[0]), ending: ending,
                    discount: ending == .terminated ? 0 : hyper.discount, epsilon: epsilon))
        }
        look(step.observations)
    }

    mutating func learn(using random: inout RandomSource) -> Metrics? {
        for experience in experiences { rule.learn(from: experience, size, &errors, using: &random) }
        experiences.removeAll(keepingCapacity: true)
        var metrics = Metrics()
        metrics.values[1] = Float(epsilon)
        metrics.values[2] = Float(size.first)
        steps += lanes
        (epsilon, size) = hyper.scheduled(at: steps)
        updates += errors.count
        guard let loss = errors.take() else { return nil }
        metrics.values[0] = Float(loss)
        return metrics
    }

    func save(into archive: inout Archive) {
        archive.store([Int64(steps), Int64(updates)], as: "counters")
        archive.store(states.map { Int32($0) }, as: "states")
        archive.store(part: "table") { rule.table.save(into: &$0) }
        archive.store(part: "rule") { rule.save(into: &$0) }
    }
    mutating func load(from archive: Archive) throws(ArchiveError) {
        let counters = try archive.int64s("counters", count: 2)
        let loaded = try archive.int32s("states", count: lanes)
        guard counters[0] >= 0, loaded.allSatisfy({ $0 >= 0 && Int($0) < rule.table.stateCount }) else {
            throw ArchiveError("\"states\" or \"counters\" hold numbers out of range")
        }
        try rule.table.load(from: archive.part("table"))
        try rule.load(from: archive.part("rule"))
        states = loaded.map { Int($0) }
        steps = Int(counters[0])
        updates = Int(counters[1])
        (epsilon, size) = hyper.scheduled(at: steps)
    }
}
