// Numbers for small places are short, alike, and round where an axis needs them.
import Testing

@testable import Rendering

@Suite("Figures")
struct FiguresTests {
    @Test func aboutFourDigits() {
        let expected: [(Double, String)] = [
            (0, "0"), (500, "500"), (-3, "−3"), (0.12345, "0.123"), (-1.5, "−1.500"), (12.345, "12.35"), (-123.45, "−123.5"),
            (1234.5, "1235"),
            (999_999, "999999"), (1_234_567, "1.23M"), (123_456_789, "123M"), (2.5e-7, "2.5e−7"), (-9.99e-5, "−1.0e−4"),
            (.infinity, "∞"), (-.infinity, "−∞"), (.nan, "–"),
        ]
        for (value, words) in expected { #expect(figure(value) == words) }
        #expect(figure(0.5, besides: 150) == "0.5" && figure(-0.0001, besides: 10) == "0.00")
    }

    @Test func ticksAreRoundInsideAndFew() {
        #expect(Ticks(from: 0, to: 100, most: 5).labels == ["0", "50", "100"])
        #expect(Ticks(from: 0, to: 100, most: 6).labels == ["0", "20", "40", "60", "80", "100"])
        #expect(Ticks(from: -0.13, to: 0.27, most: 5).labels == ["−0.1", "0.0", "0.1", "0.2"])
        #expect(Ticks(from: 0, to: 200_000, most: 3).labels == ["0", "100k", "200k"])
        #expect(Ticks(from: 1, to: 3, most: 9, isWhole: true).labels == ["1", "2", "3"])
        for (low, high) in [(0.0, 1.0), (-3, 1e7), (1e-7, 2e-7), (99.999, 100.001), (-1e14, 1e14), (5, 5.000001)] {
            for most in 2...8 {
                let ticks = Ticks(from: low, to: high, most: most)
                #expect(ticks.values.count <= most && ticks.labels.count == ticks.values.count)
                #expect(ticks.values.allSatisfy { $0 >= low - 1e-9 * abs(low) && $0 <= high + 1e-9 * abs(high) })
                #expect(most < 4 || !ticks.values.isEmpty, "no ticks from \(low) to \(high)")
            }
        }
    }

    @Test func anAxisEndsAtRoundNumbers() {
        #expect(Ticks(around: 92, 99, most: 3).labels == ["90", "95", "100"])
        #expect(Ticks(around: 0, 16, most: 3).labels == ["0", "10", "20"])
        #expect(Ticks(around: -0.3, 0.2, most: 4).labels == ["−0.4", "−0.2", "0.0", "0.2"])
    }

    @Test func rangesWithoutRoundNumbersHaveNoTicks() {
        for (low, high) in [(1.0, 1.0), (2, 1), (.nan, 1), (0, .infinity), (1e17, 2e17), (1e14, 1e14 + 1e-2)] {
            #expect(Ticks(from: low, to: high, most: 4).values.isEmpty)
        }
    }
}
