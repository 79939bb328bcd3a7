// Learning that went out of bounds: what was found where, and what to try.
import Agents
public import Basics
import RLCore

/// Nothing after it can be trusted, so the run stops.
public struct Divergence: Error, Hashable, Sendable, CustomStringConvertible {
    public let step: Int
    /// The number that an update met before it did harm; nil where an agent reported a quantity that is none.
    public let fault: NotFinite?
    public let description: String

    init(_ fault: NotFinite, _ plan: TrainingPlan) {
        step = fault.step
        self.fault = fault
        description = "training diverged at \(fault); " + Self.advice(plan, inputs: fault.quantity == .input)
    }
    /// What an agent reported: the update that made it is past.
    init(metric: String, value: Double, step: Int, _ plan: TrainingPlan) {
        self.step = step
        fault = nil
        description =
            "training diverged: \(metric) is \(value.isNaN ? "not a number" : "\(value)") at step \(step); "
            + Self.advice(plan, inputs: false)
    }

    /// With the values that were too bold, where the algorithm has such settings.
    private static func advice(_ plan: TrainingPlan, inputs: Bool) -> String {
        let bold = ["learning_rate", "max_grad_norm"].compactMap { key in
            plan.hyperparameters.declarations.contains { $0.key == key } ? "\(key) (now \(plan.hyperparameters[key]))" : nil
        }
        let smaller = bold.isEmpty ? "" : "try a smaller \(bold.joined(separator: " or "))"
        guard inputs else { return smaller.isEmpty ? "check the rewards of the world" : smaller }
        return "look at the rewards and observations of \(plan.environment.name)" + (smaller.isEmpty ? "" : ", or " + smaller)
    }
}
