// The session of watching: time, keys, whose turn it is, and what is kept.
import Agents
import Basics
import Environments
import Foundation
import Kernels
import RLCore
import Rendering
import TestSupport
import Testing
import Training
import Viewing

@testable import Commands

@Suite struct WatchSessionTests {
    private let folder = TemporaryFolder()
    private static let home = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    private func agent(_ name: String) throws -> TrainedAgent {
        try AgentFile.read("\(WatchSessionTests.home)/agents/\(name).safetensors", Catalogues())
    }
    private func session(_ name: String, _ change: (inout WatchSession.Options) -> Void = { _ in }) throws -> WatchSession {
        var options = WatchSession.Options()
        options.folder = folder.path
        change(&options)
        return try WatchSession(Exhibit(try agent(name), title: name), options)
    }
    private func player(_ world: String, _ change: (inout WatchSession.Options) -> Void = { _ in }) throws -> WatchSession {
        let world = try EnvironmentCatalogue.builtIn[world]
        var options = WatchSession.Options()
        options.folder = folder.path
        options.startsHuman = true
        change(&options)
        return try WatchSession(Exhibit(world, world.settings, title: world.name), options)
    }
    /// Sixty times a second.
    private func run(_ session: WatchSession, from start: Double = 0, seconds: Double) {
        for frame in 0...Int(seconds * 60) { session.advance(to: start + Double(frame) / 60) }
    }

    @Test func theWorldKeepsItsOwnPace() throws {
        let slow = try session("dqn-cartpole"), fast = try session("dqn-cartpole") { $0.speed = 4 }
        run(slow, seconds: 2)
        run(fast, seconds: 2)
        // 50 steps a second, to the step at which a sum of sixtieths may round.
        #expect((99...100).contains(slow.timeline.position) && (399...400).contains(fast.timeline.position))
        run(slow, from: 2, seconds: 0.5)
        #expect((124...125).contains(slow.timeline.position))
        slow.perform(.pause)
        run(slow, from: 3, seconds: 5)
        #expect((124...125).contains(slow.timeline.position))
    }

    @Test("after a stall the world does not race")
    func stall() throws {
        let session = try session("dqn-cartpole")
        session.advance(to: 0)
        session.advance(to: 100)
        #expect((1...13).contains(session.timeline.position))
    }

    @Test("equal calls show equal pictures")
    func determinism() throws {
        let pictures = try (0..<2).map { _ in
            let session = try session("dqn-breakout") { $0.mode = .sampled }
            run(session, seconds: 3)
            session.press("g")
            run(session, from: 3, seconds: 2)
            return session.frame(PictureSize(width: 500, height: 300))
        }
        #expect(pictures[0] == pictures[1])
    }

    @Test("episodes are those of rl eval, seed for seed", arguments: ["dqn-frozenlake", "dqn-cartpole"])
    func episodesOfEval(name: String) throws {
        let agent = try agent(name)
        for mode in [RLCore.Mode.greedy, .epsilon(0.3)] {
            let evaluation = evaluate(
                agent.policy, in: try agent.makeWorlds(lanes: 1), episodes: 3, firstSeed: 2_000_000, mode: mode)
            let session = try session(name) {
                $0.mode = mode
                $0.episodes = 3
                $0.speed = 64
            }
            var time = 0.0
            while !session.isOver {
                session.advance(to: time)
                time += 1.0 / 60
            }
            #expect(session.finishedReturns == evaluation.returns, "\(mode)")
        }
    }

    @Test("an episode that is played again counts once, and seeds have no end")
    func returnsOfRestartedEpisodes() throws {
        let session = try session("dqn-frozenlake") { $0.seed = .max }
        while !session.episodeIsOver { session.perform(.stepForward) }
        #expect(session.finishedReturns.count == 1)
        session.perform(.restart)
        #expect(session.finishedReturns.isEmpty && session.episode == 0)
        while !session.episodeIsOver { session.perform(.stepForward) }
        session.perform(.nextEpisode)
        #expect(session.finishedReturns.count == 1 && session.episode == 1 && session.timeline.seed == 0)
    }

    @Test("a recording that a person took over begins again when it is handed back")
    func handingBackToARecording() throws {
        let path = "\(WatchSessionTests.home)/replays/dqn-frozenlake.json"
        let session = try WatchSession(Exhibit(Recording.read(path, .builtIn), title: "recording"))
        session.perform(.stepForward)
        session.perform(.takeOver)
        #expect(session.isHuman && session.timeline.position == 1)
        session.perform(.takeOver)
        #expect(!session.isHuman && session.timeline.position == 0 && session.notice?.text == "the recording begins again")
        while !session.episodeIsOver { session.perform(.stepForward) }
        #expect(session.timeline.position == session.exhibit.recording?.steps)
    }

    // MARK: keys

