// The simplest control: always the same action.
public import Basics
import Kernels
public import RLCore

/// One choice, or one number in every dimension, whatever is seen and in every mode.
public final class ConstantPolicy: Policy {
    private var action: Float
    private let actionSpace: Space

    /// - Throws: for an action that the space does not hold.
    public init(action: Double, actionSpace: Space) throws(SettingError) {
        if let objection = Self.objection(action, actionSpace) { throw SettingError(key: "action", objection) }
        self.action = Float(action)
        self.actionSpace = actionSpace
    }

    private static func objection(_ action: Double, _ space: Space) -> String? {
        switch space {
        case .discrete(let count):
            if let index = Int(exactly: action), (0..<count).contains(index) { return nil }
            return "action \(action) is none of this world's, which are 0 to \(count - 1)"
        case .box(_, let low, let high):
            if zip(low, high).allSatisfy({ Double($0) <= action && action <= Double($1) }) { return nil }
            return "action \(action) lies outside of this world's, from \(low.max() ?? 0) to \(high.min() ?? 0)"
        case .bytes: return "no world is told bytes"
        }
    }

    public func begin(lanes: Int) {}
    public func act(on observations: Rows, into actions: Actions, mode: Mode, using sources: inout [RandomSource]) {
        if case .discrete = actionSpace { actions.indices.fill(Int32(action)) } else { actions.values.fill(action) }
    }
    public func insight(into observations: Rows, row: Int, attention: Bool) -> Insight? {
        actionSpace.discreteCount.map { Insight(certain: Int(action), of: $0) }
    }
    public func save(into archive: inout Archive) { archive.store([action], as: "action") }
    public func load(from archive: Archive) throws(ArchiveError) {
        let stored = try archive.floats("action", count: 1)[0]
        if let objection = Self.objection(Double(stored), actionSpace) { throw ArchiveError(objection) }
        action = stored
    }

    public static let specification = AlgorithmSpecification.fixed(
        "constant", summary: "always the same action: a control",
        declarations: [
            SettingDeclaration(
                "action", .number(0), .numbers(-1e9...1e9),
                help: "the number of the choice, or the number told in every dimension of a box")
        ], objection: { _, actions in if case .bytes = actions { "constant has no bytes to tell" } else { nil } }
    ) { (space, settings) throws(SettingError) in
        try ConstantPolicy(action: settings.number("action"), actionSpace: space)
    }
}
