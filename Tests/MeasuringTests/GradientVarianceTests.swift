// The trace of a covariance by hand, its interval, and gradients of a bandit whose variance is known in closed form.
import Agents
import Basics
import Kernels
import RLCore
import TestSupport
import Testing

@testable import Measuring

@Suite struct GradientVarianceTests {
    /// Rows (0, 2), (2, 2), (4, 5): variances 4 and 3.
    @Test func theTraceByHand() {
        let numbers = Storage<Float>(count: 6)
        numbers.all.copy(from: [0, 2, 2, 2, 4, 5])
        #expect(abs(GradientVariance.estimate(numbers.all, width: 2).trace - 7) < 1e-12)
    }

    /// Of 400 exponential-like distances of mean 1 and deviation 1, the interval is about 1 ± 1.96/20.
    @Test func theIntervalHoldsWhatResamplesGive() {
        var random = RandomSource(seed: 1)
        let distances = (0..<400).map { _ in -ScalarMaths.log(1 - random.unit()) }
        let estimate = GradientVariance.estimate(squaredDistances: distances)
        #expect(estimate.low < estimate.trace && estimate.trace < estimate.high)
        #expect(abs(estimate.high - estimate.low - 2 * 1.96 / 20) < 0.05)
        #expect(GradientVariance.estimate(squaredDistances: [2, 2, 2]) == VarianceEstimate(trace: 3, low: 3, high: 3))
    }

    /// A bandit whose arms both pay 1, equally likely: ∇log π = ±(½, −½), one episode a batch. Its gradient w·(±½, ∓½) has the trace
    /// w²/2. Credited with the reward w is 1; less the average of the batches before it is 0; less V = ½ it is ½.
    @Test func aBanditInClosedForm() throws {
        let vector = Vector(PayingWorld([1, 1]), lanes: 1)
        var settings = REINFORCE.specification.settings
        try settings.set("net_arch", parsing: "", from: "the test")
        var weights = Archive()
        weights.store([0, 0] as [Float], shape: [1, 2], as: "policy.states.table")
        weights.store([0.5] as [Float], shape: [1, 1], as: "value.states.table")
        let sampler = try GradientSampler(
            AgentContext(
                observationSpace: vector.observationSpace, actionSpace: vector.actionSpace, lanes: 1, steps: 1,
                random: RandomSource(seed: 0)), settings, weights: weights)
        let found = try GradientVariance.measure(sampler, in: vector, batches: 400, fittingBatches: 0, seed: 0)
        #expect(found.meanReturn == 1)
        // The mean of 400 draws of ±1 is within 0.15 of 0: the trace within 3 % of its value.
        for (estimate, expected) in zip(found.estimates, [0.5, 0.5, 0.5, 0, 0.125]) {
            // The first batch has no average yet.
            #expect(abs(estimate.trace - expected) < 0.03 * expected + 0.002)
        }
        // Fitted, V is 1 and leaves nothing; the policy is the one that was given.
        let fitted = try GradientVariance.measure(sampler, in: vector, batches: 100, seed: 0)
        #expect(fitted.estimates[4].trace < 0.001)
        #expect(abs(fitted.estimates[0].trace - 0.5) < 0.02)
    }
}
