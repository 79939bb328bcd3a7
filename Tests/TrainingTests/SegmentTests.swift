// The pieces of a checkpoint: written once, shared, removed when nobody needs them, refused by name when something is wrong.
import Basics
import TestSupport
import Testing

@testable import Training

@Suite struct SegmentTests {
    private let folder = TemporaryFolder()

    private func segments(_ run: String) throws -> [String] { try Folders.names(in: folder(run + "/replay")) }

    /// A memory of 64 transitions, checkpoints every 50 steps: each refers to what the ring still holds, and the rest goes.
    @Test func segmentsLiveAsLongAsACheckpointNeedsThem() throws {
        var plan = try tinyPlan("dqn", "cartpole", steps: 600, lanes: 1)
        plan.checkpointInterval = 50
        let run = try TrainingRun(plan), files = try RunFolder(new: folder("run"), for: run)
        run.observers = [files]
        var seen: [String: [UInt8]] = [:]
        while !run.isFinished {
            try run.advance()
            guard plan.isCheckpoint(run.step) else { continue }
            try files.checkpoint(run)
            let names = try segments("run")
            #expect(names.count <= 4 && names.last == "0000\(run.step < 500 ? "0" : "")\(run.step / 50).safetensors", "\(names)")
            for name in names {
                let bytes = folder.bytes("run/replay/" + name)
                #expect(seen[name] == nil || seen[name] == bytes, "\(name) was written twice")
                seen[name] = bytes
            }
            let needed = Set([run.step - 50, run.step].filter { $0 > 0 }.flatMap { files.checkpoints.references(of: $0) })
            #expect(names == needed.sorted().map { Paths.name(of: files.checkpoints.segment($0)) })
        }
        #expect(seen.count == 12)
    }

    /// The state itself does not grow with the memory: what is new since the last checkpoint is all that is written.
    @Test func aStateIsSmallerThanItsMemory() throws {
        let plan = try tinyPlan("dqn", "breakout", steps: 400, lanes: 1, [("buffer_size", "100000")])
        try train(plan, in: folder("run"))
        let size = { (name: String) in self.folder.bytes(name)?.count ?? 0 }
        let sizes = try segments("run").map { size("run/replay/" + $0) }
        #expect(sizes.count == 4 && (sizes.max() ?? 0) < 2 * (sizes.min() ?? 0))
        // A frame of 10 × 10 × 4 bytes for every step.
        #expect(sizes.allSatisfy { $0 > 100 * 400 })
        #expect(abs(size("run/checkpoints/300/state.safetensors") - size("run/checkpoints/400/state.safetensors")) < 20_000)
    }

    /// What is wrong, and the words that name it.
    private static let wrongs: [(String, @Sendable ([UInt8]) -> [UInt8], String)] = [
        ("empty", { _ in [] }, "it ends after 0 bytes"), ("one byte", { Array($0.prefix(1)) }, "it ends after 1 bytes"),
        ("short by one", { $0.dropLast() }, "bytes of data"), ("half", { Array($0.prefix($0.count / 2)) }, "not a whole"),
        ("a flipped bit", { $0.dropLast() + [$0.last! ^ 1] }, "the checksum (SHA-256) does not fit"),
        (
            "a header of 2⁶⁴ − 1", { [UInt8](repeating: 255, count: 8) + $0.dropFirst(8) },
            "announces a header of 18446744073709551615"
        ),
        ("a header of 16 MiB", { [0, 0, 0, 1, 0, 0, 0, 0] + $0.dropFirst(8) }, "inside its header of 16777216"),
        ("text", { _ in Array("{\"format\": 1}\n and more".utf8) }, "announces a header of"),
    ]

