// Close enough, and how close that is: an expectation that states its tolerance and names the worst number.
public import Testing

/// |actual − expected| ≤ absolute + relative · |expected| for every number; NaN is close to nothing, an infinity to itself.
public func expectClose(
    _ actual: [Float], _ expected: [Double], absolute: Double, relative: Double = 0, _ what: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
) {
    guard actual.count == expected.count else {
        Issue.record("\(what): \(actual.count) numbers, \(expected.count) expected", sourceLocation: sourceLocation)
        return
    }
    var worst = (index: 0, excess: 0.0)
    var misses = 0
    for i in actual.indices where Double(actual[i]) != expected[i] {
        let error = abs(Double(actual[i]) - expected[i])
        let excess = error / (absolute + relative * abs(expected[i]))
        if excess <= 1 { continue }
        misses += 1
        // A NaN is worse than anything that can be measured.
        if misses == 1 || excess > worst.excess || excess.isNaN { worst = (i, excess.isNaN ? .infinity : excess) }
    }
    if misses > 0 {
        Issue.record(
            """
            \(what): \(misses) of \(actual.count) numbers are off by more than \(absolute) + \(relative)·|expected|; the worst, at \
            \(worst.index), is \(actual[worst.index]), expected \(expected[worst.index]) (\(worst.excess) tolerances)
            """, sourceLocation: sourceLocation)
    }
}

/// The same bits in both, NaN and the sign of zero included.
public func expectSameBits(
    _ actual: [Float], _ expected: [Float], _ what: String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
    guard actual.count == expected.count else {
        Issue.record("\(what): \(actual.count) numbers, \(expected.count) expected", sourceLocation: sourceLocation)
        return
    }
    if let i = actual.indices.first(where: { actual[$0].bitPattern != expected[$0].bitPattern }) {
        Issue.record(
            "\(what): number \(i) is \(actual[i]), expected \(expected[i]) to the last bit", sourceLocation: sourceLocation)
    }
}
