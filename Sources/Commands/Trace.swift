// `rl trace`: steps a world and prints every step, to debug it or to compare it with another implementation.

import Basics
import Environments
import Kernels
import RLCore
import Training

struct Trace: Command {
    static let name = "trace"
    static let summary = "steps a world and prints every step"
    static let discussion = """
        Line 0 is the reset. After an ending the next line is the next episode's reset, step 0 again; resets take no step of --steps. \
        Actions come from a source of their own (stream 1 of the seed), in turn, or from a file with one action a line.
        """
    static let examples = [
        "rl trace cartpole --seed 123 --steps 5",
        "rl trace cartpole --seed 42 --actions cycle --steps 30 --json --full",
    ]

    @Argument("ENVIRONMENT", completing: .names(.environment), help: "see rl list environments") var environment: String
    @Option("--seed", value: "N", help: "the world's seed, as Gymnasium's reset(seed=N)") var seed: UInt64 = 0
    @Option("--actions", value: "random|cycle|FILE", completing: .files, help: "where actions come from") var actions = "random"
    @Option("--steps", value: "N", in: 0...1_000_000_000, help: "how many steps") var steps = 20
    @Option("--env-set", value: "KEY=VALUE", help: "a parameter of the world") var envSet: [String] = []
    @Flag("--csv", help: "print comma-separated values") var csv
    @Flag("--json", help: "print one JSON document a line") var json
    @Flag("--full", help: "add the state in full precision") var full
    @Flag("--reference-draws", help: "draw as the package that the world follows does") var referenceDraws

    mutating func run(_ context: inout Context) throws {
        let specification = try asUsage { try context.application.catalogues.environments[environment] }
        if csv && json { throw UsageError("--csv and --json exclude each other") }
        let world = try asUsage {
            let settings = try specification.settings.assigning(envSet, from: "--env-set")
            guard referenceDraws else { return try specification.makeVector(settings, lanes: 1) }
            guard let makeReference = specification.referenceMaker else {
                throw UsageError("\(environment) has no draws of another package to follow; leave --reference-draws out")
            }
            return try makeReference(settings, seed)
        }
        let source = try ActionSource(actions, for: world.actionSpace, seed: seed)
        let printer = TracePrinter(
            style: json ? .json : csv ? .csv : .table, full: full, names: specification.observationNames, output: context.output)
        let chosen = Actions(lanes: 1, space: world.actionSpace)
        var batch = world.reset(using: [RandomSource(seed: seed)])
        var step = 0
        printer.header(observations: batch.observations.width, state: world.state(of: 0).count)
        printer.line(step: 0, action: nil, batch.observations, reward: 0, .running, state: world.state(of: 0))
        for count in 0..<steps {
            try source.next(count, into: chosen)
            batch = world.step(chosen)
            step += 1
            let ending = batch.ending(of: 0)
            printer.line(
                step: step, action: chosen, batch.successor(of: 0), reward: batch.rewards[0], ending,
                state: world.finalState(of: 0))
            if ending != .running {
                step = 0
                if count + 1 < steps {
                    printer.line(step: 0, action: nil, batch.observations, reward: 0, .running, state: world.state(of: 0))
                }
            }
        }
    }
}
