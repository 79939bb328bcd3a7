// What an agent looks at, laid over the world, and pixel games at any size.
import RLCore
import Testing

@testable import Rendering

@Suite struct OverlayTests {
    private let bounds = Rectangle(x: 0, y: 0, width: 4, height: 2)

    @Test("the place that counts most is tinted, the others and what lies outside the scene are not")
    func oneCell() {
        // 80 by 80 pixels show a scene twice as wide as high in their middle.
        let blank = Picture(width: 80, height: 80, .black)
        var picture = blank
        var values = [Float](repeating: 0, count: 8)
        values[5] = 3
        picture.overlay(Insight.Plane("attention", width: 4, height: 2, values: values), over: bounds, in: picture.area)
        for y in 0..<80 {
            for x in 0..<80 {
                let isInside = (20..<40).contains(x) && (40..<60).contains(y)
                #expect((picture[x, y] != blank[x, y]) == isInside, "pixel \(x), \(y)")
            }
        }
        #expect(picture[30, 50].red > picture[30, 50].blue)
    }

    @Test("weaker places are tinted less, and nothing positive tints nothing")
    func strengths() {
        var picture = Picture(width: 40, height: 20, .black)
        picture.overlay(Insight.Plane("a", width: 2, height: 1, values: [1, 0.25]), over: bounds, in: picture.area)
        #expect(picture[5, 5].red > picture[35, 5].red && picture[35, 5].red > 0)
        var blank = Picture(width: 40, height: 20, .black)
        for values: [Float] in [[0, 0], [-1, -2], [.nan, .nan]] {
            blank.overlay(Insight.Plane("a", width: 2, height: 1, values: values), over: bounds, in: blank.area)
        }
        #expect(blank == Picture(width: 40, height: 20, .black))
    }

    @Test(
        "a game's picture at any size is the mean of what lies under each pixel",
        arguments: [(35, 22), (7, 5), (100, 31), (50, 50)])
    func pixelGames(width: Int, height: Int) {
        let across = 7, down = 5
        let bytes = (0..<across * down * 3).map { UInt8(truncatingIfNeeded: $0 * 37 + $0 / 5) }
        let target = Rectangle(x: 2.25, y: 1.5, width: Double(width), height: Double(height))
        var picture = Picture(width: width + 6, height: height + 5, Colour(10, 200, 90))
        let before = picture
        picture.copy(bytes, width: across, height: down, to: target, picture.area)
        for y in 0..<picture.height {
            for x in 0..<picture.width {
                for channel in 0..<3 {
                    var sum = 0.0, covered = 0.0
                    for row in 0..<down {
                        for column in 0..<across {
                            let left = target.x + target.width * Double(column) / Double(across)
                            let top = target.y + target.height * Double(row) / Double(down)
                            let share =
                                overlap(left, left + target.width / Double(across), x)
                                * overlap(top, top + target.height / Double(down), y)
                            sum += share * Double(bytes[(row * across + column) * 3 + channel])
                            covered += share
                        }
                    }
                    let place = (y * picture.width + x) * 3 + channel
                    let expected = sum + (1 - covered) * Double(before.pixels[place])
                    #expect(abs(Double(picture.pixels[place]) - expected) <= 0.51, "pixel \(x), \(y)")
                }
            }
        }
    }

    private func overlap(_ low: Double, _ high: Double, _ pixel: Int) -> Double {
        max(0, min(high, Double(pixel + 1)) - max(low, Double(pixel)))
    }
}
