// Frames side by side in every pixel, the newest last; copies that share them live their own lives.
import Basics
import RLCore
import TestSupport
import Testing

@Suite struct FrameStackTests {
    private func stacked(_ count: Int, isGrey: Bool = true) -> FrameStack<PixelFrames<DotWorld>> {
        FrameStack(PixelFrames(DotWorld(), isGrey: isGrey), count: count)
    }

    @Test func obeysTheLaws() {
        #expect(brokenEnvironmentLaws(of: stacked(4), episodes: 3, steps: 40) == [])
        #expect(brokenEnvironmentLaws(of: stacked(3, isGrey: false), episodes: 2, steps: 20) == [])
        #expect(brokenEnvironmentLaws(of: stacked(1), episodes: 2, steps: 20) == [])
    }

    @Test(arguments: [(1, true), (2, true), (4, true), (5, true), (4, false)])
    func theNewestFrameIsLast(_ count: Int, _ isGrey: Bool) {
        let channels = isGrey ? 1 : 3
        var random = RandomSource(seed: 4)
        var world = stacked(count, isGrey: isGrey)
        #expect(world.observationSpace == .bytes(.image(height: 10, width: 12, channels: count * channels), stack: count))
        #expect(world.observationSpace.frame == .image(height: 10, width: 12, channels: channels))
        for _ in 0..<2 {
            world.reset(using: &random)
            var history = Array(repeating: world.base.seen, count: count)
            for _ in 0..<2 * count + 3 {
                let row = world.seen
                for pixel in 0..<120 {
                    for age in 0..<count {
                        for channel in 0..<channels {
                            #expect(
                                row[(pixel * count + age) * channels + channel]
                                    == history[history.count - count + age][pixel * channels + channel])
                        }
                    }
                }
                _ = world.step(.discrete(0), using: &random)
                history.append(world.base.seen)
            }
        }
    }

    /// What the space promises to a memory: single frames rebuild every row.
    @Test func rowsAreRebuiltFromTheirNewestFrames() {
        var random = RandomSource(seed: 4)
        var world = stacked(4)
        world.reset(using: &random)
        var frames: [[UInt8]] = [], rows: [[UInt8]] = []
        for _ in 0..<9 {
            rows.append(world.seen)
            frames.append((0..<120).map { world.seen[4 * $0 + 3] })
            _ = world.step(.discrete(0), using: &random)
        }
        for (time, row) in rows.enumerated() {
            #expect(row == (0..<480).map { frames[max(0, time - 3 + $0 % 4)][$0 / 4] })
        }
    }

    @Test func aPlaceThatThereIsNotIsRefused() {
        var random = RandomSource(seed: 4)
        var world = stacked(2)
        world.reset(using: &random)
        var archive = Archive()
        archive.store([UInt8](repeating: 0, count: 240), as: "frames")
        archive.store(2, as: "newest_frame")
        world.base.save(into: &archive)
        #expect(throws: ArchiveError.self) { try world.load(from: archive) }
    }
}
