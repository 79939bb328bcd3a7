// Numbers as people read them.
import Testing

@testable import Commands

@Suite struct NumbersTests {
    @Test(arguments: [
        (0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567"), (Int.min, "-9,223,372,036,854,775,808"),
    ])
    func grouping(_ value: Int, _ text: String) { #expect(grouped(value) == text) }

    @Test(arguments: [
        (0, 2, "0.00"), (-0.0, 2, "0.00"), (475, 2, "475.00"), (1234.567, 2, "1,234.57"), (-2.5, 0, "-3"), (0.005, 2, "0.01"),
        (0.00123, 2, "1.2e-3"),
        (0.000996, 2, "1.0e-3"), (-0.000996, 2, "-1.0e-3"), (.nan, 2, "nan"), (.infinity, 2, "inf"), (1e300, 2, "1e+300"),
    ])
    func rounding(_ value: Double, _ places: Int, _ text: String) { #expect(rounded(value, places) == text) }

    @Test func others() {
        #expect(plain(475) == "475" && plain(0.0025) == "0.0025" && plain(-1) == "-1" && plain(1e20) == "1e+20")
        #expect(binarySize(500) == "1 KiB" && binarySize(12_288) == "12 KiB" && binarySize(2_516_582) == "2.4 MiB")
        #expect(counted(1, "lane") == "1 lane" && counted(2000, "step") == "2,000 steps")
        #expect(
            quotedForShell("runs/dqn-1") == "runs/dqn-1" && quotedForShell("a b") == "'a b'"
                && quotedForShell("it's") == "'it'\\''s'")
    }
}
