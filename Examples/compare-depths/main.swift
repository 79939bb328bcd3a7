// Deep networks, plain and residual, of the same depth and width: from some depth on the plain form no longer learns.
//
//     swift run -c release compare-depths [SEEDS]
//
// Each form at each depth has five learning rates, half a decade apart, and is shown at its best: the rate whose mean over all seeds
// is lowest. Ends with 1 where the difference is not plain at 32 layers.
import Basics
import Digits
import Glibc

let words = CommandLine.arguments.dropFirst().map { UInt64($0) ?? 0 }
guard words.count <= 1, words.allSatisfy({ (1...1000).contains($0) }) else {
    print("usage: compare-depths [SEEDS]")
    exit(64)
}
let seeds = words.first ?? 5, depths = [4, 8, 16, 32, 64]
let rates = (0..<5).map { Schedule.exponential(from: 1e-4, to: 1e-2, steps: 4).value(at: $0) }

/// The best rate's losses: mean, lowest and highest of all seeds.
struct Best {
    var mean = Float.infinity, low = Float.infinity, high = Float.infinity, rate = 0.0

    init(_ digits: Digits, depth: Int, isResidual: Bool) {
        for rate in rates {
            let losses = (1...seeds).map {
                DepthRun.loss(digits, depth: depth, isResidual: isResidual, rate: rate, seed: $0)
            }
            let mean = losses.reduce(0, +) / Float(losses.count)
            if mean < self.mean { (self.mean, low, high, self.rate) = (mean, losses.min()!, losses.max()!, rate) }
        }
    }
    private func short(_ loss: Float) -> String { "\((loss * 1000).rounded() / 1000)" }
    var cells: String { "\(short(mean)) (\(short(low))–\(short(high))) | \((rate * 1e5).rounded() / 1e5)" }
}

do {
    let digits = try Digits()
    print(
        "loss after \(DepthRun.updates) updates, mean of \(seeds) seeds (lowest–highest) at the best of five rates; ignorance: 2.303\n"
    )
    print("| hidden layers | plain | its rate | residual | its rate |\n|---:|---:|---:|---:|---:|")
    var isPlain = false
    for depth in depths {
        let plain = Best(digits, depth: depth, isResidual: false), residual = Best(digits, depth: depth, isResidual: true)
        print("| \(depth) | \(plain.cells) | \(residual.cells) |")
        // Every residual network against every plain one.
        if depth == 32 { isPlain = residual.high < 0.5 * plain.low }
    }
    exit(isPlain ? 0 : 1)
} catch {
    print("compare-depths: \(error)")
    exit(66)
}
