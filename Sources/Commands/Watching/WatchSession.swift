// The session of watching: a world, whoever plays in it, and what a person tells the viewer. No display and no clock in here.

import Agents
import Basics
import Kernels
import RLCore
import Rendering
import Training
import Viewing

/// Everything that a window or a terminal shows, and everything that its keys do. Time comes as an argument, so that equal calls
/// show equal pictures.
final class WatchSession {
    private(set) var exhibit: Exhibit
    let timeline: EpisodeTimeline
    /// The seed of episode 0; episode i uses `firstSeed + i`, as `rl eval` does.
    let firstSeed: UInt64
    private(set) var episode = 0
    /// Returns of episodes that ended, in order.
    private(set) var finishedReturns: [Double] = []
    /// The episode that ended last.
    private(set) var finished: EpisodeTimeline.Played?

    /// Steps in a second at speed 1.
    let pace: Double
    /// A power of two times what was asked for at first.
    private(set) var speed: Double
    private(set) var isPaused = false
    private(set) var mode: Mode
    /// Whether a person has the controls.
    private(set) var isHuman: Bool
    /// Whether the world waits for a person's key instead of going on by itself.
    let waitsForKeys: Bool
    let human: HumanPolicy

    var showsPanel: Bool
    private(set) var showsHelp = false
    /// Whether somebody wants to leave, or all episodes that were asked for have been shown.
    private(set) var isOver = false
    private(set) var notice: Notice?
    /// Counts what changed a picture, so that nobody has to paint the same one again.
    private(set) var revision = 0

    let solved: SolvedWorld?
    private(set) var believed: BelievedValues?
    private(set) var learningCurve: [PanelContents.CurvePoint] = []
    /// What a run that is followed is doing.
    private(set) var runStatus: String?
    /// The policy's values at the steps of this episode; nil where nobody looked.
    private var values: [Double?] = []
    private var insightNow: (moment: Int, attention: Bool, insight: Insight?)?
    /// Counts what changed the policy or what it sees.
    private var moment = 0

    private let mostEpisodes: Int?
    let saveFolder: String
    private var policy: any Policy
    private let decision: Actions
    private var sources: [RandomSource]
    private var clock: Double?
    private var owed = 0.0
    /// Whether this episode's end is among those of `finishedReturns`.
    private var isCounted = false
    /// Seconds until the next episode begins; nil while one is running.
    private var rest: Double?
    /// Of the picture painted last.
    var lastSize = PictureSize(width: 900, height: 600)

    struct Options {
        var seed: UInt64 = SeedRange.report
        var mode = Mode.greedy
        /// Steps in a second at speed 1; nil for the world's own.
        var pace: Double?
        var speed = 1.0
        /// Nil: until somebody quits.
        var episodes: Int?
        var showsPanel = true
        /// A person has the controls first.
        var startsHuman = false
        /// Where recordings and pictures are saved.
        var folder = "."
    }

    struct Notice: Hashable {
        let text: String
        fileprivate let until: Double
    }

    /// How fast and how slow it gets.
    static let speeds = 1.0 / 16...64.0
    /// The last picture of an episode stays this long, in seconds.
    private static let pauseAtEnd = 1.0
    /// No more than this is made up for after a stall, in seconds.
    private static let longestStall = 0.25

    init(_ exhibit: Exhibit, _ options: Options = Options()) throws {
        self.exhibit = exhibit
        firstSeed = exhibit.recording?.seed ?? options.seed
        let world = try exhibit.makeWorld()
        timeline = EpisodeTimeline(world, seed: firstSeed)
        pace = options.pace ?? exhibit.environment.stepsPerSecond
        speed = options.speed
        mode = options.mode
        isHuman = options.startsHuman
        showsPanel = options.showsPanel
        mostEpisodes = options.episodes
        saveFolder = options.folder
        human = HumanPolicy(ControlKeys(world.actionSpace, names: exhibit.environment.actionNames))
        waitsForKeys = if case .discrete = world.observationSpace { true } else { false }
        decision = Actions(lanes: 1, space: world.actionSpace)
        sources = [RandomSource(seed: firstSeed, key: [1])]
        policy = exhibit.agent?.policy ?? RandomPolicy(actionSpace: world.actionSpace)
        solved = try SolvedWorld(exhibit)
        believe()
        policy.begin(lanes: 1)
    }

