// `rl watch` and `rl play` in a window on a real X server, with real key and mouse events: what the screen shows is compared with what
// the session paints, pixel by pixel.
import Environments
import Foundation
import Rendering
import TestSupport
import Testing
import Training
import Viewing

@testable import Commands

@Suite(.serialized) struct WindowOnDisplayTests {
    private let folder = TemporaryFolder()
    private static let home = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path
    private let size = PictureSize(width: 400, height: 300)

    private func rl(_ words: String, on display: VirtualDisplay?) throws -> BuiltBinary {
        try BuiltBinary(
            words.split(separator: " ").map(String.init), in: folder.path, home: WindowOnDisplayTests.home,
            variables: ["DISPLAY": display?.name, "WAYLAND_DISPLAY": nil, "SDL_VIDEODRIVER": nil, "XDG_RUNTIME_DIR": nil])
    }
    /// What the window is expected to show, reached by the same commands without a window.
    private func expected(_ commands: [ViewerCommand], size: PictureSize? = nil) throws -> Picture {
        let agent = try AgentFile.read("\(WindowOnDisplayTests.home)/agents/value-iteration-frozenlake.safetensors", Catalogues())
        var options = WatchSession.Options()
        (options.seed, options.speed, options.showsPanel) = (5, 1.0 / 16, false)
        let session = try WatchSession(Exhibit(agent, title: "value-iteration-frozenlake"), options)
        for command in commands { session.perform(command) }
        return session.frame(size ?? self.size)
    }

    @Test("keys and clicks do what the help says, and the screen shows what the session paints")
    func keysAndClicks() throws {
        let display = try VirtualDisplay(width: 640, height: 480)
        let rl = try rl("watch value-iteration-frozenlake --seed 5 --speed 0.0625 --no-panel --size 400x300", on: display)
        #expect(try display.comesToShow(expected([])))
        try display.type("mousemove 320 240")
        try display.type("key space r period period")
        #expect(try display.comesToShow(expected([.pause, .stepForward, .stepForward])), "paused, two steps on")
        try display.type("key comma")
        #expect(try display.comesToShow(expected([.pause, .stepForward])), "one step back")
        try display.type("key question")
        #expect(try display.comesToShow(expected([.pause, .stepForward, .toggleHelp])), "help")
        try display.type("click 1")
        #expect(try display.comesToShow(expected([.pause, .stepForward])), "help clicked away")
        try display.type("click 1")
        #expect(try display.comesToShow(expected([.stepForward, .pause])), "a click goes on")
        try display.type("click 1 click 4 key plus")
        #expect(try display.comesToShow(expected([.pause, .stepForward, .faster, .faster])), "the wheel and + are faster")
        try display.type("search --name frozenlake windowsize %1 300 200 windowmove %1 170 140")
        let small = PictureSize(width: 300, height: 200)
        #expect(
            try display.comesToShow(expected([.pause, .stepForward, .faster, .faster], size: small)), "the window was resized")
        try display.type("key s F12 q")
        let ending = rl.ending()
        #expect(ending.status == 0 && ending.err == "" && ending.out == "")
        #expect(folder.names == ["frozenlake-5.json", "frozenlake-5.png"])
        #expect(throws: Never.self) { try Resimulation(try Recording.read(folder("frozenlake-5.json"), .builtIn)).verify() }
    }

    @Test("a person plays, and what was played can be played again")
    func play() throws {
        let display = try VirtualDisplay(width: 640, height: 480)
        let rl = try rl("play taxi --seed 3 --size 400x300 --out game.json", on: display)
        try display.waitForWindow()
        try display.type("mousemove 320 240")
        try display.type("key Left Up space q")
        let ending = rl.ending()
        #expect(ending.status == 0 && ending.out.contains("wrote    game.json"))
        let recording = try Recording.read(folder("game.json"), .builtIn)
        #expect(recording.actions == [.discrete(3), .discrete(1), .discrete(4)] && recording.agent == "a person")
        #expect(throws: Never.self) { try Resimulation(recording).verify() }
    }

    @Test("a display that goes away is a sentence and status 1", arguments: [0.05, 0.4, 1.1])
    func lostDisplay(after seconds: Double) throws {
        let display = try VirtualDisplay(width: 640, height: 480)
        let rl = try rl("watch dqn-cartpole --size 400x300", on: display)
        usleep(UInt32(seconds * 1e6))
        display.kill()
        let ending = rl.ending()
        #expect(
            ending.status == 1 && ending.err.hasPrefix("rl: ") && ending.err.contains("display"), "\(ending.status) \(ending.err)"
        )
        #expect(ending.err.split(separator: "\n").count == 1)
    }

    @Test("without a display nothing is trained and nothing is shown, and the sentence says what to do")
    func noDisplay() throws {
        for words in ["watch dqn-cartpole", "play taxi", "train dqn cartpole --watch --out run"] {
            let ending = try rl(words, on: nil).ending()
            #expect(ending.status == 1 && ending.err.hasPrefix("rl: no display to open a window on"), "\(words): \(ending.err)")
            #expect(ending.err.contains("rl record") && ending.err.split(separator: "\n").count == 1)
        }
        let nobody = try BuiltBinary(
            ["watch", "dqn-cartpole"], in: folder.path, home: WindowOnDisplayTests.home,
            variables: ["DISPLAY": ":4711", "WAYLAND_DISPLAY": nil, "SDL_VIDEODRIVER": nil]
        ).ending()
        #expect(nobody.status == 1 && nobody.err.contains("no X server answers at DISPLAY=:4711"), "\(nobody.err)")
        #expect(folder.names == [])
    }

    @Test("Ctrl-C closes the window with its status")
    func interruption() throws {
        let display = try VirtualDisplay(width: 640, height: 480)
        let rl = try rl("watch dqn-cartpole --size 400x300", on: display)
        try display.waitForWindow()
        rl.signal(SIGINT)
        #expect(rl.ending().status == 130)
    }

    @Test("training with a window gives the bits of training without one")
    func watchedTraining() throws {
        let display = try VirtualDisplay(width: 1200, height: 700)
        let options = "--steps 2000 --eval-every 500 --eval-episodes 2 --quiet"
        #expect(try rl("train q-learning frozenlake \(options) --out plain", on: nil).ending().status == 0)
        let watched = try rl("train q-learning frozenlake \(options) --out watched --watch", on: display)
        try display.waitForWindow()
        // The window outlives the training until somebody closes it, and holds the standard error until then.
        try display.type("mousemove 600 350")
        try display.type("key q")
        #expect(watched.ending().status == 0)
        for name in ["best.safetensors", "evaluations.csv", "metrics.csv", "best.replay.json"] {
            #expect(folder.bytes("plain/\(name)") == folder.bytes("watched/\(name)"), "\(name)")
        }
    }
}
