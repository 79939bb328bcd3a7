// One and eight give the same bits, and whole turns are taken off an angle without error.
import Basics
import Testing

@testable import Environments

@Suite struct RealsTests {
    @Test func whatRemainsAfterWholeTurnsIsExact() {
        var random = RandomSource(seed: 3)
        var angles: [Double] = [
            0, 1, -1, .pi, -.pi, 2 * .pi, -2 * .pi, 14 * .pi, (2 * Double.pi).nextDown, (2 * Double.pi).nextUp,
        ]
        for size in [4.0, 100, 24_999, 1e6, 3e8] { for _ in 0..<500 { angles.append(random.uniform(-size, size)) } }
        angles += [8192 * 2 * .pi, -8192 * 2 * .pi, 65536 * 2 * .pi]
        for angle in angles {
            // The remainder of division is exact by the standard; only the last addition rounds.
            let rest = angle.magnitude.truncatingRemainder(dividingBy: 2 * .pi)
            let expected = angle >= 0 ? rest : rest == 0 ? 0 : 2 * .pi - rest
            #expect(angle.withinTurn == expected, "\(angle)")
            #expect(SIMD8(repeating: angle).withinTurn[5] == expected, "\(angle)")
        }
    }

    @Test func eightAreEightTimesOne() {
        var random = RandomSource(seed: 4)
        for size in [0.5, 4, 1000] {
            var all = SIMD8<Double>()
            for lane in 0..<8 { all[lane] = random.uniform(-size, size) }
            let bounded = all.bounded(-0.3, 0.2), single = all.single
            for lane in 0..<8 {
                #expect(all.sine[lane] == all[lane].sine && all.cosine[lane] == all[lane].cosine)
                #expect(bounded[lane] == min(max(all[lane], -0.3), 0.2))
                #expect(single[lane] == Double(Float(all[lane])))
            }
        }
    }

    @Test func aTruthOfOneLaneIsATruth() {
        for lane in 0..<8 {
            var all = SIMD8<Double>(repeating: 0)
            all[lane] = 1
            #expect((all .> 0.5).bits == 1 << UInt32(lane))
            #expect(!(all .> 1.5).isAny)
            #expect(all.replacing(with: 7, where: all .>= 1)[lane] == 7)
        }
    }
}
