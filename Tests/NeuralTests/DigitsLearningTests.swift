// Real images on the core alone: a small convolutional network reads hand-written digits, by the recipe of Documentation/core/training.md.
import Basics
import Foundation
import Kernels
import Neural
import Testing

@Suite struct DigitsLearningTests {
    /// One seed here; all five where RL_LEARNING is "full", as scripts/check-learning sets it.
    static let seeds: [UInt64] = ProcessInfo.processInfo.environment["RL_LEARNING"] == "full" ? [1, 2, 3, 4, 5] : [1]

    /// Before a long run: the loss of ignorance, a small batch by heart, and where the learning rates are that help.
    @Test func theRehearsalsPass() throws {
        let digits = try Digits(), run = DigitsRun(digits, training: Array(digits.labels.indices), seed: 1)
        run.drawAnything()
        let ignorance = Rehearsal.ignorantLoss(classes: 10)
        #expect(Rehearsal.initialLoss(run.program, rows: 64, expected: ignorance, tolerance: 0.05).isPlausible)
        let byHeart = Rehearsal.overfit(
            run.program, rows: 16, on: run.store, Adam(for: run.store), learningRate: 3e-3, goal: 0.02, updates: 300)
        #expect(byHeart.updates != nil)
        let points = Rehearsal.learningRateRange(
            run.program, rows: 64, on: run.store, Adam(for: run.store), from: 1e-5, to: 1, steps: 100
        ) { _ in run.drawAnything() }
        // The rate that `train` is given lies well below the best of this range, and the lowest rates teach nothing in this time.
        let best = try #require(points.rateOfLowestLoss)
        #expect(best > 0.01 && points[0].loss > 2)
    }

    /// Stratified five-fold cross-validation; every image is judged once a seed, by a network that has not seen it.
    @Test func readsDigitsItHasNotSeen() throws {
        let digits = try Digits()
        var right = 0
        for seed in Self.seeds {
            var random = RandomSource(seed: seed)
            let split = StratifiedFolds(labels: digits.labels, folds: 5, using: &random)
            for fold in 0..<5 {
                let run = DigitsRun(digits, training: split.training(without: fold), seed: 10 * seed + UInt64(fold))
                run.train(epochs: 25, learningRate: 3e-3)
                right += run.right(of: split.folds[fold])
            }
        }
        let accuracy = Double(right) / Double(Self.seeds.count * digits.labels.count)
        #expect(accuracy >= 0.985, "\(accuracy) over \(Self.seeds.count) seeds")
    }

    /// The control: without training the same network guesses.
    @Test func anUntrainedNetworkGuesses() throws {
        let digits = try Digits(), all = Array(digits.labels.indices)
        #expect(DigitsRun(digits, training: all, seed: 1).right(of: all) < all.count / 4)
    }
}
