// A program of Examples/, run as its reader would run it: a process of its own, its words and its status.
import Foundation
import Testing

struct Example {
    let status: Int32
    let lines: [Substring]

    /// Runs the example that was built beside the tests, in the folder of the checkout.
    init(_ name: String, _ words: String...) throws {
        let process = Process(), out = Pipe()
        process.executableURL = try #require(Example.folder).appendingPathComponent(name)
        process.arguments = words
        process.currentDirectoryURL = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        process.standardOutput = out
        process.standardError = out
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let bytes = out.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        status = process.terminationStatus
        lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    }

    /// The folder of the test bundle, where the package's programs are built too.
    private static let folder: URL? = {
        guard let bundle = CommandLine.arguments.first(where: { $0.contains(".xctest") }) else { return nil }
        var folder = URL(filePath: bundle)
        while folder.path.contains(".xctest") { folder.deleteLastPathComponent() }
        return folder
    }()

    /// The numbers of each line that begins so, signs and decimals included.
    func numbers(of prefix: String) -> [[Double]] {
        lines.filter { $0.hasPrefix(prefix) }.map { line in
            line.split { !"-.0123456789".contains($0) }.compactMap { Double($0) }
        }
    }
}
