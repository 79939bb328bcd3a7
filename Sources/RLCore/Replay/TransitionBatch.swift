// Where a sampled batch is written: views into whatever consumes it, such as a tape's inlets.
public import Kernels

public struct TransitionBatch: Sendable {
    public let observations: Rows
    /// What followed after the reward's last step.
    public let successors: Rows
    /// [count] each; actions are whole numbers as floats, ready to be picked by.
    public let actions: Floats
    /// Of one step, or the discounted sum of several.
    public let rewards: Floats
    /// What the successor's value counts for: 0 where the episode has terminated.
    public let discounts: Floats
    /// Importance weights; they are written where the memory is prioritised.
    public let weights: Floats
    public var count: Int { actions.count }

    public init(observations: Rows, successors: Rows, actions: Floats, rewards: Floats, discounts: Floats, weights: Floats) {
        self.observations = observations
        self.successors = successors
        self.actions = actions
        self.rewards = rewards
        self.discounts = discounts
        self.weights = weights
    }
}
