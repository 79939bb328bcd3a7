// Data before it meets a network: standardised, augmented, split; and the search for settings.
import Basics
import Kernels
import Neural
import TestSupport
import Testing

@Suite struct DataTests {
    private func floats(_ numbers: [Float]) -> Storage<Float> {
        let storage = Storage<Float>(count: numbers.count)
        storage.all.copy(from: numbers)
        return storage
    }

    @Test func standardisedColumnsHaveMeanZeroAndDeviationOne() throws {
        let data = floats([1, 5, 10, 3, 5, 30])
        let statistics = Standardisation(of: data.all, rows: 2, width: 3)
        #expect(statistics.means == [2, 5, 20] && statistics.deviations == [1, 1, 10])
        statistics.apply(to: data.all, rows: 2)
        #expect(data.all.array == [-1, 0, -1, 1, 0, 1])
        var archive = Archive()
        statistics.save(into: &archive)
        #expect(try Standardisation(from: archive) == statistics)
        var broken = Archive()
        broken.store([Float(2), 5, 20], as: "standardisation.means")
        broken.store([Float(1), 0, 1], as: "standardisation.deviations")
        #expect(throws: ArchiveError.self) { try Standardisation(from: broken) }
    }

    @Test func imagesAreShiftedMirroredAndCropped() {
        let image = ImageAugmentation(.image(height: 2, width: 3, channels: 1)), from = floats([1, 2, 3, 4, 5, 6])
        let to = Storage<Float>(count: 6)
        image.place(from.all, into: to.all, down: 1, right: -1, flipped: false)
        #expect(to.all.array == [0, 0, 0, 2, 3, 0])
        image.place(from.all, into: to.all, down: 0, right: 0, flipped: true)
        #expect(to.all.array == [3, 2, 1, 6, 5, 4])
        image.place(from.all, into: to.all, down: 0, right: 1, flipped: true)
        #expect(to.all.array == [0, 3, 2, 0, 6, 5])
        let large = floats((0..<40).map { Float($0) }), pair = ImageAugmentation(.image(height: 2, width: 2, channels: 2))
        var random = RandomSource(seed: 3), corners: Set<Float> = []
        let window = Storage<Float>(count: 8)
        for _ in 0..<200 {
            pair.crop(large.all, height: 4, width: 5, into: window.all, using: &random)
            let first = window.all[0]
            corners.insert(first)
            #expect(window.all.array == [first, first + 1, first + 2, first + 3, first + 10, first + 11, first + 12, first + 13])
        }
        #expect(corners == [0, 2, 4, 6, 10, 12, 14, 16, 20, 22, 24, 26])
    }

    /// A shift of one pixel reaches nine places, mirrored or not, each as often as the others.
    @Test func chanceReachesEveryPlace() {
        let image = ImageAugmentation(.image(height: 3, width: 3, channels: 1), shift: 1, flips: true)
        let from = floats([0, 0, 0, 1, 2, 0, 0, 0, 0]), to = Storage<Float>(count: 9)
        var random = RandomSource(seed: 4), seen: [[Float]: Int] = [:]
        for _ in 0..<3600 {
            image.apply(from.all, into: to.all, using: &random)
            seen[to.all.array, default: 0] += 1
        }
        #expect(seen.count == 18 && seen.values.allSatisfy { $0 > 130 && $0 < 280 })
    }

    @Test func foldsKeepTheClassesShares() {
        var random = RandomSource(seed: 5)
        let labels = (0..<103).map { $0 % 10 == 0 ? 2 : $0 % 3 == 0 ? 1 : 0 }
        let split = StratifiedFolds(labels: labels, folds: 5, using: &random)
        #expect(split.folds.flatMap { $0 }.sorted() == Array(0..<103))
        for label in 0..<3 {
            let counts = split.folds.map { $0.filter { labels[$0] == label }.count }
            #expect(counts.max()! - counts.min()! <= 1)
        }
        #expect(Set(split.training(without: 2)).isDisjoint(with: split.folds[2]))
        #expect(split.training(without: 2).count + split.folds[2].count == 103)
        #expect(split.folds[0] != split.folds[0].sorted())
    }

    @Test func theSearchNarrowsAroundTheBest() {
        var random = RandomSource(seed: 6)
        let search = RandomSearch([.init(1e-6, 1), .init(1, 1024)], trials: 40, rounds: 3)
        // A bowl in log space with its bottom at (1e-3, 64).
        let trials = search.run(using: &random) { settings, _ in
            let a = settings[0] / 1e-3, b = settings[1] / 64
            return settings[0] > 0.9 ? .nan : a + 1 / a + b + 1 / b
        }
        #expect(trials.count == 120 && trials[0].score < 4.2 && trials[0].round == 2)
        let spread = { (round: Int) -> Double in
            let all = trials.filter { $0.round == round }.map { $0.settings[0] }
            return all.max()! / all.min()!
        }
        #expect(spread(0) > 1e4 && spread(1) < 1001 && spread(2) < 32)
        #expect(zip(trials, trials.dropFirst()).allSatisfy { $1.score.isNaN || $0.score <= $1.score })
    }

    @Test func aRunBreaksAtThreeTimesItsStart() {
        var watch = EarlyBreak()
        #expect([2, 1, 5.9, 6, 6.1].map { watch.breaks(at: $0) } == [false, false, false, false, true])
        #expect(watch.breaks(at: .nan) && watch.breaks(at: .infinity))
        var negative = EarlyBreak()
        #expect([-2, 1.9, 2.1].map { negative.breaks(at: $0) } == [false, false, true])
    }

    @Test func logUniformDrawsFillEveryDecade() {
        var random = RandomSource(seed: 7), decades = [0, 0, 0, 0]
        for _ in 0..<4000 {
            let x = random.logUniform(1e-4, 1)
            #expect(x >= 1e-4 && x < 1)
            decades[x < 1e-3 ? 0 : x < 1e-2 ? 1 : x < 0.1 ? 2 : 3] += 1
        }
        #expect(decades.allSatisfy { $0 > 880 && $0 < 1120 })
    }
}
