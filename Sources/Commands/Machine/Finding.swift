// One line of `rl doctor`: what was looked at, what is there, and what to do about it.

import Training

package struct Finding: Hashable {
    package enum Level: String {
        /// As it should be.
        case good = "ok"
        /// Works, but slower or less than it could.
        case warning = "warn"
    }

    /// What was looked at: `OpenBLAS`.
    package let name: String
    package let level: Level
    /// What is there.
    package let value: String
    /// What to do; empty when there is nothing to do.
    package let advice: String

    package static func good(_ name: String, _ value: String, _ advice: String = "") -> Finding {
        Finding(name: name, level: .good, value: value, advice: advice)
    }
    package static func warning(_ name: String, _ value: String, _ advice: String) -> Finding {
        Finding(name: name, level: .warning, value: value, advice: advice)
    }

    var json: JSON {
        ["name": JSON(name), "status": JSON(level.rawValue), "value": JSON(value), "advice": advice.isEmpty ? nil : JSON(advice)]
    }
}
