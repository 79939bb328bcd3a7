// The command that repeats a run, from the plan that its folder holds.

import Training

struct Reproduction {
    /// `rl train dqn cartpole --seed 3 --set learning_rate=0.001`.
    let command: String

    init(_ run: RunRecord) {
        let plan = run.document["plan"]
        var words = ["rl", "train", quotedForShell(run.algorithm), quotedForShell(run.environment)]
        if let preset = run.preset, preset != "\(run.algorithm)-\(run.environment)" {
            words += ["--preset", quotedForShell(preset)]
        }
        let origins = plan?["origins"]
        for member in origins?["run"]?.objectValue?.members ?? [] {
            guard let option = member.value.stringValue, option.hasPrefix("--"), let value = plan?[member.key] else { continue }
            words += option == "--\(member.key.replacing("_", with: "-"))" ? Self.option(option, value) : []
        }
        for (key, option) in [("hyperparameters", "--set"), ("env", "--env-set")] {
            for member in origins?[key]?.objectValue?.members ?? [] where member.value.stringValue == option {
                guard let value = plan?[key]?[member.key] else { continue }
                words += [option, quotedForShell("\(member.key)=\(Self.text(value))")]
            }
        }
        command = words.joined(separator: " ")
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
