// What a network sees, as one picture for people: channels in colours of their own, the newest frame of a stack in grey, heat over it.

import Agents
import RLCore
import Rendering

struct SeenPicture {
    let width: Int
    let height: Int
    private let channels: Int
    /// Frames of one channel each: the newest is shown.
    private let isStack: Bool
    private let low: Float
    private let high: Float

    /// Told apart with every kind of colour vision, on a dark ground (Okabe and Ito).
    private static let colours = [
        Colour(86, 180, 233), Colour(230, 159, 0), Colour(0, 158, 115), Colour(240, 228, 66), Colour(204, 121, 167),
        Colour(213, 94, 0),
        Colour(242, 244, 248), Colour(0, 114, 178), Colour(150, 120, 220), Colour(150, 200, 120),
    ]
    private static let ground = Colour(18, 22, 32)

    /// - Parameters:
    ///   - low, high: the least and greatest number of any input, which are dark and bright.
    init(_ lens: NetworkLens, _ image: (height: Int, width: Int, channels: Int), low: Float, high: Float) {
        (width, height, channels) = (image.width, image.height, image.channels)
        if case .bytes(_, let stack) = lens.observationSpace { isStack = stack > 1 } else { isStack = false }
        self.low = low
        self.high = max(high, low + .leastNormalMagnitude)
    }

    private func share(_ number: Float) -> Double { Double(max(0, min(1, (number - low) / (high - low)))) }

    private func colours(_ input: [Float]) -> [Colour] {
        (0..<width * height).map { place in
            if isStack || channels == 1 {
                let grey = UInt8((share(input[place * channels + channels - 1]) * 255).rounded())
                return Colour(grey, grey, grey)
            }
            // The first channel lies on top, as in the world's own picture.
            var colour = Self.ground
            for channel in (0..<channels).reversed() {
                colour = mixed(colour, Self.colour(channel), share(input[place * channels + channel]))
            }
            return colour
        }
    }
    static func colour(_ channel: Int) -> Colour { colours[channel % colours.count] }

    func picture(_ input: [Float]) -> Picture { Picture(width: width, height: height, colours: colours(input)) }

    /// The same in dim grey with `heat` over it, as bright as its largest.
    func picture(_ input: [Float], heat: [Float]) -> Picture {
        let largest = heat.max() ?? 0
        let below = colours(input).map { colour in
            let light: Double = 0.3 * Double(colour.red) + 0.6 * Double(colour.green) + 0.1 * Double(colour.blue)
            let grey = UInt8((25 + 0.3 * light).rounded())
            return Colour(grey, grey, grey)
        }
        let shown = below.indices.map { place in
            let share = largest > 0 ? Double(heat[place] / largest) : 0
            let warm =
                share < 0.5
                ? mixed(Colour(120, 20, 60), Colour(240, 110, 30), share * 2)
                : mixed(Colour(240, 110, 30), Colour(255, 245, 160), share * 2 - 1)
            return mixed(below[place], warm, share.squareRoot())
        }
        return Picture(width: width, height: height, colours: shown)
    }

    /// A change of an input: for each place its largest over the channels, blue up and orange down.
    func picture(change: [Float]) -> Picture {
        let places = (0..<width * height).map { place in
            (0..<channels).map { change[place * channels + $0] }.max { abs($0) < abs($1) } ?? 0
        }
        let size = Double(max(places.map(abs).max() ?? 0, .leastNormalMagnitude))
        return Picture(width: width, height: height, colours: places.map { ColourScale.diverging.colour(Double($0) / size) })
    }
}

private func mixed(_ a: Colour, _ b: Colour, _ share: Double) -> Colour {
    func byte(_ a: UInt8, _ b: UInt8) -> UInt8 { UInt8((Double(a) + (Double(b) - Double(a)) * share).rounded()) }
    return Colour(byte(a.red, b.red), byte(a.green, b.green), byte(a.blue, b.blue))
}
