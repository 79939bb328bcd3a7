// Softmax and log-softmax against a twin in double precision, their laws, and the place of a row.

import Basics
import Glibc
import Kernels
import Testing

@Suite struct SoftmaxTests {
    private static let widths = [1, 2, 3, 4, 6, 15, 16, 17, 18, 23, 24, 25, 31, 32, 33, 51, 64, 100]

    private func softmax(_ x: [Float], width: Int, logarithm: Bool) -> [Float] {
        let from = Storage<Float>(count: x.count), into = Storage<Float>(count: x.count)
        from.all.copy(from: x)
        if logarithm {
            Softmax.logRows(from.all, width: width, rows: x.count / width, into: into.all)
        } else {
            Softmax.rows(from.all, width: width, rows: x.count / width, into: into.all)
        }
        return into.all.array
    }
    private func preferences(_ count: Int, scale: Double = 4) -> [Float] {
        var random = RandomSource(seed: 5)
        return (0..<count).map { _ in Float(scale * random.normal()) }
    }

    @Test(arguments: widths, [1, 5, 16, 33])
    func equalsTheTwin(width: Int, rows: Int) {
        let x = preferences(width * rows)
        let shares = softmax(x, width: width, logarithm: false)
        let logarithms = softmax(x, width: width, logarithm: true)
        for row in 0..<rows {
            let numbers = x[row * width..<(row + 1) * width].map(Double.init)
            let largest = numbers.max()!
            let sum = numbers.reduce(0) { $0 + Glibc.exp($1 - largest) }
            var total = 0.0
            for column in 0..<width {
                let share = Double(shares[row * width + column])
                let exact = Glibc.exp(numbers[column] - largest) / sum
                // Units of 2⁻²⁴: exp magnifies the rounding of x - largest, and each addition to the sum may round.
                let units = 4 + Double(width) / 2
                #expect(abs(share - exact) <= 0x1p-24 * exact * (units + largest - numbers[column]))
                let logarithm = Double(logarithms[row * width + column])
                let exactLogarithm = numbers[column] - largest - Glibc.log(sum)
                #expect(abs(logarithm - exactLogarithm) <= 0x1p-24 * (units + 2 * abs(exactLogarithm)))
                total += share
            }
            #expect(abs(total - 1) <= 0x1p-24 * (4 + Double(width) / 2))
        }
    }

    /// The same row first, in the middle and last among others, and alone: the same bits.
    @Test(arguments: widths, [false, true])
    func aRowsBitsDependOnItAlone(width: Int, logarithm: Bool) {
        let x = preferences(width * 37)
        let together = softmax(x, width: width, logarithm: logarithm)
        for row in [0, 1, 15, 16, 20, 36] {
            let range = row * width..<(row + 1) * width
            let alone = softmax(Array(x[range]), width: width, logarithm: logarithm)
            #expect(alone.map(\.bitPattern) == together[range].map(\.bitPattern))
        }
    }

    @Test(arguments: widths)
    func largePreferencesDoNotOverflow(width: Int) {
        let x = preferences(width * 3, scale: 1e4)
        #expect(softmax(x, width: width, logarithm: false).allSatisfy { $0 >= 0 && $0 <= 1 })
        #expect(softmax(x, width: width, logarithm: true).allSatisfy { $0 <= 0 && $0.isFinite })
    }

    @Test(arguments: [3, 16, 20, 30])
    func forbiddenColumnsAndSpoiltRows(width: Int) {
        var row = [Float](repeating: 1, count: width)
        row[1] = -.infinity
        let shares = softmax(row, width: width, logarithm: false)
        #expect(shares[1] == 0)
        #expect(abs(shares[0] - 1 / Float(width - 1)) <= 1e-7)
        #expect(softmax(row, width: width, logarithm: true)[1] == -.infinity)
        for spoilt in [
            [Float](repeating: -.infinity, count: width), Array(row.dropLast()) + [.nan], Array(row.dropLast()) + [.infinity],
        ] {
            // A healthy row beside it stays healthy.
            let both = softmax(spoilt + row, width: width, logarithm: false)
            #expect(both.prefix(width).allSatisfy { $0.isNaN })
            #expect(Array(both.suffix(width)) == shares)
        }
    }

    @Test(arguments: [2, 16, 24, 25, 33])
    func neighboursInTheArenaStay(width: Int) {
        let x = preferences(width * 3)
        for logarithm in [false, true] {
            let arena = Storage<Float>(count: width * 3 + 40)
            arena.all.fill(-7)
            let middle = arena.all.slice(20, width * 3)
            middle.copy(from: x)
            if logarithm {
                Softmax.logRows(middle, width: width, rows: 3, into: middle)
            } else {
                Softmax.rows(middle, width: width, rows: 3, into: middle)
            }
            #expect(middle.array == softmax(x, width: width, logarithm: logarithm))
            #expect(arena.all.slice(0, 20).array == Array(repeating: -7, count: 20))
            #expect(arena.all.slice(20 + width * 3, 20).array == Array(repeating: -7, count: 20))
        }
    }

    @Test func wrongSizesTrap() async {
        await #expect(processExitsWith: .failure) {
            let x = Storage<Float>(count: 6).all
            Softmax.rows(x, width: 4, rows: 2, into: x)
        }
        await #expect(processExitsWith: .failure) {
            let x = Storage<Float>(count: 0).all
            Softmax.logRows(x, width: 0, rows: 0, into: x)
        }
    }
}
