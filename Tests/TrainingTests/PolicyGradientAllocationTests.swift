// Learners of policies ask for no memory once they run; REINFORCE alone does, for its episodes have no length known beforehand.
import Agents
import Basics
import Environments
import RLCore
import TestSupport
import Testing
import Training

@Suite struct PolicyGradientAllocationTests {
    /// Steps 4,000 to 8,000 on Cart-Pole, in a process of its own so that nothing else allocates.
    @Test func theLoopsAllocateNothing() async {
        await #expect(processExitsWith: .success) {
            for (algorithm, lanes, settings) in [
                (PPO.specification, 4, ["n_steps": "64", "batch_size": "64", "n_epochs": "2"]),
                (A2C.specification, 4, [:]), (ActorCritic.specification, 4, [:]), (ActorCriticLambda.specification, 1, [:]),
                (PQN.specification, 4, ["n_steps": "64", "batch_size": "64"]),
            ] {
                var plan = TrainingPlan(algorithm, in: CartPole.specification)
                plan.setBudget(steps: 1_000_000, lanes: lanes)
                for (key, text) in settings { try plan.hyperparameters.set(key, parsing: text, from: "the test") }
                #expect(plan.reportInterval > 8000 && plan.evaluationInterval > 8000)
                let run = try TrainingRun(plan)
                while run.step < 4000 { try run.advance() }
                let updates = run.agent.updates
                let allocations = try MallocCount.during {
                    while run.step < 8000 { try run.advance() }
                }
                #expect(allocations == 0, "\(algorithm.name) allocates \(allocations) times")
                #expect(run.agent.updates > updates + 10)
            }
        }
    }
}
