// Every world of the catalogue has a case, and every case steps.

import Environments
import Measuring
import RLCore
import Testing

@Suite struct WorldBenchTests {
    @Test func everyWorldIsMeasured() {
        let cases = WorldBench.cases()
        #expect(cases.count == EnvironmentCatalogue.builtIn.all.count)
        #expect(cases.contains { $0.name == "steps/cartpole/serial" })
        for item in cases {
            #expect(item.name.hasPrefix("steps/"))
            let result = item.measure(with: Stopwatch(repetitions: 1, duration: 0))
            #expect(result.perSecond > 0 && result.perSecond.isFinite && result.gigaflops == nil)
        }
    }
}
