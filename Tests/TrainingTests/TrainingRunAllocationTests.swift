// After its first steps a run asks for no memory: everything was there before.
import Agents
import Basics
import Environments
import RLCore
import TestSupport
import Testing
import Training

@Suite struct TrainingRunAllocationTests {
    /// Steps 1,000 to 2,000 of DQN on Cart-Pole, in a process of its own so that nothing else allocates.
    ///
    /// Of release builds only: a debug build boxes what the optimizer keeps on the stack.
    @Test func theDQNLoopAllocatesNothing() async {
        await #expect(processExitsWith: .success) {
            for (lanes, loss, isDouble) in [(1, "huber", false), (1, "mse", true), (4, "huber", true)] {
                var plan = TrainingPlan(DQN.specification, in: CartPole.specification)
                plan.setBudget(steps: 1_000_000, lanes: lanes)
                try plan.hyperparameters.set("learning_starts", to: .integer(200), from: "the test")
                try plan.hyperparameters.set("loss", to: .text(loss), from: "the test")
                try plan.hyperparameters.set("double", to: .boolean(isDouble), from: "the test")
                #expect(plan.reportInterval > 2000 && plan.evaluationInterval > 2000)
                let run = try TrainingRun(plan)
                while run.step < 1000 { try run.advance() }
                let updates = run.agent.updates, episodes = run.episodes
                let allocations = try MallocCount.during {
                    while run.step < 2000 { try run.advance() }
                }
                #expect(allocations == 0)
                #expect(run.agent.updates > updates + 200 && run.episodes > episodes + 10)
            }
        }
    }

    /// The same with all of its additions, once with each kind of distribution.
    @Test func theRainbowLoopAllocatesNothing() async {
        await #expect(processExitsWith: .success) {
            for distribution in ["c51", "quantile"] {
                var plan = TrainingPlan(DQN.rainbow, in: CartPole.specification)
                plan.setBudget(steps: 1_000_000, lanes: 2)
                try plan.hyperparameters.set("learning_starts", to: .integer(200), from: "the test")
                try plan.hyperparameters.set("distribution", to: .text(distribution), from: "the test")
                let run = try TrainingRun(plan)
                while run.step < 1000 { try run.advance() }
                let updates = run.agent.updates
                let allocations = try MallocCount.during {
                    while run.step < 2000 { try run.advance() }
                }
                #expect(allocations == 0)
                #expect(run.agent.updates > updates + 200)
            }
        }
    }
}
