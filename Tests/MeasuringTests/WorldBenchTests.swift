// Every world of the catalogue has a case, every case steps, and planning is measured against memory.

import Environments
import Measuring
import RLCore
import Testing

@Suite struct WorldBenchTests {
    @Test func everyWorldIsMeasured() {
        let cases = WorldBench.cases().filter { $0.name.hasPrefix("steps/") }
        let names = EnvironmentCatalogue.builtIn.all.flatMap { world in
            world.name == "cartpole" ? ["steps/cartpole/vector", "steps/cartpole/serial"] : ["steps/\(world.name)"]
        }
        #expect(cases.map(\.name) == names)
        for item in cases {
            let result = item.measure(with: Stopwatch(repetitions: 1, duration: 0))
            #expect(result.perSecond > 0 && result.perSecond.isFinite && result.gigaflops == nil)
        }
    }

    @Test func sweepsAreMeasuredAgainstACopy() throws {
        #expect(
            WorldBench.cases().map(\.name).filter { $0.hasPrefix("sweeps/") } == [
                "sweeps/value-iteration-1000x1000", "sweeps/value-iteration-in-place-1000x1000",
            ])
        for item in ValueIterationBench.cases(side: 5) {
            let result = item.measure(with: Stopwatch(repetitions: 1, duration: 0))
            let traffic = try #require(result.traffic)
            // 25 states of four actions with a successor (4 bytes), a weight and a reward (8 each); a value read and one written.
            #expect(abs(traffic.bytesPerSecond / result.perSecond - 25 * 96) < 1e-6)
            #expect(traffic.copyBytesPerSecond > 0 && traffic.shareOfCopy == traffic.bytesPerSecond / traffic.copyBytesPerSecond)
        }
    }
}
