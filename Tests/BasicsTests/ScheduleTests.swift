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

    @Test func staircaseFallsAtOnce() {
        let schedule = Schedule.staircase(from: 8, factor: 0.5, every: 3)
        #expect((0..<10).map { schedule.value(at: $0) } == [8, 8, 8, 4, 4, 4, 2, 2, 2, 1])
        #expect(Schedule.staircase(from: 1, factor: 0.75, every: 1).value(at: 5) == 0.2373046875)
    }

    @Test func inverseHalvesThenThirds() {
        let schedule = Schedule.inverse(from: 12, half: 10)
        #expect([0, 10, 20, 50].map { schedule.value(at: $0) } == [12, 6, 4, 2])
    }

    @Test(arguments: [1, 2, 7, 1000])
    func cosineEqualsTheCosine(steps: Int) {
        let schedule = Schedule.cosine(from: 3, to: 0.5, steps: steps)
        #expect(schedule.value(at: 0) == 3 && schedule.value(at: steps) == 0.5 && schedule.value(at: steps + 9) == 0.5)
        for step in 0...steps {
            #expect(abs(schedule.value(at: step) - (0.5 + 2.5 * (1 + cos(.pi * Double(step) / Double(steps))) / 2)) < 1e-14)
        }
    }

    @Test func triangularGoesUpAndDown() {
        let schedule = Schedule.triangular(low: 1, high: 3, half: 4)
        #expect((0...10).map { schedule.value(at: $0) } == [1, 1.5, 2, 2.5, 3, 2.5, 2, 1.5, 1, 1.5, 2])
    }

    @Test func schedulesCompose() {
        let warm = Schedule.warmUp(steps: 4, then: .linear(from: 8, to: 0, steps: 4))
        #expect((0...9).map { warm.value(at: $0) } == [2, 4, 6, 8, 8, 6, 4, 2, 0, 0])
        let again = Schedule.repeating(.linear(from: 3, to: 0, steps: 3), every: 3)
        #expect((0..<7).map { again.value(at: $0) } == [3, 2, 1, 3, 2, 1, 3])
    }

    @Test func impossibleSchedulesTrap() async {
        await #expect(processExitsWith: .failure) { _ = Schedule.exponential(from: 1, to: 0, steps: 10).value(at: 3) }
        await #expect(processExitsWith: .failure) { _ = Schedule.triangular(low: 0, high: 1, half: 0).value(at: 3) }
        await #expect(processExitsWith: .failure) { _ = Schedule.linear(from: 1, to: 0, steps: 10).value(at: -1) }
    }
}
