// A finite Markov decision process: a world whose rules can be read, not only played (Sutton & Barto 2018, chapter 3).

/// One way that an action can turn out.
public struct Transition: Hashable, Sendable {
    public let probability: Double
    /// The state that follows; where `terminates`, the state in which the episode ended.
    public let next: Int
    public let reward: Double
    /// The future after this transition is worth nothing.
    public let terminates: Bool

    public init(probability: Double, next: Int, reward: Double, terminates: Bool) {
        self.probability = probability
        self.next = next
        self.reward = reward
        self.terminates = terminates
    }
}

/// How states lie in a plane, for printing values and policies as a grid.
public struct GridLayout: Hashable, Sendable {
    public let rows: Int
    public let columns: Int
    /// The state of each cell, row by row; nil for a wall.
    public let states: [Int?]
    /// What the map says of each cell, such as `S`, `F`, `H`, `G`, `#`.
    public let letters: [Character]
    /// An arrow for each action.
    public let arrows: [Character]

    public init(rows: Int, columns: Int, states: [Int?], letters: [Character], arrows: [Character]) {
        precondition(states.count == rows * columns && letters.count == rows * columns)
        self.rows = rows
        self.columns = columns
        self.states = states
        self.letters = letters
        self.arrows = arrows
    }
}

/// States and actions are numbered from 0. An absorbing state leads to itself with reward 0 and `terminates`.
public protocol MDP: Sendable {
    var stateCount: Int { get }
    var actionCount: Int { get }
    /// Nil where states do not lie in a plane.
    var layout: GridLayout? { get }
    /// Where episodes begin; the probabilities sum to 1.
    var starts: [(probability: Double, state: Int)] { get }
    /// In the order in which chance is drawn: the first whose running sum exceeds one uniform draw happens.
    func transitions(of action: Int, in state: Int) -> [Transition]

    /// How many different things a player can see; without a word on it, the state itself is seen.
    var observationCount: Int { get }
    /// What a player sees of a state: a number below `observationCount`.
    func observation(of state: Int) -> Int

    /// What the world looks like in a state; without a word on it, its map with the agent, or its states in a row.
    func draw(_ state: Int, on scene: inout Scene)
}

extension MDP {
    public var observationCount: Int { stateCount }
    public func observation(of state: Int) -> Int { state }
    public func draw(_ state: Int, on scene: inout Scene) {
        if let layout {
            layout.draw(agentIn: state, on: &scene)
        } else {
            drawStates(count: stateCount, present: state, on: &scene)
        }
    }
}