    @Test("every key of the table does what its line says")
    func keys() throws {
        for command in ViewerCommand.allCases {
            for key in command.keys {
                let session = try session("dqn-cartpole")
                run(session, seconds: 0.5)
                let position = session.timeline.position, before = session.revision
                session.press(key)
                session.release(key)
                #expect(session.revision > before, "\(key) changes nothing")
                switch command {
                case .pause: #expect(session.isPaused)
                case .stepForward: #expect(session.isPaused && session.timeline.position == position + 1)
                case .stepBack: #expect(session.isPaused && session.timeline.position == position - 1)
                case .faster: #expect(session.speed == 2)
                case .slower: #expect(session.speed == 0.5)
                case .nextEpisode: #expect(session.timeline.seed == 2_000_001 && session.timeline.position == 0)
                case .restart: #expect(session.timeline.seed == 2_000_000 && session.timeline.position == 0)
                case .toggleMode: #expect(session.mode == .sampled)
                case .takeOver: #expect(session.isHuman)
                case .togglePanel: #expect(!session.showsPanel)
                case .saveRecording, .savePicture:
                    #expect(session.notice?.text.hasPrefix("saved \(folder.path)/cartpole-2000000") == true)
                case .toggleHelp: #expect(session.showsHelp)
                case .quit: #expect(session.isOver)
                }
            }
        }
        #expect(Set(ViewerCommand.allCases.flatMap(\.keys)).count == ViewerCommand.allCases.flatMap(\.keys).count)
    }

