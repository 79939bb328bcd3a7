// An update taken apart: one part for each entry and one for the optimizer.

import Kernels
import Measuring
import Neural
import Testing

@Suite struct TapeUpdateTests {
    @Test func parts() {
        let parts = TapeUpdate(QNetwork([4, 16, 16, 2], rows: 8)).parts(repetitions: 2)
        #expect(parts.map(\.name) == ["Affine", "Affine", "Affine", "Pick", "Subtract", "Huber", "Mean", "Adam"])
        #expect(parts.prefix(4).map(\.width) == [16, 16, 2, 1])
        #expect(parts.allSatisfy { $0.backward > 0 && $0.seconds >= $0.backward })
        #expect(parts.dropLast().allSatisfy { $0.forward > 0 })
    }

    /// Two operations a weight, one a bias; the first layer has no input gradient.
    @Test func thePartsCountTheirOperations() {
        let parts = TapeUpdate(CoreBench.reference).parts(repetitions: 1)
        let layers = parts.filter { $0.name == "Affine" }
        #expect(layers.map(\.operations) == [2 * 64 * (2 * 256 + 64), 3 * 64 * (2 * 4096 + 64), 3 * 64 * (2 * 128 + 2)])
        #expect(layers.allSatisfy { ($0.gigaflops ?? 0) > 0 })
        #expect(parts.last?.name == "Adam" && parts.last?.gigaflops == nil)
    }
}
