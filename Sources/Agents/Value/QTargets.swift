// What Q(s, a) should have been: the reward and what the target network makes of the successor.
import Basics
import Kernels
import Neural
import RLCore

final class QTargets {
    private let returns: ReturnModel
    private let actionCount: Int
    /// Of the target network, θ⁻.
    private let runner: QRunner
    /// Chooses by θ, for the double variant only.
    private let chooser: QRunner?
    private let choices: Storage<Int32>
    /// What θ⁻ says of the chosen actions, [rows, width].
    private let chosen: Storage<Float>

    init(
        _ network: QNetwork, online: ParameterStore, target: ParameterStore, _ plan: QNetwork.Plan, observationSpace: Space,
        rows: Int, double: Bool
    ) {
        returns = plan.returns
        actionCount = plan.actions
        func makeRunner(_ store: ParameterStore) -> QRunner {
            QRunner(network, store, plan.returns, observationSpace: observationSpace, rows: rows, mode: .training)
        }
        runner = makeRunner(target)
        chooser = double ? makeRunner(online) : nil
        choices = Storage(count: rows)
        chosen = Storage(count: rows * plan.returns.width)
    }

    var byteCount: Int { runner.byteCount + (chooser?.byteCount ?? 0) + 4 * (choices.all.count + chosen.all.count) }
    /// Where the successors are written before `write`.
    var successors: Rows { runner.rows }

    /// targets [rows, width] ← r + γ′ · what θ⁻ says of the best action, which θ⁻ chooses itself or, double, θ (van Hasselt et al.
    /// 2016, equation 4). Noisy layers are drawn anew, each network its own noise.
    func write(rewards: Floats, discounts: Floats, into targets: Floats, using random: inout RandomSource) {
        let rows = rewards.count
        if runner.needsChance { runner.draw(using: &random) }
        let values = runner.run(rows: rows)
        if let chooser {
            if chooser.needsChance { chooser.draw(using: &random) }
            chooser.bestActions(for: successors, into: choices.all)
        } else {
            Reduction.argmax(values, width: actionCount, rows: rows, into: choices.all)
        }
        gather()
        returns.targets(rewards: rewards, discounts: discounts, successors: chosen.all, into: targets)
    }

    private func gather() {
        let said = if case .categorical = returns { runner.probabilities } else { runner.outputs }
        let width = returns.width
        if width == 1 {
            for r in 0..<choices.all.count { chosen.all[r] = said[r * actionCount + Int(choices.all[r])] }
        } else {
            for r in 0..<choices.all.count {
                chosen.all.row(r, width: width).copy(from: said.row(r * actionCount + Int(choices.all[r]), width: width))
            }
        }
    }
}
