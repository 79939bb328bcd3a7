// The fast resize against exact rational averages, byte for byte.
import Basics
import Kernels
import TestSupport
import Testing

@Suite struct AreaResizeTests {
    private func small(_ picture: [UInt8], _ resize: AreaResize) -> [UInt8] {
        let source = Storage<UInt8>(count: picture.count), scratch = Storage<UInt8>(count: resize.scratchCount)
        let target = Storage<UInt8>(count: resize.smallHeight * resize.smallWidth * resize.channels)
        source.all.copy(from: picture)
        resize.run(source.all, into: target.all, scratch: scratch.all)
        return target.all.array
    }

    /// Neither separable nor reduced: every pixel's overlap with every small pixel, over the whole area, as one fraction.
    private func naive(_ picture: [UInt8], _ resize: AreaResize) -> [UInt8] {
        let (height, width, channels) = (resize.height, resize.width, resize.channels)
        /// In units of 1/small of a pixel, pixel `i` is [i·small, (i+1)·small) and small pixel `j` is [j·large, (j+1)·large).
        func overlap(_ i: Int, _ j: Int, large: Int, small: Int) -> Int {
            max(0, min((i + 1) * small, (j + 1) * large) - max(i * small, j * large))
        }
        var result: [UInt8] = []
        for y in 0..<resize.smallHeight {
            for x in 0..<resize.smallWidth {
                for channel in 0..<channels {
                    var numerator = 0
                    for row in 0..<height {
                        let share = overlap(row, y, large: height, small: resize.smallHeight)
                        if share == 0 { continue }
                        for column in 0..<width {
                            numerator +=
                                share * overlap(column, x, large: width, small: resize.smallWidth)
                                * Int(picture[(row * width + column) * channels + channel])
                        }
                    }
                    let denominator = height * width
                    result.append(UInt8((2 * numerator + denominator) / (2 * denominator)))
                }
            }
        }
        return result
    }

    private func noise(_ count: Int, seed: UInt64) -> [UInt8] {
        var random = RandomSource(seed: seed)
        return (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next32()) }
    }

    @Test(arguments: [
        (7, 5, 3, 2, 1), (7, 5, 7, 5, 3), (12, 10, 5, 5, 1), (12, 10, 5, 5, 3), (9, 9, 1, 1, 1), (10, 8, 4, 4, 1),
        (13, 11, 12, 10, 1),
        (42, 32, 16, 17, 1), (30, 17, 9, 8, 3),
    ])
    func equalsTheExactAverage(_ height: Int, _ width: Int, _ smallHeight: Int, _ smallWidth: Int, _ channels: Int) {
        let resize = AreaResize(height: height, width: width, toHeight: smallHeight, width: smallWidth, channels: channels)
        for seed in 0..<20 {
            let picture = noise(height * width * channels, seed: UInt64(seed))
            #expect(small(picture, resize) == naive(picture, resize))
        }
    }

    /// Every sum that there can be is rounded right: 200 shares of 0 to 255, and small steps around each half.
    @Test func halvesAreRoundedUp() {
        let resize = AreaResize(height: 2, width: 1, toHeight: 1, width: 1, channels: 1)
        for a in 0...255 {
            for b in 0...255 { #expect(small([UInt8(a), UInt8(b)], resize) == [UInt8((a + b + 1) / 2)]) }
        }
    }

    /// The standard size: flat pictures with a few rectangles, as games paint them, so that rows repeat; and noise.
    @Test func theStandardSize() {
        let resize = AreaResize(height: 210, width: 160, toHeight: 84, width: 84, channels: 1)
        var picture = [UInt8](repeating: 30, count: 210 * 160)
        for (x, y, w, h, value) in [(0, 26, 160, 8, 200), (12, 61, 4, 16, 140), (144, 120, 4, 16, 160), (77, 99, 4, 4, 255)] {
            for row in y..<y + h { for column in x..<x + w { picture[row * 160 + column] = UInt8(value) } }
        }
        let found = small(picture, resize)
        #expect(found == naive(picture, resize))
        var fingerprint = Fingerprint()
        fingerprint.add(found)
        let noisy = noise(210 * 160, seed: 123)
        let shrunk = small(noisy, resize)
        #expect(shrunk == naive(noisy, resize))
        fingerprint.add(shrunk)
        #expect(fingerprint.value == 14_862_366_582_152_731_083)
    }
}
