// What repeated timing of one thing gave: a median, and how far apart the repetitions lay.

public struct Measurement: Hashable, Sendable {
    /// Seconds of one iteration: the median over the repetitions.
    public let seconds: Double
    /// (slowest − fastest) / median; above a tenth something else was using the machine.
    public let spread: Double
    public let repetitions: Int

    /// - Parameter seconds: of one iteration, one number a repetition; at least one.
    public init(seconds: [Double]) {
        let sorted = seconds.sorted()
        guard let fastest = sorted.first, let slowest = sorted.last else { fatalError("a measurement of no repetitions") }
        let half = sorted.count / 2
        let median = sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
        self.seconds = median
        spread = median > 0 ? (slowest - fastest) / median : 0
        repetitions = sorted.count
    }

    public var perSecond: Double { 1 / seconds }
}
