// Integer shapes: cut at the edges, the same bytes in grey as the grey of the colours, pinned.
import Kernels
import RLCore
import TestSupport
import Testing

@Suite struct RasterTests {
    /// Paints into a picture of 8 by 6 whose every byte was 1.
    private func painted(channels: Int, _ body: (Raster) -> Void) -> [UInt8] {
        let storage = Storage<UInt8>(count: 8 * 6 * channels)
        storage.all.fill(1)
        body(Raster(storage.all, width: 8, height: 6, channels: channels))
        return storage.all.array
    }

    @Test func rectanglesAreCutOffAtTheEdges() {
        for (x, y, width, height) in [
            (2, 1, 3, 2), (-2, -1, 4, 3), (6, 4, 9, 9), (8, 0, 2, 2), (-5, 0, 5, 6), (0, 0, 8, 6), (3, 3, 0, 2),
        ] {
            let picture = painted(channels: 1) { $0.rectangle(x: x, y: y, width: width, height: height, .white) }
            for i in picture.indices {
                let isInside = (x..<x + width).contains(i % 8) && (y..<y + height).contains(i / 8)
                #expect(picture[i] == (isInside ? 255 : 1), "pixel \(i % 8), \(i / 8)")
            }
        }
    }

    @Test func greyIsTheLumaToTheNearestInteger() {
        #expect([Colour(255, 0, 0), Colour(0, 255, 0), Colour(0, 0, 255)].map(\.grey) == [76, 150, 29])
        #expect(Colour.white.grey == 255 && Colour.black.grey == 0)
        // 0.114 · 250 is 28.5 exactly and rounded up; 0.299 · 5 + 0.114 · 35 = 5.485, and 0.299 + 0.587 · 2 + 0.114 · 9 = 2.499.
        #expect(Colour(0, 0, 250).grey == 29)
        #expect(Colour(5, 0, 35).grey == 5 && Colour(1, 2, 9).grey == 2 && Colour(10, 10, 10).grey == 10)
        for red in stride(from: 0, through: 255, by: 5) {
            for green in stride(from: 0, through: 255, by: 3) {
                let luma = 0.299 * Double(red) + 0.587 * Double(green) + 0.114 * 77
                if abs(luma - luma.rounded(.down) - 0.5) < 1e-9 { continue }
                #expect(Double(Colour(UInt8(red), UInt8(green), 77).grey) == luma.rounded())
            }
        }
    }

    @Test func greyPaintIsTheGreyOfColouredPaint() {
        func shapes(_ raster: Raster) {
            raster.fill(Colour(10, 200, 30))
            raster.rectangle(x: 1, y: 1, width: 5, height: 4, Colour(200, 10, 99))
            raster.number(7, right: 7, y: 0, scale: 1, Colour(0, 33, 255))
            raster.repeatLine(4, count: 1)
        }
        let grey = painted(channels: 1, shapes), colours = painted(channels: 3, shapes)
        #expect(grey == (0..<48).map { Colour(colours[3 * $0], colours[3 * $0 + 1], colours[3 * $0 + 2]).grey })
        #expect(Set(grey).count == 3)
    }

    @Test func aLineIsRepeatedBelow() {
        let picture = painted(channels: 1) { raster in
            raster.rectangle(x: 3, y: 2, width: 2, height: 1, .white)
            raster.repeatLine(2, count: 2)
            raster.repeatLine(5, count: 0)
        }
        for i in picture.indices { #expect(picture[i] == ((2...4).contains(i / 8) && (3...4).contains(i % 8) ? 255 : 1)) }
    }

    /// As a person sees them: 0 to 9, and a number of two digits at twice the size.
    @Test func digits() {
        func text(_ value: Int, scale: Int, width: Int) -> String {
            let storage = Storage<UInt8>(count: width * 5 * scale)
            Raster(storage.all, width: width, height: 5 * scale, channels: 1).number(
                value, right: width, y: 0, scale: scale, .white)
            return (0..<5 * scale).map { y in
                String((0..<width).map { storage.all[y * width + $0] > 0 ? "#" as Character : "." })
            }.joined(separator: "\n")
        }
        #expect(
            text(1_234_567_890, scale: 1, width: 40) == """
                ..#..###.###.#.#.###.###.###.###.###.###
                .##....#...#.#.#.#...#.....#.#.#.#.#.#.#
                ..#..###..##.###.###.###..#..###.###.#.#
                ..#..#.....#...#...#.#.#..#..#.#...#.#.#
                .###.###.###...#.###.###..#..###.###.###
                """)
        #expect(text(12, scale: 2, width: 14).hasPrefix("..##..\("..######")\n..##..\("..######")\n"))
        #expect(text(0, scale: 1, width: 3) == "###\n#.#\n#.#\n#.#\n###")
    }
}
