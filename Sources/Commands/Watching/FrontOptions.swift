// Where and how a session is shown: what every command with a window is told.

import RLCore
import Rendering
public import Viewing

struct FrontOptions: OptionGroup {
    @Option("--speed", value: "X", in: WatchSession.speeds, help: "times the usual pace") var speed = 1.0
    @Option("--episodes", value: "N", in: 1...1_000_000, help: "end after N episodes [until you quit]") var episodes: Int?
    @Option("--size", value: "WxH", help: "pixels of the window") var size = "1000x640"
    @Flag("--no-panel", help: "the world alone, without what the agent thinks") var noPanel
    @Flag("--terminal", help: "in this terminal instead of a window") var terminal
    @Option("--colors", value: "N", help: "what the terminal shows: all, 256 or none [by COLORTERM, TERM and NO_COLOR]")
    var colors: String?
    @Option(
        "--frames", value: "N", in: 1...1_000_000_000,
        help: "end after N pictures, each a 60th of a second, as fast as they can be painted")
    var frames: Int?

    /// What a session takes from them; the rest is the command's.
    var session: WatchSession.Options {
        var options = WatchSession.Options()
        options.speed = speed
        options.episodes = episodes
        options.showsPanel = !noPanel
        return options
    }

    /// Shows `session` until somebody quits.
    ///
    /// - Throws: `UsageError` for options that do not go together or a size in which nothing could be seen; where nothing can be shown,
    ///   what the front says.
    func show(_ session: WatchSession, title: String, following follower: RunFollower? = nil, _ context: inout Context) throws {
        let front = try open(title, context.environment)
        // A terminal is given back before anything else is written to it; a window closes when it is let go.
        defer { (front as? TerminalFront)?.leave() }
        let loop = ViewerLoop(session: session, front: front, follower: follower, frames: frames)
        if let signal = try loop.run() { context.status = ExitStatus(signal: signal) }
    }

    private func open(_ title: String, _ environment: [String: String]) throws -> any Front {
        let size = try PictureSize(size)
        guard size.width >= 160, size.height >= 120 else {
            throw UsageError("a window of \(self.size) is too small; --size needs at least 160x120")
        }
        guard terminal else {
            guard colors == nil else { throw UsageError("--colors is for a terminal; a window shows all of them") }
            return try Window.open(title: title, size: size)
        }
        guard let colors else { return try TerminalFront(TerminalColours(environment: environment)) }
        guard let chosen = TerminalColours(rawValue: colors) else {
            throw UsageError("--colors must be all, 256 or none, got \"\(colors)\"")
        }
        return try TerminalFront(chosen)
    }
}

extension FrontError: ExitStatusProviding {
    public var exitStatus: Int32 { ExitStatus.failed.rawValue }
}
