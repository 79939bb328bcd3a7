// The rules of walking on a map: where moves lead, how they slip, what they pay.
public import RLCore

/// A step on a grid; rows grow downwards.
public struct GridMove: Hashable, Sendable {
    public let name: String
    public let arrow: Character
    public let down: Int
    public let right: Int

    public static let left = GridMove(name: "left", arrow: "←", down: 0, right: -1)
    public static let down = GridMove(name: "down", arrow: "↓", down: 1, right: 0)
    public static let right = GridMove(name: "right", arrow: "→", down: 0, right: 1)
    public static let up = GridMove(name: "up", arrow: "↑", down: -1, right: 0)
    /// Gymnasium's order for Frozen Lake, and this house's for every grid that follows no other package.
    public static let four = [left, down, right, up]
}

/// How surely a move goes where it was meant to.
public struct GridSlip: Hashable, Sendable {
    public let ahead: Double
    /// The probability of each of the two directions beside it.
    public let side: Double

    public static let none = GridSlip(ahead: 1, side: 0)

    public init(ahead: Double, side: Double) {
        self.ahead = ahead
        self.side = side
    }
    /// Slips with this probability, to either side as likely as to the other.
    public init(probability: Double) { self.init(ahead: 1 - probability, side: probability / 2) }
}

/// A finite MDP on a map. States are the cells that are no walls, numbered row by row.
///
/// A move beyond the edge or into a wall stays in place. It pays `step`, and `bonus` of the letter of the cell in which it ends
/// (the one it stayed in, too) on top. Chance is drawn in the order: to the side before in `moves`, ahead, to the side after.
public struct GridWorld: MDP {
    public let map: GridMap
    public let moves: [GridMove]
    public let slip: GridSlip
    public let step: Double
    public let bonus: [Character: Double]
    /// Whether goals and holes are absorbing; otherwise a move out of one is a move like any other, as in Gymnasium's cliff.
    public let endsAbsorb: Bool
    /// The state of each cell; nil for walls.
    private let states: [Int?]
    private let cells: [Int]
    /// What a move into each cell pays.
    private let pay: [Double]
    private let firstStart: Int

    public init(
        _ map: GridMap, moves: [GridMove] = GridMove.four, slip: GridSlip = .none, step: Double = 0,
        bonus: [Character: Double] = [:], endsAbsorb: Bool = true
    ) {
        self.map = map
        self.moves = moves
        self.slip = slip
        self.step = step
        self.bonus = bonus
        self.endsAbsorb = endsAbsorb
        cells = map.roles.indices.filter { map.roles[$0] != .wall }
        var states: [Int?] = Array(repeating: nil, count: map.roles.count)
        for (state, cell) in cells.enumerated() { states[cell] = state }
        self.states = states
        pay = map.letters.map { step + (bonus[$0] ?? 0) }
        firstStart = map.starts[0]
    }

    public var stateCount: Int { cells.count }
    public var actionCount: Int { moves.count }
    public var layout: GridLayout? {
        GridLayout(rows: map.rows, columns: map.columns, states: states, letters: map.letters, arrows: moves.map(\.arrow))
    }
    public var starts: [(probability: Double, state: Int)] {
        let starts = map.starts.compactMap { states[$0] }
        return starts.map { (1 / Double(starts.count), $0) }
    }

    public func transitions(of action: Int, in state: Int) -> [Transition] {
        let cell = cells[state]
        if endsAbsorb && isEnd(cell) { return [Transition(probability: 1, next: state, reward: 0, terminates: true)] }
        if slip == .none { return [transition(moves[action], from: cell, probability: 1)] }
        let count = moves.count
        return [
            transition(moves[(action + count - 1) % count], from: cell, probability: slip.side),
            transition(moves[action], from: cell, probability: slip.ahead),
            transition(moves[(action + 1) % count], from: cell, probability: slip.side),
        ]
    }

    private func isEnd(_ cell: Int) -> Bool { map.roles[cell] == .goal || map.roles[cell] == .hole }

    private func transition(_ move: GridMove, from cell: Int, probability: Double) -> Transition {
        let target = map.cell(from: cell, down: move.down, right: move.right).flatMap { map.roles[$0] == .wall ? nil : $0 }
        let entered = target ?? cell
        let next = map.roles[entered] == .cliff ? firstStart : entered
        guard let state = states[next] else { fatalError("a move from cell \(cell) ended in a wall") }
        return Transition(probability: probability, next: state, reward: pay[entered], terminates: isEnd(next))
    }
}
