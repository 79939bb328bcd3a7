// A world in which only who bootstraps where an episode was cut short stays.
import Basics
import Kernels
import RLCore

/// Staying pays 1 a step for ever and is worth 10 at γ = 0.9, leaving pays 3; after one step one is no longer watched.
struct StayOrLeave: Environment {
    /// How a step that stays ends: the truth is that the episode is truncated.
    let cut: Ending
    private var time = 0

    static func specification(_ cut: Ending) -> EnvironmentSpecification {
        EnvironmentSpecification(
            "stay", version: 1, summary: "stay or leave", timeLimit: 1000, threshold: nil, observationNames: [], actionNames: []
        ) { (_) throws(SettingError) in StayOrLeave(cut: cut) }
    }
    private init(cut: Ending) { self.cut = cut }

    /// What `policy` does when it is greedy: 0 stays, 1 leaves.
    static func choice(of policy: any Policy) -> Int32 {
        let actions = Actions(lanes: 1, space: .discrete(2)), view = RowStorage(count: 1, space: .discrete(1))
        var sources = [RandomSource(seed: 0)]
        policy.begin(lanes: 1)
        policy.act(on: view.rows, into: actions, mode: .greedy, using: &sources)
        return actions.indices[0]
    }

    var observationSpace: Space { .discrete(1) }
    var actionSpace: Space { .discrete(2) }
    mutating func reset(using random: inout RandomSource) { time = 0 }
    mutating func step(_ action: Action, using random: inout RandomSource) -> Outcome {
        time += 1
        return action.index == 1 ? Outcome(reward: 3, ending: .terminated) : Outcome(reward: 1, ending: cut)
    }
    func observe(into row: inout MutableSpan<Float>) { row[0] = 0 }
    var state: [Double] { [Double(time)] }
    func save(into archive: inout Archive) {}
    mutating func load(from archive: Archive) throws(ArchiveError) {}
}
