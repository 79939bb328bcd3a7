// SARSA(λ): each error is news for all recent steps, the older the less.
import Basics
import Kernels
import RLCore

/// δ = r + γ Q(s′, a′) − Q(s, a); Q ← Q + α δ e; e ← γλ e: Sutton & Barto 2018, equations 12.5 to 12.7 with one feature for each pair.
///
/// λ = 0 is SARSA; λ = 1 is Monte Carlo, online. Truncations as in `Sarsa`.
struct SarsaLambda: TabularRule {
    let table: ActionValueTable
    private let discount: Double
    private let lambda: Double
    private let replacing: Bool
    /// [lanes]
    private var traces: [Traces]
    /// [lanes]: the pair whose a′ is not yet known (−1: none), and the reward it gave.
    private var waiting: [(pair: Int, reward: Double)]

    init(_ table: ActionValueTable, lanes: Int, discount: Double, lambda: Double, replacing: Bool) {
        self.table = table
        self.discount = discount
        self.lambda = lambda
        self.replacing = replacing
        traces = (0..<lanes).map { _ in Traces(pairCount: table.values.count) }
        waiting = Array(repeating: (-1, 0), count: lanes)
    }

    mutating func learn(from step: Experience, _ size: StepSize, _ errors: inout ErrorMean, using random: inout RandomSource) {
        let pair = table.pair(step.state, step.action)
        traces[step.lane].visit(pair, replacing: replacing)
        if step.ending == .running {
            waiting[step.lane] = (pair, step.reward)
        } else {
            let future = table.expectation(step.successor, epsilon: step.epsilon)
            let error = step.reward + step.discount * future - table.values[pair]
            traces[step.lane].spread(error, over: table, visited: pair, size, &errors)
            traces[step.lane].clear()
        }
    }

    mutating func chose(_ action: Int, in state: Int, lane: Int, _ size: StepSize, _ errors: inout ErrorMean) {
        let (pair, reward) = waiting[lane]
        guard pair >= 0 else { return }
        let error = reward + discount * table[state, action] - table.values[pair]
        traces[lane].spread(error, over: table, visited: pair, size, &errors)
        traces[lane].decay(by: discount * lambda)
        waiting[lane].pair = -1
    }

    var byteCount: Int { traces.reduce(0) { $0 + $1.byteCount } }
    func save(into archive: inout Archive) {
        archive.store(waiting.map { Int64($0.pair) }, as: "waiting")
        archive.store(waiting.map(\.reward), as: "rewards")
        for lane in traces.indices { archive.store(part: "lane\(lane)") { traces[lane].save(into: &$0) } }
    }
    mutating func load(from archive: Archive) throws(ArchiveError) {
        let pairs = try archive.int64s("waiting", count: waiting.count)
        let rewards = try archive.doubles("rewards", count: waiting.count)
        try table.check(pairs, "waiting", from: -1)
        for lane in traces.indices { try traces[lane].load(from: archive.part("lane\(lane)"), table) }
        waiting = zip(pairs, rewards).map { (Int($0), $1) }
    }

    static let specification = AlgorithmSpecification.tabular(
        "sarsa-lambda", summary: "SARSA(λ) in a table: on policy, with eligibility traces",
        source: "Rummery 1995; Sutton & Barto 2018, section 12.7", finalEpsilon: 0, declarations: Traces.declarations
    ) { (table, lanes, hyper, settings) in
        SarsaLambda(
            table, lanes: lanes, discount: hyper.discount, lambda: settings.number("lambda"),
            replacing: settings.text("traces") == "replacing")
    }
}
