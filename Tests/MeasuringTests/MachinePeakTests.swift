// The peaks are numbers of this machine, and shares are taken of them.

import Measuring
import Testing

@Suite struct MachinePeakTests {
    @Test func peaksArePositive() {
        let peak = MachinePeak.measure(with: Stopwatch(repetitions: 1, duration: 0))
        #expect(peak.fma > 0 && peak.fma.isFinite)
        #expect(peak.sgemm > 0.1 && peak.sgemm.isFinite)
    }

    @Test func sharesAreOfTheRoof() {
        let peak = MachinePeak(sgemm: 200, fma: 250)
        #expect(BenchResult(name: "a", perSecond: 1, spread: 0, gigaflops: 50).share(of: peak) == 0.2)
        #expect(BenchResult(name: "a", perSecond: 1, spread: 0, gigaflops: nil).share(of: peak) == nil)
    }
}
