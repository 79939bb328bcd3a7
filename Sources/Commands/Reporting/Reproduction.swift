// The command that repeats a run, from the plan that its folder holds.

import Training

/// It says whatever `rl train` would not choose by itself, wherever the run had it from: a preset's file may be gone, or be another one.
struct Reproduction {
    /// `rl train dqn cartpole --seed 3 --set learning_rate=0.001`.
    let command: String

    init(_ run: RunRecord, _ context: Context) {
        let plan = run.document["plan"]
        var words = [run.algorithm, run.environment], shown = ["rl", "train"] + words.map(quotedForShell)
        if let preset = run.preset, preset != "\(run.algorithm)-\(run.environment)",
            Self.plan(of: words + ["--preset=\(preset)"], context) != nil
        {
            words.append("--preset=\(preset)")
            shown += ["--preset", quotedForShell(preset)]
        }
        let unasked = Self.plan(of: words, context)
        let budget = Self.budget.compactMap { key in plan?[key].map { "\(Self.name(key))=\(Self.text($0))" } }
        // What is a share of the budget is one of this run's budget.
        let rest = unasked == nil ? nil : Self.plan(of: words + budget, context)
        func isUnasked(_ key: String, _ value: JSON) -> Bool {
            switch key {
            case "schedule_steps": Self.text(value) == plan?["steps"].map(Self.text)
            case "seed", "steps", "lanes": Self.text(value) == unasked?[key].map(Self.text)
            default: Self.text(value) == rest?[key].map(Self.text)
            }
        }
        for key in TrainingPlan.runKeys {
            guard let value = plan?[key], unasked != nil || plan?["origins"]?["run"]?[key] != nil else { continue }
            if !isUnasked(key, value) { shown += Self.option(Self.name(key), value) }
        }
        for (section, option) in [("hyperparameters", "--set"), ("env", "--env-set")] {
            for member in plan?[section]?.objectValue?.members ?? [] {
                let isDefault =
                    rest.map { $0[section]?[member.key].map(Self.text) == Self.text(member.value) }
                    ?? (plan?["origins"]?[section]?[member.key] == nil)
                if !isDefault { shown += [option, quotedForShell("\(member.key)=\(Self.text(member.value))")] }
            }
        }
        command = shown.joined(separator: " ")
    }

    private static let budget = ["steps", "schedule_steps", "lanes"]
    private static func name(_ key: String) -> String { "--" + key.replacing("_", with: "-") }

    /// What `rl train` with these words would do; nil where it would not: then all that is known is where values came from.
    private static func plan(of words: [String], _ context: Context) -> JSON? {
        guard case .command(let command)? = try? parse(Train.self, words), let train = command as? Train else { return nil }
        return (try? train.makePlan(context))?.json
    }

    /// A switch alone, a value that was switched off as `none`.
    private static func option(_ name: String, _ value: JSON) -> [String] {
        switch value {
        case .bool(let isOn): isOn ? [name] : []
        case .null: [name, "none"]
        default: [name, quotedForShell(text(value))]
        }
    }

    /// A value of JSON as `--set` reads it.
    static func text(_ value: JSON) -> String {
        switch value {
        case .string(let word): word
        case .number(let number): plain(number)
        case .array(let elements): elements.map(text).joined(separator: ",")
        case .null: "none"
        default: JSONWriter.compact(value)
        }
    }
}
