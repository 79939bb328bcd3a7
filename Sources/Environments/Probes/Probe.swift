// Probe worlds: each asks for one ability alone, and its right answer is known in closed form (after bsuite, Osband et al. 2020).
public import RLCore

/// A small model written as a table.
public struct Probe: MDP {
    public let stateCount: Int
    public let actionCount: Int
    public let starts: [(probability: Double, state: Int)]
    public let observationCount: Int
    private let observations: [Int]
    private let rules: [[Transition]]

    /// - Parameters:
    ///   - observations: what is seen of each state; nil where it is the state itself.
    ///   - rule: the ways an action can turn out in a state.
    init(
        states: Int, actions: Int, starts: [(probability: Double, state: Int)], observations: [Int]? = nil,
        rule: (_ state: Int, _ action: Int) -> [Transition]
    ) {
        stateCount = states
        actionCount = actions
        self.starts = starts
        self.observations = observations ?? Array(0..<states)
        observationCount = (self.observations.max() ?? 0) + 1
        rules = (0..<(states * actions)).map { rule($0 / actions, $0 % actions) }
    }

    public var layout: GridLayout? { nil }
    public func observation(of state: Int) -> Int { observations[state] }
    public func transitions(of action: Int, in state: Int) -> [Transition] { rules[state * actionCount + action] }
}

extension Transition {
    /// The only way that an action turns out, and the episode goes on.
    static func surely(_ next: Int, pays reward: Double = 0) -> [Transition] {
        [Transition(probability: 1, next: next, reward: reward, terminates: false)]
    }
    /// The only way that an action turns out, and the episode ends.
    static func end(in next: Int, pays reward: Double = 0) -> [Transition] {
        [Transition(probability: 1, next: next, reward: reward, terminates: true)]
    }
}
