// Value iteration and policy iteration as the catalogue lists them.
import Basics
import RLCore

extension PlanningAgent {
    static let valueIteration = specification(
        "value-iteration", summary: "plans by sweeps of Bellman's optimality equation",
        source: "Bellman 1957; Sutton & Barto 2018, section 4.4",
        declarations: [
            SettingDeclaration(
                "tolerance", .number(1e-12), .numbers(1e-300...1), help: "the search ends when no value moves by as much"),
            SettingDeclaration(
                "order", .text("synchronous"), .words(["synchronous", "in-place"]),
                help: "whether a sweep reads old values or the newest"),
        ]
    ) { (model, settings) throws(PlanningError) in
        try ValueIteration.solve(
            model, discount: settings.number("gamma"), tolerance: settings.number("tolerance"),
            order: settings.text("order") == "in-place" ? .inPlace : .synchronous)
    }

    static let policyIteration = specification(
        "policy-iteration", summary: "plans by valuing policies exactly and improving them",
        source: "Howard 1960; Sutton & Barto 2018, section 4.3", declarations: []
    ) { (model, settings) throws(PlanningError) in try PolicyIteration.solve(model, discount: settings.number("gamma")) }

    static let modifiedPolicyIteration = specification(
        "modified-policy-iteration", summary: "plans by improving policies after a few sweeps of valuing them",
        source: "Puterman & Shin 1978",
        declarations: [
            SettingDeclaration(
                "tolerance", .number(1e-12), .numbers(1e-300...1), help: "the search ends when no value moves by as much"),
            SettingDeclaration(
                "evaluation_sweeps", .integer(10), .integers(0...1_000_000),
                help: "sweeps that value a policy between improvements"),
        ]
    ) { (model, settings) throws(PlanningError) in
        try ModifiedPolicyIteration.solve(
            model, discount: settings.number("gamma"), evaluations: settings.integer("evaluation_sweeps"),
            tolerance: settings.number("tolerance"))
    }

    private static func specification(
        _ name: String, summary: String, source: String, declarations: [SettingDeclaration],
        solve: @escaping @Sendable (PlanningModel, Settings) throws(PlanningError) -> Plan
    ) -> AlgorithmSpecification {
        AlgorithmSpecification(
            name: name, summary: summary, source: source,
            declarations: [SettingDeclaration("gamma", .number(0.99), .numbers(1e-9...1), help: "discount γ")] + declarations,
            defaultSteps: 1, defaultLanes: 1, needsModel: true, objection: TabularHyperparameters.objection(name)
        ) { (context, settings) throws(SettingError) in
            guard let world = context.model else {
                throw SettingError(key: "environment", "\(name) needs a world whose rules can be read, and was given none")
            }
            let model: PlanningModel
            do throws(ModelError) { model = try PlanningModel(world) } catch {
                throw SettingError(key: "environment", error.description)
            }
            guard model.isFullyObserved else {
                throw SettingError(
                    key: "environment",
                    "\(name) decides by the state, and this world shows \(model.observationCount) views of \(model.stateCount) states; "
                        + "a learner with memory fits")
            }
            do throws(PlanningError) {
                return PlanningAgent(try solve(model, settings), model, lanes: context.lanes)
            } catch {
                throw SettingError(key: "gamma", error.description)
            }
        } policy: { (context, _) in
            let (states, actions) = context.tableSize
            return TabularPolicy(states: states, actions: actions)
        }
    }
}
