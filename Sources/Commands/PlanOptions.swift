// Which plan is trained: what every command that trains is told.

import Agents
import Basics
import Environments
import RLCore
import Training

struct PlanOptions: OptionGroup {
    @Argument("ALGORITHM", completing: .names(.algorithm), help: "see rl list algorithms") var algorithm: String
    @Argument("ENVIRONMENT", completing: .names(.environment), help: "see rl list environments") var environment: String
    @Option(
        "--steps", value: "N", in: TrainingPlan.stepsRange,
        help: "the budget in environment steps, rounded up to whole steps of all lanes")
    var steps: Int?
    @Option("--lanes", value: "N", in: TrainingPlan.lanesRange, help: "environments stepped together") var lanes: Int?
    @Option("--set", value: "KEY=VALUE", help: "a hyperparameter; see rl info ALGORITHM") var set: [String] = []
    @Option("--env-set", value: "KEY=VALUE", help: "a parameter of the world; see rl info ENVIRONMENT") var envSet: [String] = []
    @Option("--preset", value: "NAME|FILE", completing: .files, help: "a preset other than ALGORITHM-ENVIRONMENT") var preset:
        String?
    @Option("--until-return", value: "X|none", help: "stop when an evaluation reaches a mean return of X") var untilReturn:
        OrNone<Double>?

    /// The preset's values or the defaults, then whatever the command line says.
    ///
    /// - Parameter scheduleSteps: what everything that is a share of the budget is a share of; nil for the budget.
    func plan(_ context: Context, scheduleSteps: Int? = nil) throws -> TrainingPlan {
        let catalogues = context.application.catalogues
        let specification = try asUsage { try catalogues.algorithms[algorithm] }
        let world = try asUsage { try catalogues.environments[environment] }
        var plan = TrainingPlan(specification, in: world)
        if let found = try findPreset(context) {
            guard found.algorithm == algorithm, found.environment == environment else {
                throw UsageError(
                    "the preset \(found.name) is for \(found.algorithm) on \(found.environment), not for \(algorithm) on \(environment)"
                )
            }
            plan = try asUsage { try found.plan(catalogues, steps: steps, lanes: lanes, scheduleSteps: scheduleSteps) }
        } else {
            plan.setBudget(steps: steps ?? plan.steps, lanes: lanes ?? plan.lanes, scheduleSteps: scheduleSteps)
        }
        try asUsage {
            plan.hyperparameters = try plan.hyperparameters.assigning(set, from: "--set")
            plan.environmentSettings = try plan.environmentSettings.assigning(envSet, from: "--env-set")
            try plan.checkFit()
        }
        switch untilReturn {
        case .value(let goal): plan.untilReturn = goal
        case .some: plan.untilReturn = nil
        case nil: break
        }
        let given: [(String, Bool)] = [
            ("steps", steps != nil), ("schedule_steps", scheduleSteps != nil), ("lanes", lanes != nil),
            ("until_return", untilReturn != nil),
        ]
        for (key, isGiven) in given where isGiven { plan.origins[key] = "--" + key.replacing("_", with: "-") }
        return plan
    }

    private func findPreset(_ context: Context) throws -> Preset? {
        if let preset, preset.hasSuffix(".json") { return try Preset(preset) }
        let home = try context.dataHome()
        let known = try home?.names(.agents, suffix: ".json") ?? []
        let name = preset ?? "\(algorithm)-\(environment)"
        if let home, known.contains(name) { return try Preset(try home.file(.agents, name, suffix: ".json")) }
        guard let preset else { return nil }
        // A hundred names are no hint: those that would fit are.
        let fitting = known.filter { $0.hasPrefix("\(algorithm)-\(environment)") }
        let hint =
            nearestWord(to: preset, in: known).map { "did you mean \"\($0)\"?" }
            ?? (fitting.isEmpty
                ? "there is none for \(algorithm) on \(environment), whose defaults serve without --preset"
                : "for \(algorithm) on \(environment) there are \(fitting.joined(separator: ", "))")
        throw FileError(.missing, path: preset, "no such preset; \(hint)")
    }

    /// The same in words, for a child.
    var words: [String] {
        var words = [algorithm, environment]
        func add<Value>(_ name: String, _ value: Value?) { if let value { words += ["\(name)=\(value)"] } }
        add("--steps", steps)
        add("--lanes", lanes)
        for pair in set { words += ["--set=\(pair)"] }
        for pair in envSet { words += ["--env-set=\(pair)"] }
        // The child may begin in another folder.
        add("--preset", preset.map { $0.hasSuffix(".json") ? Paths.canonical($0) : $0 })
        add("--until-return", untilReturn?.argumentText)
        return words
    }
}
