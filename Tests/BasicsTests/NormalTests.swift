// Normal draws: the moments and shares of the bell curve, and the polar method redone with the C library's logarithm.

import Basics
import Glibc
import Testing

@Suite struct NormalTests {
    /// The bounds are five standard errors of a million draws.
    @Test func momentsAndShares() {
        let count = 1_000_000
        var random = RandomSource(seed: 2024)
        var sums = (first: 0.0, second: 0.0, third: 0.0, fourth: 0.0)
        var beyond = [0, 0, 0]
        for _ in 0..<count {
            let x = random.normal()
            sums.first += x
            sums.second += x * x
            sums.third += x * x * x
            sums.fourth += x * x * x * x
            for deviation in 1...3 where abs(x) > Double(deviation) { beyond[deviation - 1] += 1 }
        }
        let n = Double(count)
        let standardError = 5 / n.squareRoot()
        #expect(abs(sums.first / n) < standardError)
        #expect(abs(sums.second / n - 1) < standardError * 2.0.squareRoot())
        #expect(abs(sums.third / n) < standardError * 15.0.squareRoot())
        #expect(abs(sums.fourth / n - 3) < standardError * 96.0.squareRoot())
        for deviation in 1...3 {
            let share = erfc(Double(deviation) / 2.0.squareRoot())
            #expect(abs(Double(beyond[deviation - 1]) / n - share) < standardError * (share * (1 - share)).squareRoot())
        }
    }

    /// Twice the relative error of the logarithm shows in the result's square.
    @Test func equalsThePolarMethodWithTheCLibrarysLogarithm() {
        var random = RandomSource(seed: 6), twin = RandomSource(seed: 6)
        for _ in 0..<100_000 {
            let x = random.normal()
            while true {
                let u = 2 * twin.unit() - 1
                let v = 2 * twin.unit() - 1
                let square = u * u + v * v
                guard square > 0 && square < 1 else { continue }
                let exact = u * (-2 * log(square) / square).squareRoot()
                #expect(abs(x - exact) <= 4 * exact.ulp)
                break
            }
            #expect(random == twin)
        }
    }
}
