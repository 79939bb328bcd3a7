// A mini-Atari game as the catalogue lists it.
import Basics
public import RLCore

extension MiniAtari {
    public static var specification: EnvironmentSpecification {
        var specification = EnvironmentSpecification(
            Game.name, version: 1, summary: Game.summary, timeLimit: Game.timeLimit, threshold: nil, observationNames: [],
            actionNames: GameAction.all.map(\.name),
            declarations: [
                SettingDeclaration(
                    "sticky", .number(0.1), .numbers(0...1),
                    help: "how likely the action before is repeated instead of the chosen one"),
                SettingDeclaration("ramping", .boolean(true), help: "the game gets harder, where it has a ramp"),
                SettingDeclaration(
                    "actions", .text("all"), .words(["all", "minimal"]),
                    help: "all six, or only those that do something in this game"),
                SettingDeclaration(
                    "clock_terminates", .boolean(false),
                    help: "a game with a clock of its own (freeway) ends by it as a termination"),
            ], make: make)
        specification.referenceMaker = { (settings, seed) throws(SettingError) in
            guard let seed = UInt32(exactly: seed) else {
                throw SettingError(key: "seed", "the reference's seeds end at \(UInt32.max), \(seed) is above")
            }
            let world = ReferenceMiniAtari(make(settings), seed: seed)
            return Vector(TimeLimit(world, limit: settings.integer("time_limit")), lanes: 1)
        }
        return specification
    }

    @Sendable private static func make(_ settings: Settings) -> MiniAtari {
        var rules = GameRules()
        rules.ramps = settings.boolean("ramping")
        rules.clockTerminates = settings.boolean("clock_terminates")
        return MiniAtari(rules: rules, sticky: settings.number("sticky"), onlyUseful: settings.text("actions") == "minimal")
    }
}
