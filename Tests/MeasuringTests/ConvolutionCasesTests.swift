// A convolution's tile that has left the registers is named, and every size has a case.

import Kernels
import Measuring
import Testing

@Suite struct ConvolutionCasesTests {
    private let peak = MachinePeak(sgemm: 200, fma: 200)
    private func result(_ name: String, gigaflops: Double) -> BenchResult {
        BenchResult(name: name, perSecond: 1, spread: 0, gigaflops: gigaflops)
    }

    @Test func spilledTilesAreNamed() {
        let slow = result("convolution/weights/4x1", gigaflops: 3), fast = result("convolution/forward/2x1", gigaflops: 40)
        #expect(ConvolutionCases.spilled([slow, fast], peak: peak) == ["convolution/weights/4x1"])
        #expect(ConvolutionCases.spilled([fast], peak: peak) == [])
    }

    @Test func everySizeHasACase() {
        let names = Set(ConvolutionCases.all.map(\.name))
        #expect(ConvolutionInstance.all.count >= 12)
        for instance in ConvolutionInstance.all { #expect(names.contains(instance.name)) }
    }
}
