// Deep networks, plain and residual: from some depth on the plain form no longer learns, at any of its rates.
import Testing

@Suite struct CompareDepthsLearningTests {
    @Test func depthStopsThePlainFormAlone() throws {
        let example = try Example("compare-depths", "3")
        // Depth, then mean, lowest, highest and rate of either form.
        let rows = example.numbers(of: "| ").filter { $0.count == 9 }
        #expect(rows.map(\.first) == [4, 8, 16, 32, 64])
        for row in rows {
            let depth = row[0], plain = row[1], residual = row[5]
            #expect(row[2] <= plain && plain <= row[3] && row[6] <= residual && residual <= row[7])
            #expect(residual < 0.5, "residual at \(depth): \(residual)")
            if depth == 4 { #expect(plain < 0.1) }
            if depth >= 32 { #expect(plain > 0.5 && plain > 3 * residual, "plain at \(depth): \(plain), residual \(residual)") }
        }
        #expect(example.status == 0, "\(example.lines)")
    }
}
