// A display that nobody sees, with a keyboard and a mouse that nobody touches: Xvfb, driven by xdotool.
import Foundation
import Glibc
import Rendering
import TestSupport
import Testing

final class VirtualDisplay {
    let width: Int
    let height: Int
    /// As DISPLAY names it.
    private(set) var name = ""
    private let server = Process()
    private let folder = TemporaryFolder()

    init(width: Int, height: Int) throws {
        self.width = width
        self.height = height
        let answer = Pipe()
        server.executableURL = URL(fileURLWithPath: "/usr/bin/Xvfb")
        server.arguments = [
            "-displayfd", "1", "-screen", "0", "\(width)x\(height)x24", "-fbdir", folder.path, "-nolisten", "tcp",
        ]
        server.standardOutput = answer
        server.standardError = FileHandle.nullDevice
        server.standardInput = FileHandle.nullDevice
        try server.run()
        // It writes its number once it listens.
        let number = String(decoding: answer.fileHandleForReading.availableData, as: UTF8.self)
        name = ":" + number.trimmingCharacters(in: .whitespacesAndNewlines)
        try #require(name.count > 1, "Xvfb did not start")
    }

    deinit { kill() }

    /// Takes the display away from everybody on it.
    func kill() {
        guard server.isRunning else { return }
        Glibc.kill(server.processIdentifier, SIGKILL)
        server.waitUntilExit()
    }

    /// Runs xdotool with these words, such as `key space` or `mousemove 10 20 click 1`.
    func type(_ words: String) throws {
        let tool = Process()
        tool.executableURL = URL(fileURLWithPath: "/usr/bin/xdotool")
        tool.arguments = words.split(separator: " ").map(String.init)
        tool.environment = ["DISPLAY": name]
        tool.standardOutput = FileHandle.nullDevice
        try tool.run()
        tool.waitUntilExit()
        try #require(tool.terminationStatus == 0, "xdotool \(words) failed")
    }

    /// What the middle of the screen shows, where windows are opened.
    ///
    /// Xvfb keeps its screen in a file as xwd writes it: 25 or more big-endian words, then the colours of a map, 12 bytes each, then
    /// rows of four bytes a pixel, blue first.
    func middle(_ size: PictureSize) throws -> Picture {
        let bytes = try #require(folder.bytes("Xvfb_screen0"))
        func word(_ index: Int) -> Int { (0..<4).reduce(0) { $0 << 8 | Int(bytes[4 * index + $1]) } }
        let start = word(0) + 12 * word(19), perLine = word(12)
        try #require(word(4) == width && word(5) == height && word(11) == 32)
        let left = (width - size.width) / 2, top = (height - size.height) / 2
        var pixels: [UInt8] = []
        for y in top..<top + size.height {
            for x in left..<left + size.width {
                let place = start + y * perLine + 4 * x
                pixels += [bytes[place + 2], bytes[place + 1], bytes[place]]
            }
        }
        return Picture(width: size.width, height: size.height, pixels: pixels)
    }

    /// Waits until something is shown in the middle of the screen, which is black before.
    func waitForWindow() throws {
        for _ in 0..<400 {
            if try middle(PictureSize(width: 8, height: 8)).pixels.contains(where: { $0 != 0 }) { return }
            usleep(50_000)
        }
        Issue.record("no window was opened in twenty seconds")
    }

    /// Whether the middle of the screen comes to show exactly this, within ten seconds.
    func comesToShow(_ picture: Picture) throws -> Bool {
        let size = PictureSize(width: picture.width, height: picture.height)
        for _ in 0..<200 {
            if try middle(size) == picture { return true }
            usleep(50_000)
        }
        return false
    }
}
