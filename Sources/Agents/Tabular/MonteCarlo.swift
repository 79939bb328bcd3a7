// Monte-Carlo control: whole returns, averaged, of the first visits in each episode.
import Basics
import Kernels
import RLCore

/// On policy, first visit, ε-soft: Sutton & Barto 2018, section 5.4, as an update: Q ← Q + α (G − Q), with α = 1/n the book's average.
///
/// A truncated episode's returns are continued by the mean over the policy's choices in the last state.
struct MonteCarlo: TabularRule {
    let table: ActionValueTable
    private let discount: Double
    /// [lanes]: the episode so far.
    private var episodes: [RecentSteps]
    /// [pairs]: 1 + the time of its first visit in the episode at hand; 0 between episodes.
    private let firstVisit: Storage<Int64>

    init(_ table: ActionValueTable, lanes: Int, discount: Double) {
        self.table = table
        self.discount = discount
        episodes = Array(repeating: RecentSteps(), count: lanes)
        firstVisit = Storage(count: table.values.count)
    }

    mutating func learn(from step: Experience, _ size: StepSize, _ errors: inout ErrorMean, using random: inout RandomSource) {
        episodes[step.lane].append(table.pair(step.state, step.action), step.reward)
        guard step.ending != .running else { return }
        let count = episodes[step.lane].count
        let first = firstVisit.all
        for t in 0..<count where first[episodes[step.lane][t].pair] == 0 { first[episodes[step.lane][t].pair] = Int64(t) + 1 }
        var total = step.ending == .terminated ? 0 : table.expectation(step.successor, epsilon: step.epsilon)
        for t in (0..<count).reversed() {
            let (pair, reward) = episodes[step.lane][t]
            total = reward + discount * total
            guard first[pair] == Int64(t) + 1 else { continue }
            table.move(pair, toward: total, size, &errors)
            first[pair] = 0
        }
        episodes[step.lane].removeAll()
    }

    var byteCount: Int { 8 * firstVisit.all.count + episodes.reduce(0) { $0 + $1.byteCount } }
    func save(into archive: inout Archive) {
        for lane in episodes.indices { archive.store(part: "lane\(lane)") { episodes[lane].save(into: &$0) } }
    }
    mutating func load(from archive: Archive) throws(ArchiveError) {
        for lane in episodes.indices { try episodes[lane].load(from: archive.part("lane\(lane)"), table) }
    }

    static let specification = AlgorithmSpecification.tabular(
        "monte-carlo", summary: "Monte-Carlo control in a table: whole returns, no bootstrapping, on policy or off",
        source: "Sutton & Barto 2018, sections 5.4 and 5.7", learningRate: 0.05, finalEpsilon: 0,
        declarations: [OffPolicyMonteCarlo.declaration]
    ) { (table, lanes, hyper, settings) throws(SettingError) in
        guard settings.boolean(OffPolicyMonteCarlo.declaration.key) else {
            return TabularAgent(MonteCarlo(table, lanes: lanes, discount: hyper.discount), hyper, lanes: lanes)
        }
        try OffPolicyMonteCarlo.check(hyper)
        return TabularAgent(OffPolicyMonteCarlo(table, lanes: lanes, discount: hyper.discount), hyper, lanes: lanes)
    }
}
