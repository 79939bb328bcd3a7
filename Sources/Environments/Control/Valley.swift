// The valley that both Mountain Cars drive in: where it ends, how fast one may be, what is seen of it.
import Basics
import RLCore

enum Valley {
    /// A wall.
    static let left = -1.2
    static let right = 0.6
    /// Position gained in one step at the most.
    static let speedLimit = 0.07

    static var observationSpace: Space {
        .box(
            .vector(2), low: [Float(left), -Float(speedLimit)], high: [Float(right), Float(speedLimit)])
    }
    static let observationNames = ["car position", "car velocity (per step)"]

    static let declarations = [
        SettingDeclaration(
            "goal_velocity", .number(0), .numbers(0...speedLimit),
            help: "the flag counts only for a car that is at least this fast"),
        SettingDeclaration("low", .number(-0.6), .numbers(left...0.4), help: "lower bound of the first position"),
        SettingDeclaration("high", .number(-0.4), .numbers(left...0.4), help: "upper bound of the first position"),
    ]

    /// The bounds of the first position.
    static func start(_ settings: Settings) throws(SettingError) -> (low: Double, high: Double) {
        let low = settings.number("low"), high = settings.number("high")
        guard low <= high else { throw SettingError(key: "low", "low must not be above high, \(low) is above \(high)") }
        return (low, high)
    }
}
