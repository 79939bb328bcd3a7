// Where presets and agents are looked up, in which order.

import Foundation
import TestSupport
import Testing
import Training

struct DataHomeTests {
    private let folder = TemporaryFolder()

    @Test func environmentWins() throws {
        try Folders.make(folder("share/bellman"))
        #expect(try DataHome(home: folder.path, executable: folder("bin/rl")).path == folder.path)
        #expect(try DataHome(home: "", executable: folder("bin/rl")).path == folder("share/bellman"))
        do {
            _ = try DataHome(home: folder("absent"), executable: folder("bin/rl"))
            Issue.record("accepted")
        } catch { #expect(error.exitStatus == 66 && error.message.contains("BELLMAN_HOME")) }
    }

    @Test func checkoutIsFoundFromTheBuildFolder() throws {
        let executable = folder("house/.build/release/rl")
        #expect(throws: FileError.self) { try DataHome(home: nil, executable: executable) }
        for name in ["agents", "envs", ".build/release"] { try Folders.make(folder("house/" + name)) }
        #expect(throws: FileError.self) { try DataHome(home: nil, executable: executable) }
        try AtomicFile.write("", to: folder("house/Package.swift"))
        #expect(try DataHome(home: nil, executable: executable).path == folder("house"))
    }

    @Test func nothingFound() {
        do {
            _ = try DataHome(home: nil, executable: nil)
            Issue.record("found")
        } catch { #expect(error.exitStatus == 66 && error.message.contains("BELLMAN_HOME")) }
    }

    @Test func filesAndNames() throws {
        let home = try DataHome(home: folder.path, executable: nil)
        #expect(try home.names(.envs, suffix: ".json") == [] && home.folder(.agents) == folder("agents"))
        try Folders.make(home.folder(.envs))
        for name in ["b.json", "a.json", "c.txt", ".d.json"] { try AtomicFile.write("", to: folder("envs/" + name)) }
        #expect(try home.names(.envs, suffix: ".json") == ["a", "b"])
        #expect(try home.file(.envs, "a", suffix: ".json") == folder("envs/a.json"))
        #expect(throws: FileError.self) { try home.file(.envs, "../a", suffix: ".json") }
    }

    @Test func executableIsARunningFile() throws {
        #expect(Folders.kind(of: try #require(DataHome.executable)) == .file)
    }
}
