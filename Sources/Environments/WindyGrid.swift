// The windy grid: a wind from below carries every move upwards (Sutton & Barto 2018, example 6.5, exercises 6.9 and 6.10).
import Basics
public import RLCore

/// 7 rows, 10 columns; a move is shifted up by the wind of the column it leaves, and ends inside the grid. −1 a move.
public struct WindyGrid: MDP {
    private static let rows = 7
    /// Cells upwards, by column.
    private static let wind = [0, 0, 0, 1, 1, 1, 2, 2, 1, 0]
    private static let start = 30
    private static let goal = 37
    private static let kings =
        GridMove.four + [
            GridMove(name: "up-left", arrow: "↖", down: -1, right: -1),
            GridMove(name: "up-right", arrow: "↗", down: -1, right: 1),
            GridMove(name: "down-left", arrow: "↙", down: 1, right: -1),
            GridMove(name: "down-right", arrow: "↘", down: 1, right: 1),
        ]
    private static let still = GridMove(name: "stay", arrow: "·", down: 0, right: 0)

    /// How one may move: in four directions, in eight, or in eight and not at all.
    public enum Moves: String, Hashable, Sendable, CaseIterable {
        case four, king
        case kingOrStay = "king-or-stay"
    }

    public let moves: [GridMove]
    /// Where there is wind, it is one cell weaker or one stronger, each a third of the time.
    public let isStochastic: Bool

    public init(moves: Moves = .four, isStochastic: Bool = false) {
        self.isStochastic = isStochastic
        self.moves =
            switch moves {
            case .four: GridMove.four
            case .king: WindyGrid.kings
            case .kingOrStay: WindyGrid.kings + [WindyGrid.still]
            }
    }

    public var stateCount: Int { WindyGrid.rows * WindyGrid.wind.count }
    public var actionCount: Int { moves.count }
    public var starts: [(probability: Double, state: Int)] { [(1, WindyGrid.start)] }
    public var layout: GridLayout? {
        let letters = (0..<stateCount).map { $0 == WindyGrid.start ? "S" : $0 == WindyGrid.goal ? "G" : "." as Character }
        return GridLayout(
            rows: WindyGrid.rows, columns: WindyGrid.wind.count, states: Array(0..<stateCount), letters: letters,
            arrows: moves.map(\.arrow))
    }

    public func transitions(of action: Int, in state: Int) -> [Transition] {
        if state == WindyGrid.goal { return [Transition(probability: 1, next: state, reward: 0, terminates: true)] }
        let columns = WindyGrid.wind.count
        let wind = WindyGrid.wind[state % columns]
        let gusts = isStochastic && wind > 0 ? [wind - 1, wind, wind + 1] : [wind]
        let move = moves[action]
        return gusts.map { gust in
            let row = min(max(state / columns + move.down - gust, 0), WindyGrid.rows - 1)
            let column = min(max(state % columns + move.right, 0), columns - 1)
            let next = row * columns + column
            return Transition(
                probability: 1 / Double(gusts.count), next: next, reward: -1, terminates: next == WindyGrid.goal)
        }
    }

    /// The map, and below each column how strongly the wind blows upwards there.
    public func draw(_ state: Int, on scene: inout Scene) {
        layout?.draw(agentIn: state, on: &scene)
        scene.bounds.height += 0.5
        for (column, strength) in WindyGrid.wind.enumerated() {
            let x = Double(column) + 0.5, y = Double(WindyGrid.rows) + 0.22
            for gust in 0..<strength {
                let centre = x + (Double(gust) - Double(strength - 1) / 2) * 0.3
                let colour = Colour(70, 130, 180)
                scene.line([Point(centre, y + 0.16), Point(centre, y - 0.16)], width: 0.05, colour)
                scene.line(
                    [Point(centre - 0.09, y - 0.05), Point(centre, y - 0.16), Point(centre + 0.09, y - 0.05)], width: 0.05, colour
                )
            }
        }
    }

    public static let specification = EnvironmentSpecification(
        "windygrid", version: 1, summary: "cross a grid against a wind from below (Sutton & Barto, example 6.5)",
        timeLimit: 1000, threshold: nil, observationNames: ["cell, row by row"],
        actionNames: (kings + [still]).map(\.name),
        declarations: [
            SettingDeclaration(
                "moves", .text(Moves.four.rawValue), .words(Moves.allCases.map(\.rawValue)),
                help: "four directions, eight (exercise 6.9), or eight and standing still"),
            SettingDeclaration(
                "stochastic_wind", .boolean(false), help: "wind one cell weaker or stronger a third of the time each (6.10)"),
        ]
    ) { (settings) throws(SettingError) in
        WindyGrid(moves: Moves(rawValue: settings.text("moves")) ?? .four, isStochastic: settings.boolean("stochastic_wind"))
    }
}
