// Loops over pictures against their slow twins.
import Basics
import Kernels
import Testing

@Suite struct PixelLoopsTests {
    private func noise(_ count: Int, seed: UInt64) -> [UInt8] {
        var random = RandomSource(seed: seed)
        return (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next32()) }
    }

    @Test(arguments: [(1, 1), (4, 1), (4, 3), (2, 3), (5, 1), (3, 2)]) func weavingPutsTheOldestFirst(
        _ frames: Int, _ channels: Int
    ) {
        let pixels = 37
        let ring = noise(frames * pixels * channels, seed: 1)
        let row = Storage<UInt8>(count: ring.count)
        for oldest in 0..<frames {
            PixelLoops.weave(ring: ring, frames: frames, oldest: oldest, channels: channels, into: row.all)
            for pixel in 0..<pixels {
                for age in 0..<frames {
                    for channel in 0..<channels {
                        #expect(
                            row.all[(pixel * frames + age) * channels + channel]
                                == ring[((oldest + age) % frames * pixels + pixel) * channels + channel])
                    }
                }
            }
        }
    }

    @Test func theBrighterIsKept() {
        let a = noise(101, seed: 2), b = noise(101, seed: 3)
        let kept = Storage<UInt8>(count: 101), other = Storage<UInt8>(count: 101)
        kept.all.copy(from: a)
        other.all.copy(from: b)
        PixelLoops.keepBrighter(kept.all, other.all)
        #expect(kept.all.array == zip(a, b).map { max($0, $1) })
        #expect(other.all.array == b)
    }

    @Test(arguments: [1, 3]) func aRectangleIsFilledAndNothingElse(_ channels: Int) {
        let stride = 9 * channels
        for (x, y, width, rows) in [(2, 1, 3, 4), (0, 0, 9, 6), (8, 5, 1, 1), (3, 2, 0, 2), (3, 2, 2, 0)] {
            let pixels = Storage<UInt8>(count: 6 * stride)
            pixels.all.fill(1)
            PixelLoops.fill(
                pixels.all, start: y * stride + x * channels, stride: stride, width: width, rows: rows, channels: channels,
                (7, 8, 9))
            for i in 0..<pixels.all.count {
                let (line, column) = (i / stride, i % stride / channels)
                let isInside = (y..<y + rows).contains(line) && (x..<x + width).contains(column)
                #expect(pixels.all[i] == (isInside ? UInt8(7 + i % channels) : 1))
            }
        }
    }
}
