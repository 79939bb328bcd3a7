// Pictures that were looked at once and kept: where they are, and how like them a picture must be.
import Foundation
import RLCore
import Rendering
import Testing

/// `Tests/Golden`, one PNG file for each picture.
///
/// With `BELLMAN_WRITE_GOLDEN=1` the pictures are written instead of compared; `scripts/golden` does so.
enum Golden {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Golden")
    static let isWriting = ProcessInfo.processInfo.environment["BELLMAN_WRITE_GOLDEN"] == "1"

    static func picture(_ name: String) throws -> Picture {
        let bytes = try Data(contentsOf: folder.appending(path: "\(name).png"))
        return try #require(Picture(png: [UInt8](bytes)), "\(name).png is no PNG file")
    }

    /// Expects that `picture` is like the one that was kept as `name`; one that is not is left beside the tests' products.
    ///
    /// - Parameter least: the share of pixels that must agree; where much of a picture is plain areas, a digit is a small share.
    static func expect(_ picture: Picture, like name: String, least: Double = 0.99) throws {
        if isWriting {
            let path = folder.appending(path: "\(name).png")
            try FileManager.default.createDirectory(at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
            // A picture that is still like the kept one is left alone, so that nothing changes where nothing has.
            if let kept = try? self.picture(name), agreement(picture, kept) == 1 { return }
            return try Data(picture.png()).write(to: path)
        }
        let share = agreement(picture, try self.picture(name))
        guard share < least else { return }
        let seen = FileManager.default.temporaryDirectory.appending(path: "bellman-\(name.replacing("/", with: "-")).png")
        try Data(picture.png()).write(to: seen)
        Issue.record("\(name): only \(share) of its pixels are as they were; painted now: \(seen.path)")
    }

    /// The share of pixels whose three channels are within 2 of the other picture's, among those that either picture paints in another
    /// colour than the ground, the kept picture's most frequent colour: on a wide ground a moved figure is a small share of all pixels.
    ///
    /// Two pictures of nothing but the ground agree; of different sizes, not at all.
    static func agreement(_ picture: Picture, _ kept: Picture) -> Double {
        guard picture.width == kept.width, picture.height == kept.height else { return 0 }
        var counts: [Colour: Int] = [:]
        for place in stride(from: 0, to: kept.pixels.count, by: 3) { counts[colour(kept, place), default: 0] += 1 }
        guard let ground = counts.max(by: { $0.value < $1.value })?.key else { return 0 }
        var painted = 0, alike = 0
        for place in stride(from: 0, to: kept.pixels.count, by: 3) {
            guard colour(kept, place) != ground || colour(picture, place) != ground else { continue }
            painted += 1
            let isAlike = (place..<(place + 3)).allSatisfy { abs(Int(picture.pixels[$0]) - Int(kept.pixels[$0])) <= 2 }
            alike += isAlike ? 1 : 0
        }
        return painted == 0 ? 1 : Double(alike) / Double(painted)
    }

    private static func colour(_ picture: Picture, _ place: Int) -> Colour {
        Colour(picture.pixels[place], picture.pixels[place + 1], picture.pixels[place + 2])
    }
}
