// Dyna-Q: Q-learning from experience, and from what experience says would happen.
import Basics
import Kernels
import RLCore

/// Sutton & Barto 2018, section 8.2. Where the book's model keeps the last outcome of each pair, this one keeps all with their
/// counts and draws among them, so that it also serves worlds with chance; where outcomes are certain the two are the same.
struct DynaQ: TabularRule {
    let table: ActionValueTable
    private let planningSteps: Int
    private let discount: Double
    private var model: LearnedModel

    init(_ table: ActionValueTable, discount: Double, planningSteps: Int) {
        self.table = table
        self.discount = discount
        self.planningSteps = planningSteps
        model = LearnedModel(pairCount: table.values.count)
    }

    mutating func learn(from step: Experience, _ size: StepSize, _ errors: inout ErrorMean, using random: inout RandomSource) {
        let pair = table.pair(step.state, step.action)
        table.move(pair, toward: step.reward + step.discount * table.best(step.successor), size, &errors)
        guard planningSteps > 0 else { return }
        model.add(pair, step.successor, step.reward, terminates: step.ending == .terminated)
        for _ in 0..<planningSteps {
            let (imagined, outcome) = model.draw(using: &random)
            let future = outcome.terminates ? 0 : discount * table.best(outcome.successor)
            table.move(imagined, toward: outcome.reward + future, size, &errors)
        }
    }

    var byteCount: Int { model.byteCount }
    func save(into archive: inout Archive) { model.save(into: &archive) }
    mutating func load(from archive: Archive) throws(ArchiveError) { try model.load(from: archive, table) }

    static let specification = AlgorithmSpecification.tabular(
        "dyna-q", summary: "Dyna-Q in a table: learns a model while it acts, and plans with it",
        source: "Sutton 1990; Sutton & Barto 2018, section 8.2",
        declarations: [
            SettingDeclaration(
                "planning_steps", .integer(10), .integers(0...1_000_000), help: "imagined updates after each real one")
        ], defaultSteps: 100_000
    ) { (table, _, hyper, settings) in
        DynaQ(table, discount: hyper.discount, planningSteps: settings.integer("planning_steps"))
    }
}
