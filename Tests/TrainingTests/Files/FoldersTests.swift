// Folders made, claimed, listed, moved, removed and locked.

import Foundation
import Glibc
import TestSupport
import Testing
import Training

struct FoldersTests {
    private let folder = TemporaryFolder()

    private func status(_ body: () throws -> Void) -> Int32? { fileFailure(body)?.exitStatus }

    @Test func madeWithParents() throws {
        try Folders.make(folder("a/b/c"))
        try Folders.make(folder("a/b/c/"))
        #expect(Folders.kind(of: folder("a/b/c")) == .folder)
        try AtomicFile.write("x", to: folder("file"))
        #expect(status { try Folders.make(folder("file")) } == 73)
        #expect(status { try Folders.make(folder("file/x/y")) } == 73)
        #expect(status { try Folders.make("") } == 73)
        #expect(status { try Folders.make("/proc/no/such") } == 73)
        #expect(status { try Folders.make(folder("nul\u{0}x")) } == 73)
        #expect(folder.names == ["a", "file"])
    }

    @Test func nextFreeName() throws {
        let base = folder("runs/dqn-cartpole")
        #expect(Folders.nextFree(base) == base)
        #expect(try Folders.claim(base) == base)
        #expect(Folders.nextFree(base) == base + "-2")
        #expect(try Folders.claim(base) == base + "-2")
        #expect(try Folders.claim(base) == base + "-3")
        try Folders.remove(base + "-2")
        #expect(try Folders.claim(base) == base + "-2")
    }

    @Test func listing() throws {
        for name in ["b.json", "a.json", "c.png", ".a.json"] { try AtomicFile.write("", to: folder(name)) }
        #expect(try Folders.names(in: folder.path) == ["a.json", "b.json", "c.png"])
        #expect(try Folders.names(in: folder.path, suffix: ".json") == ["a.json", "b.json"])
        #expect(status { _ = try Folders.names(in: folder("absent")) } == 66)
    }

    @Test func movingAndRemoving() throws {
        try Folders.make(folder("a/b"))
        try AtomicFile.write("x", to: folder("a/b/file"))
        try Folders.make(folder("kept"))
        try AtomicFile.write("keep", to: folder("kept/file"))
        try FileManager.default.createSymbolicLink(atPath: folder("a/link"), withDestinationPath: folder("kept"))
        try Folders.move(folder("a"), to: folder("c"))
        #expect(folder.names == ["c", "kept"] && folder.text("c/b/file") == "x")
        #expect(status { try Folders.move(folder("absent"), to: folder("d")) } == 73)
        try Folders.remove(folder("c"))
        try Folders.remove(folder("c"))
        #expect(folder.names == ["kept"] && folder.text("kept/file") == "keep")
    }

    @Test func oneProcessAtATime() throws {
        var lock: FolderLock? = try FolderLock(folder.path)
        #expect(lock?.path == folder.path)
        #expect(status { _ = try FolderLock(folder.path) } == 73)
        do { _ = try FolderLock(folder.path) } catch { #expect(error.kind == .locked) }
        lock = nil
        lock = try FolderLock(folder.path)
        #expect(status { _ = try FolderLock(folder("absent")) } == 66)
        #expect(folder.names.isEmpty)
    }

    /// The system releases the lock of a killed process; no file has to be cleaned up.
    @Test func deathReleases() throws {
        let other = Process()
        other.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
        other.arguments = ["--no-fork", folder.path, "sleep", "60"]
        try other.run()
        var seen = false
        for _ in 0..<500 where !seen {
            usleep(10_000)
            do { _ = try FolderLock(folder.path) } catch { seen = error.kind == .locked }
        }
        #expect(seen)
        kill(other.processIdentifier, SIGKILL)
        other.waitUntilExit()
        _ = try FolderLock(folder.path)
    }
}
