// What the panel beside a world tells: who plays, how it goes, what the policy thinks. Numbers and words only; painting is elsewhere.
public import RLCore

/// Everything that one picture of the panel depends on; what is nil or empty is left out.
public struct PanelContents: Hashable, Sendable {
    /// A label with its present value, such as `return` and `37`.
    public struct Fact: Hashable, Sendable {
        public var label: String
        public var value: String
        public init(_ label: String, _ value: String) {
            self.label = label
            self.value = value
        }
    }

    /// A world of states as a picture of its own, with values and arrows in its cells.
    public struct Map: Hashable, Sendable {
        public var title: String
        public var scene: Scene
        public init(_ title: String, _ scene: Scene) {
            self.title = title
            self.scene = scene
        }
    }

    /// One evaluation of a run that is being followed.
    public struct CurvePoint: Hashable, Sendable {
        /// Environment steps of training.
        public var step: Int
        public var meanReturn: Double
        public var deviation: Double
        public init(step: Int, meanReturn: Double, deviation: Double) {
            self.step = step
            self.meanReturn = meanReturn
            self.deviation = deviation
        }
    }

    /// Who plays where: `dqn-cartpole`.
    public var title: String
    /// What is known of the player, in one short line: `dqn, trained for 19,000 steps`.
    public var subtitle = ""
    /// In the order in which they are shown: episode, seed, step, return, mode, speed.
    public var facts: [Fact] = []

    /// What the policy thinks of the state that is shown.
    public var insight: Insight?
    /// A name for each action, or for each dimension of a continuous one.
    public var actionNames: [String] = []
    /// The action that was taken last or will be taken next, where actions are discrete.
    public var chosenAction: Int?
    /// Q*(s, a) for each action of the state that is shown, where the world's rules were solved.
    public var exactScores: [Double]?
    /// V*(s) of the state that is shown, where the world's rules were solved.
    public var exactValue: Double?

    /// The policy's value estimate at each step of the episode so far, the reset's first; nil where nobody asked for it.
    public var values: [Double?] = []
    /// The sum of rewards after each step of the episode so far, beginning with 0 at the reset.
    public var returns: [Double] = []
    /// Returns of the episodes that have ended before this one, the latest last.
    public var finishedReturns: [Double] = []
    /// Evaluations of the run that is followed, ascending in `step`.
    public var learningCurve: [CurvePoint] = []
    /// Learned and exact values of all states, side by side.
    public var maps: [Map] = []
    /// Further lines of text, such as the keys that a person plays with.
    public var lines: [String] = []

    public init(title: String) { self.title = title }
}
