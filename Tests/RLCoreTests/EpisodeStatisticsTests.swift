// Returns and lengths of finished episodes, over a window.
import Basics
import RLCore
import TestSupport
import Testing

@Suite struct EpisodeStatisticsTests {
    /// Plays episodes of these lengths in lane 1 while lane 0 never ends; an episode of length n returns n(n + 1)/2.
    private func play(_ lengths: [Int], into statistics: inout EpisodeStatistics) {
        let vector = Vector(CountingWorld(), lanes: 2)
        _ = vector.reset(seed: 0)
        for length in lengths {
            for step in 1...length {
                let ended = statistics.count(vector.step(.discrete([0, step == length ? 1 : 0])))
                #expect(ended == (step == length ? 1 : 0))
            }
        }
    }

    @Test func theMeanIsOverTheLastOfTheWindow() {
        var statistics = EpisodeStatistics(lanes: 2, window: 3)
        #expect(statistics.meanReturn == nil && statistics.meanLength == nil)
        play([1, 2], into: &statistics)
        #expect(statistics.finished == 2 && statistics.meanLength == 1.5 && statistics.meanReturn == 2)
        play([3, 4, 5], into: &statistics)
        #expect(statistics.finished == 5 && statistics.meanLength == 4)
        #expect(statistics.meanReturn == 31.0 / 3)
    }

    @Test(arguments: [[2], [2, 3, 4, 5]])
    func loadedStatisticsGoOnAsTheSavedOnes(_ lengths: [Int]) throws {
        var statistics = EpisodeStatistics(lanes: 2, window: 3)
        play(lengths, into: &statistics)
        let vector = Vector(CountingWorld(), lanes: 2)
        _ = vector.reset(seed: 0)
        statistics.count(vector.step(.discrete([0, 0])))
        var archive = Archive()
        statistics.save(into: &archive)
        var loaded = EpisodeStatistics(lanes: 2, window: 3)
        try loaded.load(from: archive)
        #expect(loaded == statistics)
        play([7, 1], into: &statistics)
        play([7, 1], into: &loaded)
        #expect(loaded == statistics)
        #expect(loaded.meanReturn == statistics.meanReturn)
    }

    @Test func statisticsOfOtherLanesAreRefused() {
        var archive = Archive()
        EpisodeStatistics(lanes: 2).save(into: &archive)
        var other = EpisodeStatistics(lanes: 3)
        #expect(throws: ArchiveError.self) { try other.load(from: archive) }
    }
}
