// Schedules: their ends, their middles, and the exponential one against the C library's power.

import Basics
import Glibc
import Testing

@Suite struct ScheduleTests {
    @Test func constantStays() {
        for step in [0, 1, 1_000_000] { #expect(Schedule.constant(0.3).value(at: step) == 0.3) }
    }

    @Test func linearGoesStraightAndThenStays() {
        let schedule = Schedule.linear(from: 1, to: 0.5, steps: 8)
        #expect(
            (0...10).map { schedule.value(at: $0) } == [1, 0.9375, 0.875, 0.8125, 0.75, 0.6875, 0.625, 0.5625, 0.5, 0.5, 0.5])
        #expect(Schedule.linear(from: -1, to: 3, steps: 4).value(at: 3) == 2)
    }

    @Test func noStepsMeansTheEndAtOnce() {
        #expect(Schedule.linear(from: 1, to: 0.05, steps: 0).value(at: 0) == 0.05)
        #expect(Schedule.exponential(from: 1, to: 0.05, steps: 0).value(at: 0) == 0.05)
    }

    @Test func exponentialMeetsItsEndsAndItsMiddle() {
        let schedule = Schedule.exponential(from: 4, to: 0.25, steps: 4)
        #expect((0...6).map { schedule.value(at: $0) } == [4, 2, 1, 0.5, 0.25, 0.25, 0.25])
    }

    @Test(arguments: [(1.0, 0.01), (2.5e-3, 1e-5), (1e-4, 3.0)])
    func exponentialEqualsThePower(from: Double, to: Double) {
        let steps = 1009
        let schedule = Schedule.exponential(from: from, to: to, steps: steps)
        var before = from
        for step in 0...steps {
            let value = schedule.value(at: step)
            let exact = from * pow(to / from, Double(step) / Double(steps))
            #expect(abs(value - exact) <= 1e-14 * exact)
            #expect(step == 0 || (to < from) == (value < before))
            before = value
        }
    }

    @Test func impossibleSchedulesTrap() async {
        await #expect(processExitsWith: .failure) { _ = Schedule.exponential(from: 1, to: 0, steps: 10).value(at: 3) }
        await #expect(processExitsWith: .failure) { _ = Schedule.linear(from: 1, to: 0, steps: 10).value(at: -1) }
    }
}
