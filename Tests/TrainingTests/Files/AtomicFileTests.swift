// Whole files: replaced or left alone, whatever fails.

import Foundation
import Glibc
import TestSupport
import Testing
import Training

struct AtomicFileTests {
    private let folder = TemporaryFolder()

    @Test(arguments: [true, false]) func replaces(durable: Bool) throws {
        try AtomicFile.write([1, 2, 3], to: folder("f"), durable: durable)
        try AtomicFile.write([4], to: folder("f"), durable: durable)
        #expect(folder.bytes("f") == [4] && folder.names == ["f"])
        try AtomicFile.write([], to: folder("f"), durable: durable)
        #expect(try readFile(folder("f"), limit: 0) == [])
    }

    /// Somebody who has the old file open goes on reading the old bytes: nothing is written in place.
    @Test func oldFileStaysWhole() throws {
        try AtomicFile.write("old", to: folder("f"))
        let reader = try #require(FileHandle(forReadingAtPath: folder("f")))
        try AtomicFile.write("new!", to: folder("f"))
        #expect(try reader.readToEnd() == Data("old".utf8) && folder.text("f") == "new!")
    }

    @Test func failuresLeaveNothing() throws {
        try Folders.make(folder("d"))
        let cases: [(String, String)] = [
            (folder("absent/f"), "folder does not exist"), (folder("d"), "is a folder"), (folder("nul\u{0}x"), "folder"),
            (folder(String(repeating: "x", count: 300)), "too long"), (folder("new/"), "is a file"), ("/proc/f", "/proc/f"),
        ]
        for (path, words) in cases {
            let error = fileFailure { try AtomicFile.write("x", to: path) }
            #expect(error?.exitStatus == 73 && error?.description.contains(words) == true, "\(error?.description ?? path)")
        }
        #expect(folder.names == ["d"])
    }

    @Test func shortOfSpace() throws {
        let error = fileFailure { try AtomicFile.write("x", to: "/dev/full") }
        #expect(error?.exitStatus == 73 && error?.message.contains("disk is full") == true)
    }

    @Test func devicesAndLinksSurvive() throws {
        try AtomicFile.write("x", to: "/dev/null")
        #expect(Folders.kind(of: "/dev/null") == .device)
        // The system's links to open files: the open file is written, no other put in its place.
        try AtomicFile.write("", to: folder("output"))
        let output = try #require(FileHandle(forUpdatingAtPath: folder("output")))
        try output.write(contentsOf: Data("before ".utf8))
        try AtomicFile.write("x", to: "/proc/self/fd/\(output.fileDescriptor)")
        try output.seek(toOffset: 0)
        #expect(try output.readToEnd() == Data("before x".utf8))
        try Folders.remove(folder("output"))
        try AtomicFile.write("old", to: folder("real"))
        try FileManager.default.createSymbolicLink(atPath: folder("link"), withDestinationPath: folder("real"))
        try AtomicFile.write("new", to: folder("link"))
        #expect(folder.text("real") == "new" && folder.names == ["link", "real"])
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder("link")) == folder("real"))
    }

    /// What a dead process of the same number left behind is not in the way.
    @Test func leftoversAreSteppedOver() throws {
        try Data([9]).write(to: URL(fileURLWithPath: folder(".rl-\(getpid())-0.tmp")))
        try AtomicFile.write("x", to: folder("f"))
        #expect(folder.names == [".rl-\(getpid())-0.tmp", "f"])
    }

    @Test func reading() throws {
        let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0) }
        try AtomicFile.write(bytes, to: folder("f"))
        #expect(try readFile(folder("f"), limit: 200_000) == bytes)
        let tooLarge = fileFailure { _ = try readFile(folder("f"), limit: 199_999) }
        #expect(tooLarge?.exitStatus == 65 && tooLarge?.message.contains("199999") == true)
        #expect(fileFailure { _ = try readFile("/dev/zero", limit: 1 << 20) }?.exitStatus == 65)
        // A file that says it has no bytes and has some.
        #expect(try !readFile("/proc/self/status", limit: 1 << 20).isEmpty)
        for path in [folder("absent"), folder.path, folder("f/x"), folder("f\u{0}"), ""] {
            #expect(fileFailure { _ = try readFile(path, limit: 10) }?.exitStatus == 66)
        }
        // Address 0 of this process cannot be read: the disk "fails".
        #expect(fileFailure { _ = try readFile("/proc/self/mem", limit: 10) }?.exitStatus == 1)
    }

    @Test func permissions() throws {
        try Folders.make(folder("closed"))
        try AtomicFile.write("x", to: folder("closed/f"))
        chmod(folder("closed/f"), 0)
        chmod(folder("closed"), 0o500)
        chmod(folder.path, 0o500)
        // The superuser may do everything, so this thread (and no other) touches files as nobody. Swift's Glibc lacks the header.
        let setfsuid = unsafeBitCast(dlsym(nil, "setfsuid"), to: (@convention(c) (UInt32) -> Int32).self)
        if geteuid() == 0 { _ = setfsuid(65534) }
        defer {
            if geteuid() == 0 { _ = setfsuid(0) }
            chmod(folder.path, 0o700)
            chmod(folder("closed"), 0o700)
        }
        #expect(fileFailure { _ = try readFile(folder("closed/f"), limit: 10) }?.exitStatus == 66)
        #expect(fileFailure { _ = try readFile(folder("closed/f"), limit: 10) }?.message.contains("may not read") == true)
        for body: () throws -> Void in [
            { try AtomicFile.write("y", to: folder("closed/f")) },
            { try Folders.make(folder("closed/a/b")) },
            { _ = try AppendingFile(folder("closed/g")) },
        ] {
            let error = fileFailure(body)
            #expect(error?.exitStatus == 73 && error?.message.contains("permission") == true)
        }
    }
}
