// The standard preprocessing as a whole: every choice reaches its wrapper, and the vector it makes steps without allocating.
import Basics
import Kernels
import RLCore
import TestSupport
import Testing

@Suite struct PixelPreprocessingTests {
    private func plain() -> PixelPreprocessing {
        var choices = PixelPreprocessing()
        choices.sticky = 0
        choices.noopMaximum = 0
        choices.screenSize = 5
        choices.stack = 2
        return choices
    }

    @Test func obeysTheLaws() {
        var choices = plain()
        choices.sticky = 0.25
        choices.noopMaximum = 3
        #expect(brokenEnvironmentLaws(of: choices.applied(to: DotWorld()), episodes: 3, steps: 20) == [])
        choices.isGrey = false
        choices.endsWithLife = true
        choices.clipsRewards = true
        choices.timeLimit = 9
        #expect(brokenEnvironmentLaws(of: choices.applied(to: DotWorld()), seed: 1, episodes: 4, steps: 20) == [])
    }

    /// From a game's frames to an observation, each step by hand: two frames painted in grey, the brighter kept, made small, stacked.
    @Test func whatIsSeen() {
        var random = RandomSource(seed: 2), other = random
        var world = plain().applied(to: DotWorld())
        var game = DotWorld()
        world.reset(using: &random)
        game.reset(using: &other)
        func small(_ earlier: DotWorld, _ later: DotWorld) -> [UInt8] {
            let views = [earlier, later].map { PixelFrames($0, isGrey: true).seen }
            let picture = Storage<UInt8>(count: 120), small = Storage<UInt8>(count: 25)
            picture.all.copy(from: zip(views[0], views[1]).map { max($0, $1) })
            let resize = AreaResize(height: 10, width: 12, toHeight: 5, width: 5, channels: 1)
            let scratch = Storage<UInt8>(count: resize.scratchCount)
            resize.run(picture.all, into: small.all, scratch: scratch.all)
            return small.all.array
        }
        var history = [small(game, game), small(game, game)]
        for action in [0, 1, 3, 2, 0] {
            #expect(world.seen == (0..<50).map { history[history.count - 2 + $0 % 2][$0 / 2] })
            let outcome = world.step(.discrete(action), using: &random)
            var before = game, points: Float = 0
            for _ in 0..<4 where !game.isOver {
                before = game
                points += game.advance(action, using: &other)
            }
            #expect(outcome == Outcome(reward: points, ending: game.isOver ? .terminated : .running))
            if game.isOver { break }
            history.append(small(before, game))
        }
    }

    @Test func timeIsCountedInFrames() {
        var choices = plain()
        choices.timeLimit = 10
        var random = RandomSource(seed: 2)
        var world = choices.applied(to: DotWorld())
        world.reset(using: &random)
        let endings = (0..<3).map { _ in world.step(.discrete(0), using: &random).ending }
        #expect(endings == [.running, .running, .truncated] && world.state[0] == 10)
    }

    @Test func settingsReachTheirChoices() throws {
        var settings = Settings(PixelPreprocessing.declarations)
        #expect(PixelPreprocessing(settings) == PixelPreprocessing())
        for (key, text) in [
            ("sticky", "0.5"), ("frame_skip", "3"), ("noop_max", "7"), ("terminal_on_life_loss", "true"),
            ("grayscale_obs", "false"),
            ("screen_size", "42"), ("stack", "2"), ("clip_rewards", "true"), ("time_limit", "99"),
        ] {
            try settings.set(key, parsing: text, from: "the test")
        }
        var expected = PixelPreprocessing()
        expected.sticky = 0.5
        expected.frameSkip = 3
        expected.noopMaximum = 7
        expected.endsWithLife = true
        expected.isGrey = false
        expected.screenSize = 42
        expected.stack = 2
        expected.clipsRewards = true
        expected.timeLimit = 99
        #expect(PixelPreprocessing(settings) == expected)
        let world = expected.applied(to: WideWorld())
        #expect(world.observationSpace == .bytes(.image(height: 42, width: 42, channels: 6), stack: 2))
        #expect(world.base.isOn && world.base.base.base.count == 3)
        let played = world.base.base.base.base
        #expect(played.isOn && played.base.limit == 99 && played.base.base.most == 7)
        #expect(played.base.base.base.probability == 0.5 && played.base.base.base.base.isOn)
    }

    /// As in Gymnasium, single frames are shown as they are.
    @Test func withoutASkipNothingIsMaximised() {
        var choices = plain()
        choices.frameSkip = 1
        #expect(!choices.applied(to: DotWorld()).base.base.base.base.base.base.base.base.isOn)
    }
}

/// Of the usual size, and all black.
private struct WideWorld: PixelWorld {
    static let actionCount = 1
    var isOver: Bool { false }
    mutating func reset(using random: inout RandomSource) {}
    mutating func advance(_ action: Int, using random: inout RandomSource) -> Float { 0 }
    func paint(on raster: Raster) { raster.fill(.black) }
    var state: [Double] { [] }
    func save(into archive: inout Archive) {}
    mutating func load(from archive: Archive) throws(ArchiveError) {}
}
