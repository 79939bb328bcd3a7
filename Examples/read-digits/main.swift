// Reads hand-written digits: the rehearsals of the recipe, then stratified five-fold cross-validation for each seed.
//
//     swift run -c release read-digits [SEEDS [EPOCHS]]
//
// Ends with 1 where the mean of all seeds stays below 98.5 %, or where a rehearsal says that something is wrong.
import Basics
import Digits
import Glibc
import Neural

let goal = 0.985, folds = 5
let words = CommandLine.arguments.dropFirst().map { Int($0) ?? 0 }
guard words.count <= 2, words.allSatisfy({ (1...1000).contains($0) }) else {
    print("usage: read-digits [SEEDS [EPOCHS]]")
    exit(64)
}
let seeds = words.first ?? 5, epochs = words.count > 1 ? words[1] : 25

func percent(_ share: Double) -> Double { (share * 1e4).rounded() / 1e2 }

do {
    let digits = try Digits(), all = Array(digits.labels.indices)

    // Before a long run: the loss of ignorance, a small batch by heart, and where the learning rates are that help.
    let rehearsal = DigitsRun(digits, training: all, seed: 1)
    print("right without training: \(percent(Double(rehearsal.right(of: all)) / Double(all.count))) %")
    rehearsal.drawAnything()
    let ignorance = Rehearsal.ignorantLoss(classes: Digits.classes)
    let first = Rehearsal.initialLoss(rehearsal.program, rows: DigitsRun.rows, expected: ignorance, tolerance: 0.05)
    print("the first loss is \(first.loss), that of ignorance \(ignorance)")
    let byHeart = Rehearsal.overfit(
        rehearsal.program, rows: 16, on: rehearsal.store, Adam(for: rehearsal.store), learningRate: 3e-3, goal: 0.02, updates: 300
    )
    print("sixteen images are known by heart after \(byHeart.updates.map { "\($0)" } ?? "more than 300") updates")
    let range = Rehearsal.learningRateRange(
        rehearsal.program, rows: DigitsRun.rows, on: rehearsal.store, Adam(for: rehearsal.store), from: 1e-5, to: 1, steps: 100
    ) { _ in rehearsal.drawAnything() }
    // Three to ten times below the best of this range lies the rate to train with.
    print("the loss is lowest at a learning rate of \(range.rateOfLowestLoss.map { "\($0)" } ?? "nowhere")")
    guard first.isPlausible, byHeart.updates != nil, (range.rateOfLowestLoss ?? 0) > 0.01 else {
        print("a rehearsal failed: look for the mistake before training for long")
        exit(1)
    }

    // Every image is judged once a seed, by a network that has not seen it.
    var sum = 0.0
    for seed in 1...seeds {
        var random = RandomSource(seed: UInt64(seed)), right = 0
        let split = StratifiedFolds(labels: digits.labels, folds: folds, using: &random)
        for fold in 0..<folds {
            let run = DigitsRun(digits, training: split.training(without: fold), seed: UInt64(10 * seed + fold))
            run.train(epochs: epochs, learningRate: 3e-3)
            right += run.right(of: split.folds[fold])
        }
        let share = Double(right) / Double(all.count)
        print("seed \(seed): \(percent(share)) % of unseen images are right")
        sum += share
    }
    print("mean of \(seeds) seeds: \(percent(sum / Double(seeds))) %; \(percent(goal)) % is the goal")
    exit(sum / Double(seeds) >= goal ? 0 : 1)
} catch {
    print("read-digits: \(error)")
    exit(66)
}
