// Everything that a checkpoint holds is needed: with any one item left out, the run is refused or ends differently.
import Basics
import TestSupport
import Testing

@testable import Training

@Suite struct ForgottenStateBitsTests {
    private let folder = TemporaryFolder()

    /// `archive` with the item `name` as a run has it that was never saved, or without it where such a run has it in another shape.
    private func forget(_ name: String, in archive: inout Archive, _ fresh: Archive) {
        var altered = Archive()
        for other in archive.names {
            guard let tensor = archive[other] else { continue }
            if let stretch = archive.stretch(other), other != name {
                altered.store(tensor, of: stretch, as: other)
            } else if other != name {
                altered.store(tensor, as: other)
            } else if let initial = fresh[name], initial.shape == tensor.shape, archive.stretch(name) == nil {
                altered.store(initial, as: name)
            }
        }
        archive = altered
    }

    /// What may be forgotten because it is there twice, or is made anew before anybody asks.
    private static let harmless = [
        // Of the update that was measured last: the next one is measured before the next report.
        "monitor/measured",
        // What the lanes were shown last: the learner behind the preprocessing has a copy.
        "agent/seen",
        // Pendulum's last torque: it is only drawn.
        "torque",
    ]

    @Test(
        arguments: [
            ("rainbow", "cartpole", ["normalize_observation": "true"]),
            ("ppo", "pendulum", ["normalize_observation": "true", "normalize_reward": "true"]),
            ("reinforce", "cartpole", ["baseline": "moving_average"]), ("pqn", "asterix", [:]), ("ac-lambda", "cartpole", [:]),
            ("q-lambda", "frozenlake", [:]), ("a2c", "acrobot", [:]), ("dyna-q", "taxi", [:]),
        ] as [(String, String, [String: String])])
    func nothingMayBeLeftOut(_ algorithm: String, _ world: String, _ more: [String: String]) throws {
        // The schedules of a longer run: reports are so far apart that the interruption falls between two. No episode ends between it
        // and the last checkpoint, which therefore shows what was forgotten unless it was learned anew.
        var plan = try tinyPlan(algorithm, world, steps: 800, more.map { ($0, $1) }).lasting(132)
        plan.evaluationInterval = 40
        plan.checkpointInterval = 33
        try plan.environmentSettings.set("time_limit", parsing: "12", from: "the test")
        let check = ResumeCheck(plan, in: folder.path, episodes: 2)
        let best = try check.trainWhole().best.step
        let at = 124
        var names: [String] = [], unchanged: [String] = [], unnoticed: [String] = []
        var fresh = Archive()
        #expect(
            try check.compare(.stopped, at: at, Catalogues()) { archive, run in
                names = archive.names
                run.save(into: &fresh)
                unchanged = names.filter { fresh[$0] == archive[$0] && archive.stretch($0) == nil }
            }.isEqual)
        for name in names where !unchanged.contains(name) {
            do {
                let comparison = try check.compare(.stopped, at: at, Catalogues()) { archive, _ in
                    forget(name, in: &archive, fresh)
                }
                if comparison.isEqual { unnoticed.append(name) }
            } catch let error as FileError {
                #expect(error.kind == .malformed, "\(error)")
            } catch is ArchiveError {
                // Kept weights are looked at when they are needed.
                #expect(name.hasPrefix("best/"))
            }
        }
        #expect(names.count > 15 && unchanged.count < names.count / 3, "\(names), unchanged: \(unchanged)")
        // Weights that a later evaluation replaces are kept for nothing, which nobody can know before.
        if best > at { unnoticed.removeAll { $0.hasPrefix("best/") } }
        unnoticed.removeAll { name in Self.harmless.contains { name.hasSuffix($0) } }
        // A lane whose episode happens to end forgets by itself; then another lane has to tell.
        let all = unnoticed
        unnoticed.removeAll { name in
            let twins = (0..<plan.lanes).map { name.replacing(#/lane\d+\//#, with: "lane\($0)/") }
            return name.hasPrefix("worlds/lane") && !twins.allSatisfy { all.contains($0) }
        }
        #expect(unnoticed.isEmpty, "\(algorithm): \(unnoticed)")
    }
}
