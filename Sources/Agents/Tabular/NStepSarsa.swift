// n-step SARSA: n rewards as they came, then the value of the action taken next.
import Basics
import RLCore

/// G = R₁ + γ R₂ + … + γⁿ⁻¹ Rₙ + γⁿ Q(Sₙ, Aₙ), Q(S₀, A₀) ← Q(S₀, A₀) + α [G − Q(S₀, A₀)]: Sutton & Barto 2018, equations 7.4 and 7.5.
///
/// At the end of an episode the steps still waiting are updated, the last first, with what is left of their returns; after a
/// truncation these are continued by the mean over the policy's choices in the last state.
struct NStepSarsa: TabularRule {
    let table: ActionValueTable
    private let depth: Int
    private let discount: Double
    /// [lanes]: the steps that wait, oldest first.
    private var recent: [RecentSteps]

    init(_ table: ActionValueTable, lanes: Int, discount: Double, depth: Int) {
        self.table = table
        self.depth = depth
        self.discount = discount
        recent = Array(repeating: RecentSteps(), count: lanes)
    }

    mutating func learn(from step: Experience, _ size: StepSize, _ errors: inout ErrorMean, using random: inout RandomSource) {
        recent[step.lane].append(table.pair(step.state, step.action), step.reward)
        guard step.ending != .running else { return }
        var total = step.ending == .terminated ? 0 : table.expectation(step.successor, epsilon: step.epsilon)
        for i in (0..<recent[step.lane].count).reversed() {
            let (pair, reward) = recent[step.lane][i]
            total = reward + discount * total
            table.move(pair, toward: total, size, &errors)
        }
        recent[step.lane].removeAll()
    }

    mutating func chose(_ action: Int, in state: Int, lane: Int, _ size: StepSize, _ errors: inout ErrorMean) {
        guard recent[lane].count == depth else { return }
        var total = table[state, action]
        for i in (0..<depth).reversed() { total = recent[lane][i].reward + discount * total }
        table.move(recent[lane][0].pair, toward: total, size, &errors)
        recent[lane].removeFirst()
    }

    var byteCount: Int { recent.reduce(0) { $0 + $1.byteCount } }
    func save(into archive: inout Archive) {
        for lane in recent.indices { archive.store(part: "lane\(lane)") { recent[lane].save(into: &$0) } }
    }
    mutating func load(from archive: Archive) throws(ArchiveError) {
        for lane in recent.indices { try recent[lane].load(from: archive.part("lane\(lane)"), table) }
    }

    static let specification = AlgorithmSpecification.tabular(
        "n-step-sarsa", summary: "n-step SARSA in a table: between one step and the whole episode",
        source: "Sutton & Barto 2018, section 7.2", finalEpsilon: 0,
        declarations: [SettingDeclaration("n_step", .integer(4), .integers(1...1_000_000), help: "rewards in a return, n")]
    ) { (table, lanes, hyper, settings) in
        NStepSarsa(table, lanes: lanes, discount: hyper.discount, depth: settings.integer("n_step"))
    }
}