    @Test(arguments: wrongs.indices, ["checkpoints/225/state.safetensors", "replay/000003.safetensors"])
    func aDamagedFileIsNamedAndTheOlderCheckpointUsed(_ index: Int, _ file: String) throws {
        let plan = try tinyPlan("dqn", "cartpole", steps: 300, lanes: 1), (_, damage, words) = Self.wrongs[index]
        try train(plan, in: folder("whole"))
        try trainAndStop(plan, in: folder("run"), at: 250, saving: false)
        try AtomicFile.write(damage(try #require(folder.bytes("run/" + file))), to: folder("run/" + file))
        var said: [String] = []
        let stopped = try StoppedRun(folder("run"), Catalogues()) { said.append($0) }
        #expect(stopped.run.step == 150 && said.count == 1)
        #expect(said.first?.contains(file) == true && said.first?.contains(words) == true, "\(said)")
        #expect(said.first?.contains("train it again") == false, "\(said)")
        try resume(folder("run")) { _ in }
        for file in try RunComparison(of: folder("whole"), with: folder("run")).files {
            #expect(file.difference == nil, "\(file.name)")
        }
    }

    @Test func foreignFilesAreRefused() throws {
        let plan = try tinyPlan("dqn", "cartpole", steps: 300, lanes: 1)
        var other = plan
        other.seed = 1
        try trainAndStop(plan, in: folder("run"), at: 250, saving: false)
        try trainAndStop(other, in: folder("other"), at: 250, saving: false)
        let newest = "checkpoints/225/state.safetensors"
        let own = try #require(folder.bytes("run/" + newest))
        for (source, place, words) in [
            ("other/" + newest, newest, "belongs to another run: its seed is not this one's"),
            ("other/replay/000003.safetensors", "replay/000003.safetensors", "belongs to another run"),
            ("run/replay/000002.safetensors", "replay/000003.safetensors", "the segment is number 2, not 3"),
            ("run/checkpoints/150/state.safetensors", newest, "the checkpoint is of step 150, not 225"),
            ("run/replay/000003.safetensors", newest, "this is no checkpoint of a run"),
            ("run/best.safetensors", newest, "this is no checkpoint of a run"),
        ] {
            let before = try #require(folder.bytes("run/" + place))
            try AtomicFile.write(try #require(folder.bytes(source)), to: folder("run/" + place))
            var said: [String] = []
            let stopped = try StoppedRun(folder("run"), Catalogues()) { said.append($0) }
            #expect(stopped.run.step == 150 && said.count == 1 && said.first?.contains(words) == true, "\(source): \(said)")
            try AtomicFile.write(before, to: folder("run/" + place))
        }
        // A file of an earlier format says so.
        var old = own
        let place = try #require(own.indices.first { own[$0...].starts(with: "\"format\":\"2\"".utf8) })
        old[place + 10] = UInt8(ascii: "1")
        try AtomicFile.write(old, to: folder("run/" + newest))
        var said: [String] = []
        _ = try StoppedRun(folder("run"), Catalogues()) { said.append($0) }
        #expect(said.first?.contains("is of format 1, this rl reads format 2") == true, "\(said)")
    }

    /// A process that is killed while it writes leaves a hidden file and perhaps an empty folder; neither is a checkpoint.
    @Test func whatWasLeftHalfWrittenGoes() throws {
        let plan = try tinyPlan("dqn", "cartpole", steps: 300, lanes: 1)
        try train(plan, in: folder("whole"))
        try trainAndStop(plan, in: folder("run"), at: 250, saving: false)
        try Folders.make(folder("run/checkpoints/299"))
        for litter in ["run/.rl-7-0.tmp", "run/replay/.rl-7-0.tmp", "run/checkpoints/225/.rl-7-1.tmp"] {
            try AtomicFile.write("half", to: folder(litter))
        }
        try resume(folder("run")) { Issue.record("\($0)") }
        for file in try RunComparison(of: folder("whole"), with: folder("run")).files {
            #expect(file.difference == nil, "\(file.name)")
        }
        for place in ["run", "run/replay", "run/checkpoints/300"] {
            #expect(try System.names(in: folder(place)).allSatisfy { !AtomicFile.isTemporary($0) })
        }
    }
}
