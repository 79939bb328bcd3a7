// The stopwatch on a clock that only the work moves.

import Measuring
import Testing

@Suite struct StopwatchTests {
    /// Work whose time is known: one iteration takes `cost` seconds, the first call twice as much.
    final class Work {
        var time = 0.0
        var calls: [Int] = []
        let cost: Double
        init(cost: Double) { self.cost = cost }
        func run(_ iterations: Int) {
            time += Double(iterations) * cost * (calls.isEmpty ? 2 : 1)
            calls.append(iterations)
        }
    }

    @Test func repetitionsLastAsLongAsTheyShould() {
        let work = Work(cost: 0.0009765625)
        let stopwatch = Stopwatch(repetitions: 5, duration: 0.0625) { work.time }
        let measurement = stopwatch.measure(work.run)
        #expect(measurement.seconds == work.cost)
        #expect(measurement.spread == 0)
        #expect(measurement.repetitions == 5)
        #expect(work.calls.suffix(5) == [64, 64, 64, 64, 64])
        #expect(work.calls.dropLast(5) == [1, 2, 4, 8, 16])
    }

    @Test func slowWorkRunsOnceARepetition() {
        let work = Work(cost: 3)
        #expect(Stopwatch(repetitions: 7) { work.time }.measure(work.run).seconds == 3)
        #expect(work.calls == Array(repeating: 1, count: 8))
    }

    @Test func aClockThatStandsStillEnds() {
        #expect(Stopwatch(repetitions: 2, duration: 0) { 1 }.measure { _ in }.seconds == 0)
    }
}
