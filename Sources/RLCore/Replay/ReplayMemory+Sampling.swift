// Drawing from a replay memory: which slots, and what of them is written into the batch.
public import Basics
public import Kernels

extension ReplayMemory {
    /// Fills `batch` with transitions drawn with replacement: uniformly, or in proportion to their priorities with importance weights.
    ///
    /// - Parameter beta: how far the weights make up for the drawing's bias, 1 for all of it.
    /// - Precondition: `count` is positive.
    public func sample(into batch: TransitionBatch, beta: Float = 1, using random: inout RandomSource) {
        guard count > 0 else { fatalError("a batch was asked of a replay memory from which nothing can be drawn yet") }
        guard batch.count == plan.batchSize else { fatalError("a batch of \(batch.count), the memory serves \(plan.batchSize)") }
        let used = written.reduce(0) { max($0, $1) }
        for r in 0..<batch.count {
            let slot: Int
            if let priorities {
                slot = priorities.draw(part: r, of: batch.count, using: &random)
            } else {
                slot = drawUniformly(used, &random)
            }
            drawn.all[r] = Int32(slot)
            write(slot, into: batch, r)
        }
        priorities?.weigh(drawn.all, count: count, beta: beta, into: batch.weights)
    }

    /// New priorities for the batch drawn last: errors [count], none negative.
    public func reprioritise(by errors: Floats) { priorities?.change(drawn.all, to: errors) }

    /// One of the first `used` places of any lane, drawn until one is ready: nearly all are, once there is something to learn from.
    private func drawUniformly(_ used: Int, _ random: inout RandomSource) -> Int {
        while true {
            let draw = random.below(plan.lanes * used)
            let slot = draw / used * length + draw % used
            if ready.all[slot] == 1 { return slot }
        }
    }

    /// Rewards are summed until the episode ends or `plan.steps` are together; what is left of the future stands behind the last.
    private func write(_ slot: Int, into batch: TransitionBatch, _ r: Int) {
        var last = slot, reward: Float = 0, factor: Float = 1
        for step in 1...plan.steps {
            reward += factor * rewards.all[last]
            factor *= plan.discount
            if step == plan.steps || kinds.all[last] != Kind.running.rawValue { break }
            last = after(last)
        }
        let isOver = kinds.all[last] == Kind.terminated.rawValue
        batch.actions[r] = Float(actions.all[slot])
        batch.rewards[r] = reward
        batch.discounts[r] = bootstrapDiscount(after: isOver ? .terminated : .running, discount: factor)
        frames.read(slot, into: batch.observations, row: r, before: before)
        // Nothing follows a termination; the view itself stands in for what counts nothing.
        frames.read(isOver ? slot : after(last), into: batch.successors, row: r, before: before)
    }
}