    @Test("the help, the panel and every size of picture can be painted, and help names every key")
    func pictures() throws {
        let session = try session("value-iteration-frozenlake")
        run(session, seconds: 1)
        for (width, height) in [(1000, 640), (479, 300), (160, 120), (40, 30), (3, 900)] {
            let size = PictureSize(width: width, height: height)
            let plain = session.frame(size)
            #expect(plain.width == width && plain.height == height)
            session.press("?")
            if width > 100 { #expect(session.frame(size) != plain) }
            session.press("?")
            #expect(session.frame(size) == plain)
        }
        let rows = session.helpSections.flatMap(\.rows).map(\.keys).joined(separator: " ").split(separator: " ").map(String.init)
        for command in ViewerCommand.allCases { #expect(rows.contains(command.keys[0].description), "\(command)") }
    }

    @Test("the manual's table of keys is the table")
    func manual() throws {
        let page = try String(contentsOfFile: "\(WatchSessionTests.home)/Documentation/watching.md", encoding: .utf8)
        let rows = page.split(separator: "\n").drop { !$0.hasPrefix("| keys") }.prefix { $0.hasPrefix("|") }.dropFirst(2)
        #expect(Array(rows) == ViewerCommand.table.map { "| \($0.keys) | \($0.help) |" })
        let help = Invocation("watch --help", of: Bellman.application()).out.split { $0 == " " || $0 == "\n" }.joined(
            separator: " ")
        for row in ViewerCommand.table { #expect(help.contains("\(row.keys) \(row.help)"), "\(row)") }
    }

    @Test("clicks pause, the wheel changes the speed, closing the window quits")
    func mouse() throws {
        let session = try session("dqn-cartpole")
        session.handle(.clicked(x: 3, y: 3))
        #expect(session.isPaused)
        session.handle(.scrolled(1))
        session.handle(.scrolled(2))
        session.handle(.scrolled(-1))
        #expect(session.speed == 2)
        session.handle(.closed)
        #expect(session.isOver)
    }

    @Test("worlds of states show what the agent believes of each, and the exact values beside it")
    func believedAndExact() throws {
        let session = try session("value-iteration-frozenlake")
        let solved = try #require(session.solved), believed = try #require(session.believed)
        #expect(believed.values.count == 16 && believed.values[5] == nil && believed.values[15] == nil)
        let start = try #require(believed.values[0])
        #expect(abs(start - solved.plan.values[0]) < 1e-6, "value iteration knows the exact values")
        #expect(believed.actions[0] == solved.plan.policy[0] && session.scene.stateValues == believed.values)
        let panel = session.panel
        #expect(panel.maps.count == 1 && panel.exactScores?.count == 4 && panel.exactValue == solved.plan.values[0])
        // A person who plays is told nothing.
        session.press("t")
        #expect(session.scene.stateValues == nil && session.panel.maps.isEmpty && session.panel.exactScores == nil)
    }

    @Test("where the agent sees the picture, what it looks at is laid over the world; p takes it away")
    func attention() throws {
        let session = try session("dqn-breakout")
        session.press(.space)
        let size = PictureSize(width: 600, height: 300)
        let insight = try #require(session.insight(attention: true))
        let plane = try #require(insight.attention)
        #expect(plane.width == 10 && plane.height == 10 && plane.values.contains { $0 > 0 })
        let shown = session.frame(size)
        var bare = Picture(width: size.width, height: size.height)
        let world = PixelArea(x: 0, y: 0, width: size.width * 3 / 5, height: size.height - 26)
        bare.paint(session.scene, in: world)
        let differs = (0..<world.height).contains { y in (0..<world.width).contains { shown[$0, y] != bare[$0, y] } }
        #expect(differs)
        session.press("p")
        var alone = Picture(width: size.width, height: size.height)
        alone.paint(session.scene, in: PixelArea(x: 0, y: 0, width: size.width, height: size.height - 26))
        let bareFrame = session.frame(size)
        #expect((0..<size.width).allSatisfy { bareFrame[$0, 100] == alone[$0, 100] })
    }

    // MARK: a person

    @Test("a held key plays until it is released, a tap plays once, and no key means nothing is done")
    func heldKeys() throws {
        let session = try player("seaquest") { $0.pace = 10 }
        session.advance(to: 0)
        session.press(.left)
        run(session, seconds: 0.35)
        session.release(.left)
        run(session, from: 0.35, seconds: 0.2)
        session.press(.right)
        session.release(.right)
        run(session, from: 0.55, seconds: 0.3)
        #expect(
            session.timeline.actions.prefix(8) == [
                .discrete(1), .discrete(1), .discrete(1), .discrete(0), .discrete(0), .discrete(3), .discrete(0), .discrete(0),
            ])
        session.press(.left)
        session.handle(.releasedAll)
        session.advance(to: 1.1)
        #expect(session.timeline.actions.last == .discrete(0))
    }

    @Test("worlds of states wait for a key, then step at once")
    func turns() throws {
        let session = try player("frozenlake")
        run(session, seconds: 3)
        #expect(session.timeline.position == 0)
        session.press(.right)
        #expect(session.timeline.actions == [.discrete(2)])
        session.release(.right)
        run(session, from: 3, seconds: 2)
        #expect(session.timeline.position == 1)
        session.press(.down)
        session.release(.down)
        #expect(session.timeline.actions == [.discrete(2), .discrete(1)] || session.timeline.ending != .running)
    }

    @Test("t hands the controls over and takes them back, and the recording says who played and plays again")
    func handingOver() throws {
        let session = try session("dqn-cartpole") { $0.startsHuman = true }
        run(session, seconds: 0.2)
        let byPerson = session.timeline.position
        session.press("t")
        #expect(!session.isHuman)
        run(session, from: 0.2, seconds: 3)
        #expect(session.timeline.ending == .running && session.timeline.position > byPerson + 100)
        session.press("t")
        session.press("t")
        let recording = try session.recording(of: session.timeline.played)
        #expect(recording.agent.contains("a person for \(byPerson) steps") && recording.steps == session.timeline.position)
        #expect(throws: Never.self) { try Resimulation(recording).verify() }
    }

    @Test func nobodyToHandOverTo() throws {
        let session = try player("breakout")
        session.press("t")
        #expect(session.isHuman && session.notice?.text.contains("--agent") == true)
    }

    @Test("an episode counts when it ends, once, also when it is gone back in or left at once")
    func counting() throws {
        let session = try session("dqn-frozenlake") { $0.speed = 64 }
        var time = 0.0
        func play() {
            while session.timeline.ending == .running {
                session.advance(to: time)
                time += 1.0 / 60
            }
        }
        play()
        #expect(session.finishedReturns.count == 1)
        session.press(",")
        session.press(".")
        #expect(session.finishedReturns == [session.timeline.totalReward])
        session.press("n")
        #expect(session.timeline.position == 0 && session.lastPlayed?.seed == 2_000_000)
        session.press(.space)
        play()
        #expect(session.finishedReturns.count == 2 && session.lastPlayed?.seed == 2_000_001)
    }

    // MARK: recordings

    @Test("a recording is played as it was recorded, again and again, and can be taken over")
    func recordings() throws {
        let recording = try Recording.read("\(WatchSessionTests.home)/replays/dqn-frozenlake.json", .builtIn)
        let session = try WatchSession(Exhibit(recording, title: "it"))
        run(session, seconds: Double(recording.steps) / session.pace + 0.2)
        #expect(session.timeline.position == recording.steps && session.timeline.totalReward == recording.totalReward)
        #expect(session.timeline.actions == recording.actions && session.timeline.seed == recording.seed)
        run(session, from: 100, seconds: 1.5)
        #expect(session.timeline.position < recording.steps && session.finishedReturns == [recording.totalReward])
        session.press("n")
        #expect(session.notice?.text == "a recording has one episode")
        session.press("t")
        #expect(session.isHuman)
    }

    @Test("s saves what rl replay --verify accepts, under a free name")
    func saving() throws {
        let session = try session("dqn-acrobot")
        run(session, seconds: 1)
        session.press("s")
        session.press("s")
        for name in ["acrobot-2000000.json", "acrobot-2000000-2.json"] {
            let recording = try Recording.read(folder(name), .builtIn)
            #expect(recording.steps == session.timeline.position)
            #expect(throws: Never.self) { try Resimulation(recording).verify() }
        }
        session.press(.function(12))
        #expect(folder.bytes("acrobot-2000000.png")?.prefix(4) == [137, 80, 78, 71])
    }

    @Test func aFolderThatCannotBeWrittenIsANotice() throws {
        let session = try session("dqn-acrobot") { $0.folder = folder("nowhere") }
        run(session, seconds: 0.3)
        session.press("s")
        #expect(session.notice?.text.hasPrefix("not saved: ") == true)
    }
}
