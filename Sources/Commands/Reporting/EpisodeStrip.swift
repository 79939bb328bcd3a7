// The best episode inside a page: one picture of all its frames one below the other, which style sheets show as film and as stills.

import FoundationEssentials
import RLCore
import Rendering
import Training

struct EpisodeStrip {
    private let picture: Picture
    private let frames: Int
    /// The steps of the frames.
    private let steps: [Int]
    private let stepsPerSecond: Double
    let recording: Recording

    private static let width = 300, height = 200
    private static let mostFrames = 80
    private static let stills = 6

    /// - Throws: `CommandFailure` when the recording no longer plays as it was recorded.
    init(_ recording: Recording) throws {
        self.recording = recording
        stepsPerSecond = recording.environment.stepsPerSecond
        let last = recording.steps
        let count = min(Self.mostFrames, last + 1)
        let chosen = Set((0..<count).map { count == 1 ? 0 : $0 * last / (count - 1) })
        let play = try Resimulation(recording)
        var pixels: [UInt8] = [], steps: [Int] = []
        func paint() {
            guard chosen.contains(play.step) else { return }
            var scene = Scene()
            play.world.drawFinal(0, on: &scene)
            pixels += Picture(scene, width: Self.width, height: Self.height).pixels
            steps.append(play.step)
        }
        paint()
        while play.advance() { paint() }
        if let difference = play.difference {
            throw CommandFailure("the best episode no longer plays as it was recorded: \(difference)")
        }
        self.steps = steps
        frames = steps.count
        picture = Picture(width: Self.width, height: Self.height * frames, pixels: pixels)
    }

    /// The film lasts as long as the episode at the world's own pace, but between three and twenty seconds.
    var style: String {
        let seconds = max(3, min(20, Double(recording.steps) / stepsPerSecond))
        let image = "data:image/png;base64," + Data(picture.png()).base64EncodedString()
        return """
            .frame { display: inline-block; width: \(Self.width)px; height: \(Self.height)px; border: 1px solid #ccc;
              background: url(\(image)) 0 0 / \(Self.width)px auto no-repeat; }
            .film { animation: film \(rounded(seconds, 1))s steps(\(frames), jump-none) infinite; }
            @keyframes film { from { background-position: 0 0; } to { background-position: 0 -\(Self.height * (frames - 1))px; } }
            .stills { display: flex; flex-wrap: wrap; gap: .5rem; } .stills figure { margin: 0; } figcaption { font-size: .85em; }
            @media print { .film { display: none; } * { print-color-adjust: exact; } }
            @media (prefers-reduced-motion: reduce) { .film { animation: none; } }
            """
    }

    var markup: String {
        let count = min(Self.stills, frames)
        let figures = (0..<count).map { still in
            let frame = count == 1 ? 0 : still * (frames - 1) / (count - 1)
            return "<figure><div class=\"frame\" style=\"background-position: 0 -\(Self.height * frame)px\"></div>"
                + "<figcaption>step \(grouped(steps[frame]))</figcaption></figure>"
        }
        return "<div class=\"frame film\" role=\"img\" aria-label=\"the best episode as a film\"></div>\n"
            + "<div class=\"stills\">\(figures.joined())</div>"
    }
}
