// Lanes: what a step tells at the end of an episode, and that no lane knows of another.
import Basics
import Kernels
import RLCore
import TestSupport
import Testing

@Suite struct VectorEnvironmentTests {
    @Test func anEndShowsItsTrueSuccessorAndTheNewEpisode() {
        let vector = Vector(CountingWorld(), lanes: 3)
        let first = vector.reset(seed: 5)
        let marks = (0..<3).map { first.observations.floats[3 * $0 + 1] }
        _ = vector.step(.discrete([0, 0, 0]))
        let step = vector.step(.discrete([0, 1, 2]))

        #expect(step.lanes == 3)
        #expect(step.rewards.array == [2, 2, 2])
        #expect((0..<3).map { step.ending(of: $0) } == [.running, .terminated, .truncated])
        for lane in 0..<3 {
            #expect(step.successor(of: lane).floats[0] == 2)
            #expect(step.successor(of: lane).floats[1] == marks[lane])
            #expect(step.observations.floats[3 * lane] == (lane == 0 ? 2 : 0))
            #expect((step.observations.floats[3 * lane + 1] == marks[lane]) == (lane == 0))
        }
        let next = vector.step(.discrete([0, 0, 0]))
        #expect(next.rewards.array == [3, 1, 1])
        #expect((0..<3).allSatisfy { next.ending(of: $0) == .running })
    }

    @Test func theFinalStateIsThatOfTheEpisodeThatEndedLast() {
        let vector = Vector(CountingWorld(), lanes: 2)
        _ = vector.reset(seed: 5)
        for choices in [[0, 0], [1, 0], [0, 2], [2, 1], [0, 0], [1, 1]] as [[Int32]] {
            let marks = (0..<2).map { vector.state(of: $0)[1] }
            let step = vector.step(.discrete(choices))
            for lane in 0..<2 {
                // The world's own clock is what its step paid; the mark is that of the episode in which it was made.
                #expect(vector.finalState(of: lane).prefix(2) == [Double(step.rewards[lane]), marks[lane]])
                #expect((vector.state(of: lane)[0] == 0) == (choices[lane] != 0))
            }
        }
    }

    @Test func aResetIsRunningAndPaysNothing() {
        let vector = Vector(CountingWorld(), lanes: 2)
        _ = vector.reset(seed: 0)
        _ = vector.step(.discrete([1, 2]))
        let again = vector.reset(seed: 0)
        #expect(again.rewards.array == [0, 0])
        #expect(again.ending(of: 0) == .running && again.ending(of: 1) == .running)
        #expect(again.observations.floats[0] == 0 && again.observations.floats[3] == 0)
    }

    /// Lane i of many is the one lane of a vector that was given the same source.
    @Test func lanesAreIndependent() {
        let lanes = 5
        let many = Vector(CountingWorld(), lanes: lanes)
        var batch = many.reset(seed: 9)
        let alone = (0..<lanes).map { _ in Vector(CountingWorld(), lanes: 1) }
        var batches = (0..<lanes).map { alone[$0].reset(using: [RandomSource(seed: 9, key: [0, UInt32($0)])]) }
        var chooser = RandomSource(seed: 1)
        for _ in 0..<200 {
            for lane in 0..<lanes {
                #expect(batch.observations.slice(lane, 1).floats.array == batches[lane].observations.floats.array)
                #expect(batch.successor(of: lane).floats.array == batches[lane].successor(of: 0).floats.array)
                #expect(batch.ending(of: lane) == batches[lane].ending(of: 0))
                #expect(batch.rewards[lane] == batches[lane].rewards[0])
                #expect(many.state(of: lane) == alone[lane].state(of: 0))
            }
            let choices = (0..<lanes).map { _ in Int32(max(0, chooser.below(12) - 9)) }
            batch = many.step(.discrete(choices))
            batches = (0..<lanes).map { alone[$0].step(.discrete([choices[$0]])) }
        }
    }

    @Test func aRestartConcernsOneLane() {
        let vector = Vector(CountingWorld(), lanes: 3)
        let batch = vector.reset(seed: 3)
        _ = vector.step(.discrete([0, 0, 0]))
        let before = batch.observations.floats.array
        vector.restart(1, using: RandomSource(seed: 77))
        var expected = RandomSource(seed: 77)
        #expect(vector.state(of: 1) == [0, expected.unit(), 0])
        #expect(batch.observations.floats[4] == Float(vector.state(of: 1)[1]))
        #expect(batch.observations.slice(0, 1).floats.array == Array(before[0..<3]))
        #expect(batch.observations.slice(2, 1).floats.array == Array(before[6..<9]))
        _ = vector.step(.discrete([0, 0, 0]))
        #expect(vector.state(of: 1)[2] == expected.unit())
    }

    @Test func aLoadedVectorGoesOnAsTheSavedOne() throws {
        let vector = Vector(TimeLimit(CountingWorld(), limit: 7), lanes: 3)
        _ = vector.reset(seed: 11)
        for _ in 0..<10 { _ = vector.step(.discrete([0, 0, 1])) }
        var archive = Archive()
        vector.save(into: &archive)

        let other = Vector(TimeLimit(CountingWorld(), limit: 7), lanes: 3)
        let shown = other.reset(seed: 12)
        try other.load(from: archive)
        #expect((0..<3).map { shown.observations.floats[3 * $0] } == [3, 3, 0])
        for _ in 0..<20 {
            let a = vector.step(.discrete([0, 0, 0]))
            let b = other.step(.discrete([0, 0, 0]))
            #expect(a.observations.floats.array == b.observations.floats.array)
            #expect((0..<3).map { a.ending(of: $0) } == (0..<3).map { b.ending(of: $0) })
        }
        #expect(throws: ArchiveError.self) { try other.load(from: Archive()) }
    }
}
