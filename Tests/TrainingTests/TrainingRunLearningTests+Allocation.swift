// After its first steps a run asks for no memory: everything was there before.
import Agents
import Basics
import Environments
import RLCore
import TestSupport
import Testing
import Training

extension TrainingRunLearningTests {
    /// In release alone: a debug build boxes what the optimizer keeps on the stack.
    @Test(arguments: [1, 4], ["huber", "mse"]) func theDQNLoopAllocatesNothing(_ lanes: Int, _ loss: String) throws {
        var plan = TrainingPlan(DQN.specification, in: CartPole.specification)
        plan.lanes = lanes
        plan.steps = 1_000_000
        plan.evaluationInterval = 500_000
        plan.checkpointInterval = 500_000
        try plan.hyperparameters.set("learning_starts", to: .integer(200), from: "the test")
        try plan.hyperparameters.set("loss", to: .text(loss), from: "the test")
        try plan.hyperparameters.set("double", to: .boolean(loss == "mse"), from: "the test")
        #expect(plan.reportInterval > 2500)
        let run = try TrainingRun(plan)
        while run.step < 1000 { try run.advance() }

        // Other tests allocate at the same time; a loop that allocates would do so in every stretch.
        var fewest = Int.max
        let updates = run.agent.updates, episodes = run.episodes
        while run.step < 2000 {
            let before = allocationCount()
            for _ in 0..<20 { try run.advance() }
            fewest = min(fewest, allocationCount() - before)
        }
        #expect(fewest == 0)
        #expect(run.agent.updates > updates + 200 && run.episodes > episodes + 10)
    }
}
