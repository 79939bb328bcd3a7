// Watkins's Q(λ): Q-learning whose errors reach back as far as play was greedy.
import Basics
import Kernels
import RLCore

/// δ = r + γ maxₐ′ Q(s′, a′) − Q(s, a); Q ← Q + α δ e; e ← γλ e, and e ← 0 when the next action is not a best one:
/// Watkins 1989, chapter 7; Sutton & Barto 2018, section 12.10. λ = 0 is Q-learning.
struct QLambda: TabularRule {
    let table: ActionValueTable
    private let discount: Double
    private let lambda: Double
    private let replacing: Bool
    /// [lanes]
    private var traces: [Traces]

    init(_ table: ActionValueTable, lanes: Int, discount: Double, lambda: Double, replacing: Bool) {
        self.table = table
        self.discount = discount
        self.lambda = lambda
        self.replacing = replacing
        traces = (0..<lanes).map { _ in Traces(pairCount: table.values.count) }
    }

    mutating func learn(from step: Experience, _ size: StepSize, _ errors: inout ErrorMean, using random: inout RandomSource) {
        let pair = table.pair(step.state, step.action)
        traces[step.lane].visit(pair, replacing: replacing)
        let error = step.reward + step.discount * table.best(step.successor) - table.values[pair]
        traces[step.lane].spread(error, over: table, visited: pair, size, &errors)
        if step.ending == .running { traces[step.lane].decay(by: discount * lambda) } else { traces[step.lane].clear() }
    }

    mutating func chose(_ action: Int, in state: Int, lane: Int, _ size: StepSize, _ errors: inout ErrorMean) {
        if table[state, action] < table.best(state) { traces[lane].clear() }
    }

    var byteCount: Int { traces.reduce(0) { $0 + $1.byteCount } }
    func save(into archive: inout Archive) {
        for lane in traces.indices { archive.store(part: "lane\(lane)") { traces[lane].save(into: &$0) } }
    }
    mutating func load(from archive: Archive) throws(ArchiveError) {
        for lane in traces.indices { try traces[lane].load(from: archive.part("lane\(lane)"), table) }
    }

    static let specification = AlgorithmSpecification.tabular(
        "q-lambda", summary: "Watkins's Q(λ) in a table: off policy, with eligibility traces cut where it explores",
        source: "Watkins 1989, chapter 7; Sutton & Barto 2018, section 12.10", declarations: Traces.declarations
    ) { (table, lanes, hyper, settings) in
        QLambda(
            table, lanes: lanes, discount: hyper.discount, lambda: settings.number("lambda"),
            replacing: settings.text("traces") == "replacing")
    }
}
