// From numbers to colours that everyone tells apart, and planes of numbers as small pictures of a pixel each.

import FoundationEssentials
import RLCore
import Rendering

enum ColourScale {
    /// From dark violet by green to yellow, ever lighter; of shares from 0 to 1.
    case sequential
    /// From orange by white to blue; of shares from −1 to 1.
    case diverging

    func colour(_ share: Double) -> Colour {
        let share = share.isFinite ? share : 0
        switch self {
        case .sequential:
            return Self.between(
                [Colour(68, 1, 84), Colour(59, 82, 139), Colour(33, 145, 140), Colour(94, 201, 98), Colour(253, 231, 37)],
                max(0, min(1, share)))
        case .diverging:
            return Self.between(
                [Colour(166, 60, 0), Colour(230, 130, 60), Colour(247, 247, 247), Colour(90, 150, 205), Colour(0, 70, 140)],
                max(0, min(1, share / 2 + 0.5)))
        }
    }
    private static func between(_ stops: [Colour], _ share: Double) -> Colour {
        let place = share * Double(stops.count - 1), index = min(stops.count - 2, Int(place))
        return stops[index].mixed(with: stops[index + 1], place - Double(index))
    }

    /// Of numbers up to the largest magnitude among `numbers`: diverging where some are negative.
    ///
    /// - Parameter lifted: shares become their square roots, so that small ones are seen among many zeros.
    static func fitting(_ numbers: some Sequence<Float>, lifted: Bool = false) -> (Float) -> Colour {
        var low: Float = 0, high: Float = 0
        for number in numbers where number.isFinite {
            low = min(low, number)
            high = max(high, number)
        }
        let size = Double(max(high, -low, .leastNormalMagnitude))
        let scale: ColourScale = low < 0 ? .diverging : .sequential
        return { number in
            let share = Double(number) / size
            return scale.colour(lifted ? (share < 0 ? -(-share).squareRoot() : share.squareRoot()) : share)
        }
    }
}

extension Picture {
    /// Planes [height, width] of numbers, `columns` side by side, a pixel a number and white ones between neighbours.
    init(tiles planes: [[Float]], width: Int, height: Int, columns: Int, _ colour: (Float) -> Colour) {
        let gap = width * height == 1 ? 0 : 1
        let columns = max(1, min(columns, planes.count)), rows = max(1, (planes.count + columns - 1) / columns)
        let wide = columns * (width + gap) - gap, high = rows * (height + gap) - gap
        var pixels = [UInt8](repeating: 255, count: max(1, wide * high) * 3)
        for (i, plane) in planes.enumerated() {
            let left = i % columns * (width + gap), top = i / columns * (height + gap)
            for y in 0..<height {
                for x in 0..<width {
                    let start = ((top + y) * wide + left + x) * 3, colour = colour(plane[y * width + x])
                    pixels[start] = colour.red
                    pixels[start + 1] = colour.green
                    pixels[start + 2] = colour.blue
                }
            }
        }
        self.init(width: max(1, wide), height: max(1, high), pixels: pixels)
    }

    /// One picture of `colours` [height, width].
    init(width: Int, height: Int, colours: [Colour]) {
        self.init(width: width, height: height, pixels: colours.flatMap { [$0.red, $0.green, $0.blue] })
    }

    /// What an `<img>` shows without a file.
    var dataURL: String { "data:image/png;base64," + Data(png()).base64EncodedString() }

    /// A world's scene, as large as it fits into a square of `side` pixels.
    init(_ scene: Scene, side: Int) {
        let longer = max(scene.bounds.width, scene.bounds.height)
        func pixels(_ length: Double) -> Int { max(16, min(side, Int((Double(side) * length / longer).rounded()))) }
        self.init(scene, width: pixels(scene.bounds.width), height: pixels(scene.bounds.height))
    }
}
