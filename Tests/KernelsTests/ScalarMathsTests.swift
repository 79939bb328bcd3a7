// Our exponential of one Double beside the system's.
import Basics
import Glibc
import Testing

@testable import Kernels

@Suite struct ScalarMathsTests {
    @Test func theExponentialIsWithinOneUnitInTheLastPlace() {
        var random = RandomSource(seed: 1)
        var worst = 0.0
        for i in 0..<200_000 {
            let x = (random.unit() - 0.5) * (i % 2 == 0 ? 4 : 1400)
            let expected = Glibc.exp(x)
            guard expected.isNormal else { continue }
            worst = max(worst, abs(ScalarMaths.exp(x) - expected) / expected.ulp)
        }
        #expect(worst <= 1)
    }

    @Test func theEndsOfTheLine() {
        #expect(ScalarMaths.exp(0) == 1 && ScalarMaths.exp(-0.0) == 1)
        #expect(ScalarMaths.exp(.infinity) == .infinity && ScalarMaths.exp(-.infinity) == 0 && ScalarMaths.exp(.nan).isNaN)
        #expect(ScalarMaths.exp(709.78) == Glibc.exp(709.78) || ScalarMaths.exp(709.78).isFinite)
        #expect(ScalarMaths.exp(709.79) == .infinity && ScalarMaths.exp(-746) == 0)
        #expect(abs(ScalarMaths.exp(-740) - Glibc.exp(-740)) <= 2 * Double.leastNonzeroMagnitude)
    }
}
