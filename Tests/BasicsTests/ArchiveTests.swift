// Archives: what goes in comes out, parts keep to themselves, and every mismatch says what is wrong.

import Basics
import Testing

@Suite struct ArchiveTests {
    @Test func everyTypeComesBack() throws {
        var archive = Archive()
        archive.store([1.5, -2] as [Float], as: "floats")
        archive.store([0.1, .infinity] as [Double], as: "doubles")
        archive.store([0, 255] as [UInt8], as: "bytes")
        archive.store([.min, .max] as [Int32], as: "int32s")
        archive.store([.min, .max] as [Int64], as: "int64s")
        archive.store([0, .max] as [UInt64], as: "words")
        archive.store(-7, as: "integer")
        let random = RandomSource(seed: 3)
        archive.store(random, as: "random")

        #expect(try archive.floats("floats", count: 2) == [1.5, -2])
        #expect(try archive.doubles("doubles") == [0.1, .infinity])
        #expect(try archive.bytes("bytes", count: 2) == [0, 255])
        #expect(try archive.int32s("int32s") == [.min, .max])
        #expect(try archive.int64s("int64s") == [.min, .max])
        #expect(try archive.words("words") == [0, .max])
        #expect(try archive.integer("integer") == -7)
        #expect(try archive.random("random") == random)
        #expect(archive.names == ["floats", "doubles", "bytes", "int32s", "int64s", "words", "integer", "random"])
        let types = archive.names.map { archive[$0]!.values.typeName }
        #expect(types == ["float32", "float64", "uint8", "int32", "int64", "uint64", "int64", "uint64"])
    }

    @Test func shapesAreKept() {
        var archive = Archive()
        archive.store([1, 2, 3, 4, 5, 6] as [Float], shape: [2, 3], as: "weights")
        archive.store([7] as [Float], shape: [], as: "scalar")
        archive.store([] as [Float], as: "nothing")
        #expect(archive["weights"]?.shape == [2, 3])
        #expect(archive["scalar"] == Tensor(shape: [], values: .float32([7])))
        #expect(archive["nothing"]?.shape == [0])
        #expect(archive["elsewhere"] == nil)
    }

    @Test func partsKeepToThemselves() throws {
        var archive = Archive()
        archive.store(1, as: "step")
        archive.store(part: "world") { world in
            world.store(2, as: "step")
            world.store(part: "inner") { $0.store(3, as: "step") }
            world.store(4, as: "lives")
            #expect(world.names == ["step", "inner/step", "lives"])
        }
        archive.store(5, as: "end")
        #expect(archive.names == ["step", "world/step", "world/inner/step", "world/lives", "end"])

        let world = archive.part("world")
        #expect(world.names == ["step", "inner/step", "lives"])
        #expect(try world.integer("step") == 2)
        #expect(try world.part("inner").integer("step") == 3)
        #expect(try archive.integer("world/lives") == 4)
        #expect(world["end"] == nil)
        #expect(archive.part("nobody").names.isEmpty)
    }

    @Test func mismatchesSayWhatIsWrong() {
        var archive = Archive()
        archive.store(part: "agent") { agent in
            agent.store([1, 2, 3] as [Float], as: "weights")
            agent.store([1, 2, 3, 4, 5] as [UInt64], as: "random")
            agent.store([1, 2, 4, 4, 5] as [UInt64], as: "broken")
        }
        let agent = archive.part("agent")
        #expect(throws: ArchiveError("\"agent/biases\" is missing")) { try agent.floats("biases") }
        #expect(throws: ArchiveError("\"agent/weights\" holds float32, float64 is needed")) { try agent.doubles("weights") }
        #expect(throws: ArchiveError("\"agent/weights\" holds 3 numbers, 4 are needed")) {
            try agent.floats("weights", count: 4)
        }
        #expect(throws: ArchiveError("\"agent/weights\" holds float32, uint64 is needed")) { try agent.random("weights") }
        #expect(throws: ArchiveError("\"agent/broken\" is not the state of a random source")) { try agent.random("broken") }
    }

    @Test func equalContentIsEqual() {
        func archive(_ value: Int) -> Archive {
            var archive = Archive()
            archive.store(part: "a") { $0.store(value, as: "b") }
            return archive
        }
        #expect(archive(1) == archive(1))
        #expect(archive(1) != archive(2))
    }

    @Test func mistakesOfTheCallerTrap() async {
        await #expect(processExitsWith: .failure) {
            var archive = Archive()
            archive.store(1, as: "twice")
            archive.store(2, as: "twice")
        }
        await #expect(processExitsWith: .failure) { _ = Tensor(shape: [2, 2], values: .uint8([1, 2, 3])) }
        await #expect(processExitsWith: .failure) { _ = Tensor(shape: [-1, -3], values: .uint8([1, 2, 3])) }
    }
}
