// Memory across a gap: an LSTM copies eight symbols after fifty blanks, and cannot where its state is taken away.
//
//     swift run -c release copy-symbols [SEEDS [UPDATES]]
//
// Ends with 1 where one of the seeds stays below 99 %, or where it does better than chance without its state.
import Glibc

let goal = 0.99, chance = 1 / Double(CopyTask.alphabet), tolerance = 0.02
let words = CommandLine.arguments.dropFirst().map { Int($0) ?? 0 }
guard words.count <= 2, words.allSatisfy({ (1...1_000_000).contains($0) }) else {
    print("usage: copy-symbols [SEEDS [UPDATES]]")
    exit(64)
}
let seeds = words.first ?? 5, updates = words.count > 1 ? words[1] : 4000

func percent(_ share: Double) -> Double { (share * 1e4).rounded() / 1e2 }

var failed = 0
for seed in 1...seeds {
    let run = CopyRun(seed: UInt64(seed))
    run.train(updates: updates)
    let remembering = run.examine()
    run.remembers = false
    let forgetting = run.examine()
    print("seed \(seed): \(percent(remembering)) % of the symbols are right, \(percent(forgetting)) % with the state zeroed")
    if remembering < goal || abs(forgetting - chance) > tolerance { failed += 1 }
}
// Without a state from the beginning nothing is learned either: the answer is nowhere else.
let control = CopyRun(seed: 1)
control.remembers = false
control.train(updates: min(updates, 300))
let guessing = control.examine()
print("a network that never had a state: \(percent(guessing)) %; chance is \(percent(chance)) %")
exit(failed == 0 && abs(guessing - chance) <= tolerance ? 0 : 1)
