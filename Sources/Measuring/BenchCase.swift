// One line of `rl bench`: a name, what one iteration is worth, and the work itself.

public struct BenchCase {
    /// As it is printed, and stable: `update/mlp-4-64-64-2/64`.
    public let name: String
    /// What an iteration counts as: one update, one call, or the steps of all lanes.
    let units: Int
    /// Floating-point operations of one iteration, a multiply-add counting as two; 0 where that would say nothing.
    let operations: Int
    /// Builds what is to be measured and gives the loop over it.
    let prepare: () -> (_ iterations: Int) -> Void
    /// Bytes that one iteration moves at the least, where memory is what limits it; 0 where that would say nothing.
    let bytes: Int
    /// Runs on several threads, so that only the clock on the wall can time it.
    let isThreaded: Bool

    public init(
        _ name: String, units: Int = 1, operations: Int = 0, bytes: Int = 0, threaded: Bool = false,
        prepare: @escaping () -> (_ iterations: Int) -> Void
    ) {
        self.name = name
        self.units = units
        self.operations = operations
        self.bytes = bytes
        isThreaded = threaded
        self.prepare = prepare
    }

    public func measure(with stopwatch: Stopwatch) -> BenchResult {
        let measurement = (isThreaded ? stopwatch.onTheWall : stopwatch).measure(prepare())
        return BenchResult(
            name: name, perSecond: Double(units) * measurement.perSecond, spread: measurement.spread,
            gigaflops: operations == 0 ? nil : Double(operations) * measurement.perSecond / 1e9,
            traffic: bytes == 0 ? nil : MemoryTraffic(Double(bytes) * measurement.perSecond, bytes: bytes, with: stopwatch))
    }
}

public struct BenchResult: Hashable, Sendable {
    public let name: String
    /// Updates, calls or steps in one second: the median.
    public let perSecond: Double
    /// (slowest − fastest) / median.
    public let spread: Double
    /// 10⁹ floating-point operations in one second; nil where they are not counted.
    public let gigaflops: Double?
    /// Nil where memory is not what limits.
    public let traffic: MemoryTraffic?

    public init(name: String, perSecond: Double, spread: Double, gigaflops: Double?, traffic: MemoryTraffic? = nil) {
        self.name = name
        self.perSecond = perSecond
        self.spread = spread
        self.gigaflops = gigaflops
        self.traffic = traffic
    }

    /// Of the machine's fused multiply-adds, between 0 and 1.
    public func share(of peak: MachinePeak) -> Double? { gigaflops.map { $0 / peak.fma } }
}
