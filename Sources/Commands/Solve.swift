// `rl solve`: plans exactly in a world whose rules can be read, and prints values and arrows.

import Agents
import Basics
import Environments
import Kernels
import RLCore
import Training

struct Solve: Command {
    static let name = "solve"
    static let summary = "plans exactly in a finite world and prints its values and policy"
    static let discussion = """
        Values are expected discounted returns without the world's time limit. Of equally good actions the first is \
        shown; absorbing states have policy -1.
        """
    static let examples = [
        "rl solve gridworld",
        "rl solve frozenlake --algorithm policy-iteration --json",
        "rl solve cliffwalking --discount 1 --env-set is_slippery=true",
    ]

    enum Algorithm: String, CaseIterable, ArgumentValue, OptionValue {
        typealias Single = Algorithm
        case valueIteration = "value-iteration"
        case policyIteration = "policy-iteration"
        case modifiedPolicyIteration = "modified-policy-iteration"
    }

    @Argument("ENVIRONMENT", completing: .names(.environment), help: "a world with a model; see rl list environments")
    var environment: String
    @Option("--algorithm", value: "NAME", help: "how to plan") var algorithm = Algorithm.valueIteration
    @Option("--discount", value: "X", help: "γ, above 0 and at most 1 [0.99; 1 for gridworld]") var discount: Double?
    @Option("--tolerance", value: "X", in: 1e-300...1, help: "the search ends when no value moves by as much") var tolerance =
        1e-12
    @Option("--env-set", value: "KEY=VALUE", help: "a parameter of the world") var envSet: [String] = []
    @Option("--out", value: "FILE", completing: .files, help: "write the policy as an agent") var out: String?
    @Flag("--json", help: "print one JSON document and nothing else") var json

    mutating func run(_ context: inout Context) throws {
        let catalogues = context.application.catalogues
        let specification = try asUsage { try catalogues.environments[environment] }
        let settings = try asUsage { try specification.settings.assigning(envSet, from: "--env-set") }
        guard let world = try asUsage({ try specification.makeModel(settings) }) else {
            let known = try catalogues.environments.names.filter { try catalogues.environments[$0].hasModel }
            throw UsageError(
                "\(environment) can only be played, it has no model to solve; these have: \(known.joined(separator: ", "))")
        }
        // The textbook states its values undiscounted.
        let discount = self.discount ?? (environment == "gridworld" ? 1 : 0.99)
        guard discount > 0 && discount <= 1 else {
            throw UsageError("--discount must lie above 0 and be at most 1, got \(discount)")
        }
        let plan: Plan
        do {
            plan = try solved(try PlanningModel(world), discount)
        } catch let error as PlanningError {
            throw CommandFailure(error.description)
        }
        if let out { try write(plan, of: specification, settings, catalogues, to: out) }
        if json { return context.output.line(JSONWriter.pretty(document(plan))) }
        show(plan, world, on: context.output)
    }

    private func solved(_ model: PlanningModel, _ discount: Double) throws -> Plan {
        switch algorithm {
        case .valueIteration: try ValueIteration.solve(model, discount: discount, tolerance: tolerance)
        case .policyIteration: try PolicyIteration.solve(model, discount: discount)
        case .modifiedPolicyIteration: try ModifiedPolicyIteration.solve(model, discount: discount, tolerance: tolerance)
        }
    }

    /// The agent that `rl train ALGORITHM` would write, with this discount and tolerance.
    private func write(
        _ plan: Plan, of world: EnvironmentSpecification, _ settings: Settings, _ catalogues: Catalogues, to path: String
    ) throws {
        var training = TrainingPlan(try catalogues.algorithms[algorithm.rawValue], in: world)
        training.environmentSettings = settings
        try training.hyperparameters.set("gamma", to: .number(plan.discount), from: "--discount")
        if algorithm != .policyIteration {
            try training.hyperparameters.set("tolerance", to: .number(tolerance), from: "--tolerance")
        }
        let policy = try asUsage { try TrainingRun(training).agent.makePolicy() }
        var weights = Archive()
        policy.save(into: &weights)
        try AgentFile.write(weights, of: training, step: 0, to: path)
    }

    private func document(_ plan: Plan) -> JSON {
        [
            "environment": JSON(environment), "algorithm": JSON(algorithm.rawValue), "discount": JSON(plan.discount),
            "tolerance": JSON(tolerance), "sweeps": JSON(plan.sweeps), "residual": JSON(plan.residual),
            "start_value": JSON(plan.startValue), "values": JSON(plan.values), "policy": JSON(plan.policy),
        ]
    }

    private func show(_ plan: Plan, _ world: any MDP, on output: Output) {
        output.line(
            "\(environment): \(algorithm.rawValue), discount \(plan.discount), \(grouped(plan.sweeps)) sweeps, "
                + "residual \(plan.residual)",
            .bold)
        output.line("value of the start \(rounded(plan.startValue, 9))")
        output.line()
        if let layout = world.layout, layout.columns <= 40 {
            for line in GridPrinter(layout, plan, of: world).lines { output.line(line) }
        } else {
            // States that do not lie in a plane, or too many for a page: the first of them.
            output.line("state       value  action")
            for state in plan.values.indices.prefix(40) {
                output.line(
                    "\(state)".leftPadded(to: 5) + rounded(plan.values[state], 6).leftPadded(to: 12)
                        + "\(plan.policy[state])".leftPadded(to: 8))
            }
            if plan.values.count > 40 { output.line("… \(grouped(plan.values.count - 40)) more states: --json gives all") }
        }
    }
}

/// Values and arrows, cell by cell, as the map lies; an absorbing cell shows its letter and what entering it pays.
struct GridPrinter {
    private let layout: GridLayout
    private let plan: Plan
    private let prizes: [Int: Double]

    init(_ layout: GridLayout, _ plan: Plan, of world: any MDP) {
        self.layout = layout
        self.plan = plan
        var prizes: [Int: Double] = [:]
        for state in 0..<world.stateCount where plan.policy[state] >= 0 {
            for action in 0..<world.actionCount {
                for outcome in world.transitions(of: action, in: state) where outcome.terminates {
                    prizes[outcome.next] = outcome.reward
                }
            }
        }
        self.prizes = prizes
    }

    var lines: [String] {
        let cells = (0..<layout.rows * layout.columns).map(text)
        let width = cells.map(\.count).max() ?? 0
        return (0..<layout.rows).map { row in
            (0..<layout.columns).map { cells[row * layout.columns + $0].padded(to: width) }.joined(separator: "  ").trimmedEnd
        }
    }

    private func text(_ cell: Int) -> String {
        guard let state = layout.states[cell] else { return "\(layout.letters[cell])" }
        let action = plan.policy[state]
        guard action >= 0 else {
            return "\(layout.letters[cell])" + (prizes[state].map { " \($0 > 0 ? "+" : "")\(plain($0))" } ?? "")
        }
        let arrow = action < layout.arrows.count ? "\(layout.arrows[action])" : "\(action)"
        return "\(arrow) \(rounded(plan.values[state], layout.columns <= 8 ? 9 : 6))"
    }
}

extension String {
    var trimmedEnd: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
