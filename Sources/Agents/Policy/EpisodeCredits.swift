// What each step of remembered episodes is credited with: the returns that Monte-Carlo learners weigh their actions by.
import Basics
import Kernels
import RLCore

struct EpisodeCredits {
    /// [rows]: the discounted return from each step on, or of its whole episode.
    private(set) var weights: [Float]
    /// [rows]: V of each state; empty where there is none.
    let values: [Float]

    /// - Parameters:
    ///   - rewardToGo: rewards before a step do not depend on its action, and are then left out.
    ///   - values: [rows + last views] of states and of the true last views of truncated episodes, which continue their returns; without
    ///     them a truncated return is short of what followed.
    init(_ memory: EpisodeMemory, discount: Double, rewardToGo: Bool, values: [Float]?) {
        let rewards = memory.finished.rewards
        weights = Array(repeating: 0, count: rewards.count)
        self.values = values.map { Array($0[0..<rewards.count]) } ?? []
        for episode in 0..<memory.episodeCount {
            let rows = memory.rows(of: episode)
            var future = 0.0
            if let values, memory.bootstraps[episode] >= 0 {
                future = Double(values[rewards.count + memory.bootstraps[episode]])
            }
            for row in rows.reversed() {
                future = Double(rewards[row]) + discount * future
                weights[row] = Float(future)
            }
            if !rewardToGo { for row in rows { weights[row] = Float(future) } }
        }
    }
}

/// `standardise(_:)` of a buffer, for an array.
func standardise(_ x: inout [Float]) {
    let storage = Storage<Float>(count: x.count)
    storage.all.copy(from: x)
    RLCore.standardise(storage.all)
    for i in x.indices { x[i] = storage.all[i] }
}
