// A control that follows a script: a list of actions, from the beginning in every episode.
public import Basics
import Kernels
public import RLCore

/// The script's actions in turn, and again from its first when it has ended; every episode begins with the first. It sees nothing, so
/// it shows what a world gives to somebody who does not look.
public final class ScriptedPolicy: Policy {
    private var script: [Int32]
    private let actionCount: Int
    /// [lanes]: which action of the script comes next.
    private var places: [Int] = []

    /// - Throws: for an empty script, or one with an action that is not among the world's.
    public init(_ script: [Int], actionCount: Int) throws(SettingError) {
        if let objection = Self.objection(script, actionCount) { throw SettingError(key: "script", objection) }
        self.script = script.map { Int32($0) }
        self.actionCount = actionCount
    }

    private static func objection(_ script: [Int], _ count: Int) -> String? {
        if script.isEmpty { return "a script needs an action, such as script=0,1" }
        return script.first { !(0..<count).contains($0) }.map {
            "the script's action \($0) is none of this world's, which are 0 to \(count - 1)"
        }
    }

    public func begin(lanes: Int) { places = Array(repeating: 0, count: lanes) }
    public func act(on observations: Rows, into actions: Actions, mode: Mode, using sources: inout [RandomSource]) {
        if places.count < actions.count { begin(lanes: actions.count) }
        for lane in 0..<actions.count {
            actions.indices[lane] = script[places[lane]]
            places[lane] = places[lane] + 1 == script.count ? 0 : places[lane] + 1
        }
    }
    public func insight(into observations: Rows, row: Int, attention: Bool) -> Insight? {
        let place = places.indices.contains(row) ? places[row] : 0
        return Insight(certain: Int(script[place]), of: actionCount)
    }
    public func ended(lane: Int) { places[lane] = 0 }
    public func save(into archive: inout Archive) { archive.store(script, as: "script") }
    public func load(from archive: Archive) throws(ArchiveError) {
        let stored = try archive.int32s("script")
        if let objection = Self.objection(stored.map { Int($0) }, actionCount) { throw ArchiveError(objection) }
        script = stored
        begin(lanes: places.count)
    }

    public static let specification = AlgorithmSpecification.fixed(
        "scripted", summary: "a list of actions in turn, anew in every episode: a control",
        declarations: [
            SettingDeclaration("script", .integers([0]), .integers(0...Int(Int32.max)), help: "actions, one after the other")
        ],
        objection: { _, actions in
            actions.discreteCount == nil
                ? "scripted needs a discrete action space, this world's is \(actions); constant fits" : nil
        }
    ) { (space, settings) throws(SettingError) in
        try ScriptedPolicy(settings.integers("script"), actionCount: space.discreteCount ?? 0)
    }
}

extension ScriptedPolicy: PlacedPolicy {
    func savePlaces(into archive: inout Archive) { archive.store(places.map { Int64($0) }, as: "places") }
    func loadPlaces(from archive: Archive) throws(ArchiveError) {
        let stored = try archive.counters("places", count: places.count)
        guard stored.allSatisfy({ $0 < script.count }) else { throw ArchiveError("\"places\" lie behind the script's end") }
        places = stored
    }
}