    // MARK: what people do

    func perform(_ command: ViewerCommand) {
        revision += 1
        switch command {
        case .pause: isPaused.toggle()
        case .stepForward:
            isPaused = true
            step()
        case .stepBack:
            isPaused = true
            rest = nil
            moment += 1
            // What a policy carried from step to step does not go back with the world.
            if timeline.back() { policy.ended(lane: 0) }
        case .faster: speed = min(speed * 2, WatchSession.speeds.upperBound)
        case .slower: speed = max(speed / 2, WatchSession.speeds.lowerBound)
        case .nextEpisode: nextEpisode()
        case .restart:
            // It will end once more, and counts once.
            if isCounted { finishedReturns.removeLast() }
            begin(seed: timeline.seed)
        case .toggleMode: toggleMode()
        case .takeOver: takeOver()
        case .togglePanel: showsPanel.toggle()
        case .saveRecording: save(saveRecording)
        case .savePicture: save(savePicture)
        case .toggleHelp: showsHelp.toggle()
        case .quit: isOver = true
        }
    }

    /// A key went down: it plays where a person has the controls and the world knows it; otherwise it is the viewer's.
    func press(_ key: Key, isRepeat: Bool = false) {
        if isHuman && human.controls.uses(key) && !showsHelp {
            guard !isRepeat else { return }
            human.keys.press(key)
            if waitsForKeys && !isPaused {
                // At once, and again while the key stays down, beginning a little later.
                step()
                owed = -1
            }
        } else if let command = ViewerCommand.forKey(key), !isRepeat || command.repeats {
            perform(command)
        }
    }
    /// What happened at whichever front shows the session.
    func handle(_ event: FrontEvent) {
        switch event {
        case .pressed(let key, let isRepeat): press(key, isRepeat: isRepeat)
        case .released(let key): release(key)
        case .releasedAll: releaseAll()
        case .clicked: perform(showsHelp ? .toggleHelp : .pause)
        case .scrolled(let steps): perform(steps > 0 ? .faster : .slower)
        case .closed: perform(.quit)
        }
    }
    func release(_ key: Key) { human.keys.release(key) }
    func releaseAll() { human.keys.releaseAll() }

    /// Tells whoever watches something, for a few seconds.
    func tell(_ text: String) {
        notice = Notice(text: text, until: (clock ?? 0) + 4)
        revision += 1
    }

    // MARK: time

    /// Brings the session to `time`, in seconds since any moment: the world takes the steps that are due.
    func advance(to time: Double) {
        defer { clock = time }
        guard let clock else { return }
        let elapsed = min(max(0, time - clock), WatchSession.longestStall)
        if let notice, time > notice.until {
            self.notice = nil
            revision += 1
        }
        guard !isPaused, !showsHelp || !isHuman else { return }
        if let rest {
            self.rest = rest - elapsed
            if rest - elapsed <= 0 { afterEnd() }
            return
        }
        if isHuman && waitsForKeys && human.keys.isEmpty {
            owed = 0
            return
        }
        owed += elapsed * pace * speed
        while owed >= 1 && rest == nil {
            owed -= 1
            step()
        }
    }

    // MARK: the episode

    /// Whether nothing more can be played of this episode.
    var episodeIsOver: Bool {
        if timeline.ending != .running { return true }
        guard let recording = exhibit.recording, !isHuman else { return false }
        return timeline.nextAction == nil && timeline.position >= recording.steps
    }

    private func step() {
        guard !episodeIsOver else { return }
        revision += 1
        if isHuman || !timeline.forward() { timeline.take(decide(), byPerson: isHuman) }
        moment += 1
        guard episodeIsOver else { return }
        countEnd()
        rest = WatchSession.pauseAtEnd
        owed = 0
        policy.ended(lane: 0)
    }

    private func decide() -> RecordedAction {
        if let recording = exhibit.recording, !isHuman { return recording.actions[timeline.position] }
        if !isHuman, speed <= 4 { _ = insight(attention: false) }
        let player: any Policy = isHuman ? human : policy
        player.act(on: timeline.observation, into: decision, mode: mode, using: &sources)
        return RecordedAction(decision, lane: 0)
    }

