// An episode stepped back and forth is the same episode.
import Basics
import Environments
import Kernels
import RLCore
import Testing
import Training

@testable import Commands

@Suite struct EpisodeTimelineTests {
    private struct Moment: Equatable {
        let scene: Scene
        let state: [Double]
        let observation: [Float]
        let total: Double

        init(_ timeline: EpisodeTimeline) {
            var scene = Scene()
            timeline.draw(on: &scene)
            self.scene = scene
            state = timeline.worldState
            observation = timeline.observation.floats.array + timeline.observation.bytes.array.map(Float.init)
            total = timeline.totalReward
        }
    }

    private func timeline(_ name: String) throws -> EpisodeTimeline {
        let world = try EnvironmentCatalogue.builtIn[name]
        return EpisodeTimeline(try world.makeVector(world.settings, lanes: 1), seed: 7)
    }
    private func play(_ timeline: EpisodeTimeline, steps: Int, each: (EpisodeTimeline) -> Void = { _ in }) {
        var random = RandomSource(seed: 3)
        let actions = Actions(lanes: 1, space: timeline.actionSpace)
        for _ in 0..<steps where timeline.ending == .running {
            actions.draw(0, from: timeline.actionSpace, using: &random)
            timeline.take(RecordedAction(actions, lane: 0))
            each(timeline)
        }
    }

    @Test(
        "every step back shows what was there, and every step forward too, also at the end of the episode",
        arguments: ["cartpole", "breakout", "frozenlake", "taxi", "blackjack", "pendulum", "seaquest", "pixel-pong"])
    func backAndForth(name: String) throws {
        let timeline = try timeline(name)
        var moments = [Moment(timeline)]
        play(timeline, steps: name == "pixel-pong" ? 40 : 150) { moments.append(Moment($0)) }
        let last = timeline.position, ending = timeline.ending
        #expect(last > 0)
        for position in (0..<last).reversed() {
            #expect(timeline.back())
            #expect(timeline.position == position && timeline.ending == .running)
            #expect(Moment(timeline) == moments[position], "back at step \(position)")
        }
        #expect(!timeline.back())
        for position in 1...last {
            #expect(timeline.forward())
            #expect(Moment(timeline) == moments[position], "forth at step \(position)")
        }
        #expect(!timeline.forward() && timeline.ending == ending)
    }

    @Test("another action forgets what lay ahead, and going back from there finds the new past")
    func anotherFuture() throws {
        let timeline = try timeline("mountaincar")
        play(timeline, steps: 150)
        for _ in 0..<100 { timeline.back() }
        #expect(timeline.position == 50 && timeline.nextAction != nil)
        timeline.take(.discrete(0))
        #expect(timeline.nextAction == nil && timeline.actions.count == 51)
        var past: [Moment] = []
        for _ in 0..<60 {
            past.append(Moment(timeline))
            timeline.take(.discrete(timeline.position % 3))
        }
        for moment in past.reversed() {
            timeline.back()
            #expect(Moment(timeline) == moment)
        }
        #expect(timeline.totalReward == -51 && timeline.returns == (0...51).map { -Double($0) })
    }

    @Test("long episodes keep few worlds, and can still be gone back in")
    func longEpisodes() throws {
        let world = try EnvironmentCatalogue.builtIn["mountaincar"]
        var settings = world.settings
        try settings.set("time_limit", parsing: "5000", from: "test")
        let timeline = EpisodeTimeline(try world.makeVector(settings, lanes: 1), seed: 7)
        var at2000: Moment?
        for _ in 0..<4500 {
            timeline.take(.discrete(1))
            if timeline.position == 2000 { at2000 = Moment(timeline) }
        }
        #expect(timeline.savedCount <= 64)
        while timeline.position > 2000 { timeline.back() }
        #expect(Moment(timeline) == at2000)
    }
}
