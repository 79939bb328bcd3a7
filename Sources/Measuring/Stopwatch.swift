// How anything is timed here: warm up, find out how many iterations fill a repetition, repeat, take the median.
public import Kernels

public struct Stopwatch {
    public let repetitions: Int
    /// What one repetition should last, in seconds.
    public let duration: Double
    private let clock: () -> Double

    /// - Parameter clock: seconds since some fixed moment; by default this thread's own time, because a benchmark on a shared
    ///   machine is to tell how fast the code is, not how much of the core it was given.
    public init(repetitions: Int = 7, duration: Double = 0.05, clock: @escaping () -> Double = threadSeconds) {
        guard repetitions > 0 && duration >= 0 else { fatalError("\(repetitions) repetitions of \(duration) seconds") }
        self.repetitions = repetitions
        self.duration = duration
        self.clock = clock
    }

    /// The same by the clock on the wall.
    var onTheWall: Stopwatch { Stopwatch(repetitions: repetitions, duration: duration, clock: monotonicSeconds) }

    /// - Parameter run: does the work as often as it is told.
    public func measure(_ run: (_ iterations: Int) -> Void) -> Measurement {
        let iterations = iterations(of: run)
        return Measurement(seconds: (0..<repetitions).map { _ in time(iterations, run) / Double(iterations) })
    }

    private func time(_ iterations: Int, _ run: (Int) -> Void) -> Double {
        let start = clock()
        run(iterations)
        return clock() - start
    }

    /// Doubles the iterations until they fill a quarter of a repetition, which is also the warm-up; the rest is proportion.
    private func iterations(of run: (Int) -> Void) -> Int {
        var iterations = 1
        var seconds = time(1, run)
        while seconds < duration / 4 {
            iterations *= 2
            seconds = time(iterations, run)
        }
        guard seconds > 0 else { return iterations }
        return max(1, Int(Double(iterations) * duration / seconds))
    }
}
