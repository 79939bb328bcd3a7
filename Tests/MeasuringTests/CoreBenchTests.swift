// The names that scripts rely on, and that every case can be run.

import Measuring
import Testing

@Suite struct CoreBenchTests {
    @Test func names() {
        let names = CoreBench.cases.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(
            names.filter { !$0.hasPrefix("product/") && !$0.hasPrefix("narrow/") && !$0.hasPrefix("convolution/") } == [
                "update/mlp-4-64-64-2/64", "update/mlp-4-64-64-2/256", "update/mlp-4-120-84-2/128", "update/mlp-4-256-256-2/64",
                "by-hand/mlp-4-64-64-2/64", "update/lstm-128x16/32", "act/mlp-4-64-64-2/1", "act/mlp-4-64-64-2/8",
                "steps/cartpole/serial", "update/minatar/32",
                "update/nature/32", "update/nature/256", "update/nature-2-threads/256", "act/minatar/1", "act/minatar/8",
                "act/nature/1", "act/nature/8",
            ])
        #expect(names.contains(CoreBench.tapeName) && names.contains(CoreBench.byHandName))
    }

    /// The large ones are left to release builds: without optimisation they take minutes.
    @Test(arguments: CoreBench.cases.map(\.name).filter { $0 != "product/1024" && !$0.contains("nature") })
    func everyCaseRuns(name: String) throws {
        let item = try #require(CoreBench.cases.first { $0.name == name })
        let result = item.measure(with: Stopwatch(repetitions: 1, duration: 0))
        #expect(result.name == name)
        #expect(result.perSecond > 0 && result.perSecond.isFinite)
        #expect((result.gigaflops == nil) == name.hasPrefix("steps/"))
    }

    @Test func operationsAreThoseOfTheProducts() throws {
        // Forward 4·64 + 64·64 + 64·2 multiply-adds a row; the same for the weights; all but the first layer's for the inputs.
        let item = try #require(CoreBench.cases.first { $0.name == CoreBench.tapeName })
        var time = 0.0
        let stopwatch = Stopwatch(repetitions: 1, duration: 0) {
            time += 1
            return time
        }
        let result = item.measure(with: stopwatch)
        #expect(result.perSecond == 1)
        #expect(result.gigaflops == Double(2 * 64 * (3 * (256 + 4096 + 128) - 256)) / 1e9)
    }
}
