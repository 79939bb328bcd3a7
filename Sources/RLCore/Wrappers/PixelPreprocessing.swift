// The standard preprocessing of pixel games, whole: from single frames of a game to what a network for Atari expects.
public import Basics

/// Every wrapper in its place, the innermost first. Those that are switched off stay and do nothing, so one world has one type.
public typealias Preprocessed<World: PixelWorld> =
    FrameStack<
        ClippedRewards<
            AreaResized<FrameSkip<LifeLoss<TimeLimit<NoopStart<StickyActions<MaximumOfTwo<PixelFrames<World>>>>>>>>
        >
    >

/// The choices, in the words and with the defaults of Gymnasium's `AtariPreprocessing` and the Arcade Learning Environment's v5 games.
public struct PixelPreprocessing: Hashable, Sendable {
    /// The probability that a frame repeats the action of the frame before.
    public var sticky = 0.25
    /// Frames a step.
    public var frameSkip = 4
    /// An episode begins with 1 to so many idle frames; 0: with none.
    public var noopMaximum = 30
    /// A lost life terminates the learner's episode.
    public var endsWithLife = false
    /// Grey, or red, green and blue.
    public var isGrey = true
    /// Pixels across and down.
    public var screenSize = 84
    /// Frames in an observation.
    public var stack = 4
    /// A reward is its sign.
    public var clipsRewards = false
    /// Frames after which an episode is truncated.
    public var timeLimit = 27_000

    public init() {}

    public init(_ settings: Settings) {
        sticky = settings.number("sticky")
        frameSkip = settings.integer("frame_skip")
        noopMaximum = settings.integer("noop_max")
        endsWithLife = settings.boolean("terminal_on_life_loss")
        isGrey = settings.boolean("grayscale_obs")
        screenSize = settings.integer("screen_size")
        stack = settings.integer("stack")
        clipsRewards = settings.boolean("clip_rewards")
        timeLimit = settings.integer("time_limit")
    }

    /// What `init(_:)` reads.
    public static let declarations: [SettingDeclaration] = {
        let standard = PixelPreprocessing()
        return [
            SettingDeclaration(
                "sticky", .number(standard.sticky), .numbers(0...1), help: "probability that a frame repeats the last action"),
            SettingDeclaration("frame_skip", .integer(standard.frameSkip), .integers(1...60), help: "frames a step"),
            SettingDeclaration(
                "noop_max", .integer(standard.noopMaximum), .integers(0...1000),
                help: "an episode begins with 1 to so many idle frames; 0: none"),
            SettingDeclaration(
                "terminal_on_life_loss", .boolean(standard.endsWithLife), help: "a lost life ends the episode, not the game"),
            SettingDeclaration(
                "grayscale_obs", .boolean(standard.isGrey), help: "one channel a frame; false: red, green and blue"),
            SettingDeclaration(
                "screen_size", .integer(standard.screenSize), .integers(8...160), help: "pixels across and down"),
            SettingDeclaration("stack", .integer(standard.stack), .integers(1...16), help: "frames in an observation"),
            SettingDeclaration("clip_rewards", .boolean(standard.clipsRewards), help: "-1, 0 or 1 instead of points"),
            SettingDeclaration(
                "time_limit", .integer(standard.timeLimit), .integers(1...Int.max),
                help: "frames after which an episode is truncated"),
        ]
    }()

    @inlinable public func applied<World: PixelWorld>(to world: World) -> Preprocessed<World> {
        let frames = MaximumOfTwo(PixelFrames(world, isGrey: isGrey), isOn: frameSkip > 1)
        let started = NoopStart(StickyActions(frames, probability: sticky), most: noopMaximum)
        let played = LifeLoss(TimeLimit(started, limit: timeLimit), isOn: endsWithLife)
        let seen = AreaResized(FrameSkip(played, count: frameSkip), side: screenSize)
        return FrameStack(ClippedRewards(seen, isOn: clipsRewards), count: stack)
    }
}

extension EnvironmentSpecification {
    /// A pixel game behind the standard preprocessing, whose choices are its settings.
    ///
    /// Its laws are tried for few steps: each asks for a dozen pictures.
    @inlinable public init<World: PixelWorld>(
        pixels name: String, version: Int, summary: String, threshold: Double?, actionNames: [String],
        make: @escaping @Sendable () -> World
    ) {
        self.init(
            name: name, version: version, summary: summary, declarations: PixelPreprocessing.declarations, threshold: threshold,
            observationNames: [], actionNames: actionNames, modeler: nil
        ) { (settings, form) throws(SettingError) in
            Vector(PixelPreprocessing(settings).applied(to: make()), lanes: form.lanes, threads: form.threads)
        } lawChecker: { (settings, seed) throws(SettingError) in
            brokenEnvironmentLaws(of: PixelPreprocessing(settings).applied(to: make()), seed: seed, episodes: 2, steps: 12)
        }
        // Sixty frames a second, of which a step takes four.
        self = shown(stepsPerSecond: 15)
    }
}
