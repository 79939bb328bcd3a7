import Training
import Agents
import Environments
import Basics
import RLCore
import Kernels
// tuning harness: rl FIRST COUNT key=value...
let a = CommandLine.arguments
let first = UInt64(a[1])!, count = UInt64(a[2])!
var solved = 0, times: [Double] = [], finals: [Double] = [], stepsTaken: [Double] = []
for seed in first..<first + count {
    let t = monotonicSeconds()
    var plan = TrainingPlan(DQN.specification, in: CartPole.specification)
    plan.seed = seed
    plan.untilReturn = 490
    for pair in a.dropFirst(3) {
        let p = pair.split(separator: "=").map(String.init)
        switch p[0] {
        case "steps": plan.steps = Int(p[1])!
        case "lanes": plan.lanes = Int(p[1])!
        case "until": plan.untilReturn = Double(p[1])!
        case "every": plan.evaluationInterval = Int(p[1])!
        case "episodes": plan.evaluationEpisodes = Int(p[1])!
        default: try plan.hyperparameters.set(p[0], parsing: p[1], from: "set")
        }
    }
    let run = try TrainingRun(plan)
    while !run.isFinished { try run.advance() }
    let final = try run.finalEvaluation()
    times.append(monotonicSeconds() - t)
    finals.append(final.mean)
    stepsTaken.append(Double(run.step))
    if final.mean >= 475 { solved += 1 } else { print("  seed \(seed): \(final.mean) best \(run.best!.evaluation.mean) at \(run.best!.step)") }
}
func med(_ x: [Double]) -> Double { x.sorted()[x.count / 2] }
print(a.dropFirst(3).joined(separator: " "), "solved \(solved)/\(count) median \(med(times)) max \(times.max()!) steps \(med(stepsTaken)) mean final \(finals.reduce(0, +) / Double(count))")