    /// An episode that was gone back in and ended once more counts as it ended last.
    private func countEnd() {
        if isCounted { finishedReturns.removeLast() }
        isCounted = true
        finishedReturns.append(timeline.totalReward)
        finished = timeline.played
    }

    private func afterEnd() {
        if let mostEpisodes, finishedReturns.count >= mostEpisodes {
            isOver = true
            revision += 1
            return
        }
        if exhibit.recording != nil && !isHuman { begin(seed: firstSeed) } else { nextEpisode() }
    }

    private func nextEpisode() {
        guard exhibit.recording == nil || isHuman else { return tell("a recording has one episode") }
        episode += 1
        begin(seed: firstSeed &+ UInt64(episode))
    }

    private func begin(seed: UInt64) {
        revision += 1
        timeline.begin(seed: seed)
        sources = [RandomSource(seed: seed, key: [1])]
        policy.begin(lanes: 1)
        human.begin(lanes: 1)
        values = []
        insightNow = nil
        moment += 1
        rest = nil
        owed = 0
        isCounted = false
    }

    // MARK: who plays

    /// Whether somebody other than a person can play.
    var hasAgent: Bool { exhibit.agent != nil || exhibit.playsAtRandom }

    private func toggleMode() {
        guard exhibit.agent != nil else { return tell("there is no agent here whose mode could change") }
        mode = mode == .greedy ? .sampled : .greedy
        timeline.forgetAhead()
        tell("the agent plays \(modeName)")
    }

    private func takeOver() {
        if isHuman {
            guard hasAgent || exhibit.recording != nil else {
                return tell("there is no agent to hand the controls to; rl play --agent AGENT names one")
            }
            isHuman = false
            if exhibit.recording != nil {
                human.keys.releaseAll()
                begin(seed: firstSeed)
                return tell("the recording begins again")
            }
            tell("\(exhibit.title) has the controls")
        } else {
            isHuman = true
            tell("you have the controls: " + human.controls.table.map { "\($0.keys) \($0.help)" }.joined(separator: ", "))
        }
        human.keys.releaseAll()
        owed = 0
        timeline.forgetAhead()
        if episodeIsOver { return }
        rest = nil
    }

    /// Goes on with newer weights of the run that is followed, from the next decision on.
    func adopt(_ agent: TrainedAgent) {
        exhibit.describe(agent)
        exhibit.playsAtRandom = false
        policy = agent.policy
        policy.begin(lanes: 1)
        timeline.forgetAhead()
        moment += 1
        believe()
        revision += 1
    }

    /// The run's evaluations so far, and what it is doing.
    func follow(_ curve: [PanelContents.CurvePoint], status: String) {
        guard curve != learningCurve || status != runStatus else { return }
        learningCurve = curve
        runStatus = status
        revision += 1
    }

    private func believe() {
        believed = exhibit.agent == nil ? nil : solved.map { BelievedValues(policy, in: $0) }
    }

    // MARK: what it thinks

    /// What the agent thinks of what is shown; nil where nobody thinks or nothing is told.
    func insight(attention: Bool) -> Insight? {
        guard exhibit.agent != nil, timeline.ending == .running else { return insightNow?.insight }
        if let known = insightNow, known.moment == moment, known.attention || !attention { return known.insight }
        let insight = policy.insight(into: timeline.observation, row: 0, attention: attention)
        insightNow = (moment, attention, insight)
        let here = timeline.position
        while values.count <= here { values.append(nil) }
        values[here] = insight?.value
        return insight
    }

    /// The value estimate at each step so far; nil where nobody looked, empty where nobody estimates any.
    var valueHistory: [Double?] { values.contains { $0 != nil } ? Array(values.prefix(timeline.position + 1)) : [] }

    /// The number of the state that is shown, where it can be told from what is seen.
    var state: Int? {
        guard let solved, solved.isFullyObserved, timeline.ending == .running else { return nil }
        return Int(timeline.observation.floats[0])
    }

    var modeName: String {
        switch mode {
        case .greedy: "greedy"
        case .sampled: "sampled"
        case .epsilon(let share): "ε = \(share)"
        }
    }

    private func save(_ body: () throws -> String) {
        do { tell("saved \(try body())") } catch { tell("not saved: \(sentence(of: error))") }
    }
}
