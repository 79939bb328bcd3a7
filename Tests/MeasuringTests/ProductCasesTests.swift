// A tile that has left the registers is named, and a slow machine is not mistaken for one.

import Measuring
import Testing

@Suite struct ProductCasesTests {
    private let peak = MachinePeak(sgemm: 200, fma: 200)
    private func result(_ name: String, gigaflops: Double) -> BenchResult {
        BenchResult(name: name, perSecond: 1, spread: 0, gigaflops: gigaflops)
    }

    @Test func spilledTilesAreNamed() {
        let slow = result("product/4x1", gigaflops: 3), fast = result("product/2x1", gigaflops: 40)
        #expect(ProductCases.spilled([slow, fast], peak: peak) == ["product/4x1"])
        #expect(ProductCases.spilled([fast], peak: peak) == [])
    }

    /// One chain can reach an eighth of the roof, because each multiply-add waits four cycles for the one before.
    @Test func fewChainsAreExpectedToBeSlow() {
        #expect(ProductCases.spilled([result("product/1x1", gigaflops: 7)], peak: peak) == [])
        #expect(ProductCases.spilled([result("product/1x1", gigaflops: 6)], peak: peak) == ["product/1x1"])
    }
}
