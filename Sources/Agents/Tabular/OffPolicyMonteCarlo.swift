// Off-policy Monte-Carlo control: it explores as it likes, and learns from the ends of episodes that went the greedy way.
import Basics
import Kernels
import RLCore

/// Weighted importance sampling, every visit: Sutton & Barto 2018, section 5.7. From the end of an episode backwards,
/// C(s, a) ← C(s, a) + W and Q(s, a) ← Q(s, a) + W/C(s, a) [G − Q(s, a)], until an action was not the greedy one; else
/// W ← W π(a | s) / b(a | s).
///
/// Where the book breaks ties consistently, the greedy policy π here chooses among k equally good actions with 1/k each, as the
/// ε-greedy b does: b(a | s) = ε/|A| + (1 − ε)/k. The return of a truncated episode is continued by the best value of its last state.
struct OffPolicyMonteCarlo: TabularRule {
    let table: ActionValueTable
    private let discount: Double
    /// [lanes]: the episode so far.
    private var episodes: [RecentSteps]
    /// [lanes][steps]: b(a | s) as each action was taken.
    private var chances: [[Double]]
    /// [lanes]: how many actions were as good as the one just chosen; 0 where it was not a best one.
    private var equals: [Int]
    /// C(s, a): [pairs].
    private let weights: Storage<Double>

    init(_ table: ActionValueTable, lanes: Int, discount: Double) {
        self.table = table
        self.discount = discount
        episodes = Array(repeating: RecentSteps(), count: lanes)
        chances = Array(repeating: [], count: lanes)
        equals = Array(repeating: 0, count: lanes)
        weights = Storage(count: table.values.count)
    }

    /// Other lanes may change the table between a choice and its step, so what it was chosen among is counted here.
    mutating func chose(_ action: Int, in state: Int, lane: Int, _ size: StepSize, _ errors: inout ErrorMean) {
        equals[lane] = table.equals(of: action, in: state)
    }

    mutating func learn(from step: Experience, _ size: StepSize, _ errors: inout ErrorMean, using random: inout RandomSource) {
        let lane = step.lane
        let greedy = equals[lane] > 0 ? (1 - step.epsilon) / Double(equals[lane]) : 0
        chances[lane].append(step.epsilon / Double(table.actionCount) + greedy)
        episodes[lane].append(table.pair(step.state, step.action), step.reward)
        guard step.ending != .running else { return }
        var total = step.ending == .terminated ? 0 : table.best(step.successor)
        var ratio = 1.0
        for t in (0..<chances[lane].count).reversed() {
            let (pair, reward) = episodes[lane][t]
            total = reward + discount * total
            weights.all[pair] += ratio
            let error = total - table.values[pair]
            table.visits[pair] += 1
            table.values[pair] += size.value(weight: weights.all[pair] / ratio) * error
            errors.add(error)
            let (state, action) = pair.quotientAndRemainder(dividingBy: table.actionCount)
            let ways = table.equals(of: action, in: state)
            if ways == 0 { break }
            ratio /= Double(ways) * chances[lane][t]
        }
        episodes[lane].removeAll()
        chances[lane].removeAll(keepingCapacity: true)
    }

    var byteCount: Int {
        8 * weights.all.count + episodes.reduce(0) { $0 + $1.byteCount } + chances.reduce(0) { $0 + 8 * $1.capacity }
    }
    func save(into archive: inout Archive) {
        archive.store(weights.all.array, as: "weights")
        for lane in episodes.indices {
            archive.store(part: "lane\(lane)") {
                episodes[lane].save(into: &$0)
                $0.store(chances[lane], as: "chances")
            }
        }
    }
    mutating func load(from archive: Archive) throws(ArchiveError) {
        weights.all.copy(from: try archive.doubles("weights", count: table.values.count))
        for lane in episodes.indices {
            let part = archive.part("lane\(lane)")
            try episodes[lane].load(from: part, table)
            chances[lane] = try part.doubles("chances", count: episodes[lane].count)
            guard chances[lane].allSatisfy({ $0 > 0 && $0 <= 1 }) else {
                throw ArchiveError("\"chances\" hold numbers out of range")
            }
        }
    }

    static let declaration = SettingDeclaration(
        "off_policy", .boolean(false),
        help: "learn the greedy policy's returns from the ends of episodes that followed it, by weighted importance sampling")

    /// - Throws: where the step size would not fall with the weights: they would count for nothing then.
    static func check(_ hyper: TabularHyperparameters) throws(SettingError) {
        guard hyper.learningRateVisits >= 1 else {
            throw SettingError(
                key: declaration.key,
                "off_policy averages by weights, so it needs learning_rate_visits of at least 1 (1 with learning_rate 1 is the "
                    + "book's average), not \(hyper.learningRateVisits)")
        }
    }
}
