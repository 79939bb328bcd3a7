// How near to the memory's own speed value iteration sweeps a grid that no cache holds.
import Agents
import RLCore

/// A grid of `side` × `side` cells without walls: −1 a move, bumping into the edge stays, the last cell is the end.
struct OpenGrid: MDP {
    let side: Int
    var stateCount: Int { side * side }
    var actionCount: Int { 4 }
    var layout: GridLayout? { nil }
    var starts: [(probability: Double, state: Int)] { [(1, 0)] }
    func transitions(of action: Int, in state: Int) -> [Transition] {
        let goal = stateCount - 1
        if state == goal { return [Transition(probability: 1, next: goal, reward: 0, terminates: true)] }
        let row = state / side, column = state % side
        // Left, down, right, up.
        let next =
            switch action {
            case 0: row * side + max(column - 1, 0)
            case 1: min(row + 1, side - 1) * side + column
            case 2: row * side + min(column + 1, side - 1)
            default: max(row - 1, 0) * side + column
            }
        return [Transition(probability: 1, next: next, reward: -1, terminates: next == goal)]
    }
}

public enum ValueIterationBench {
    /// `sweeps/value-iteration-1000x1000` and the same in place: one unit is one sweep over all states.
    public static func cases(side: Int = 1000) -> [BenchCase] {
        [("value-iteration", ValueIteration.Order.synchronous), ("value-iteration-in-place", .inPlace)].map { name, order in
            let sample = sweeper(side: 2, order)
            // Every cell has as many outcomes as every other, so bytes grow with the cells.
            let bytes = sample.bytesPerSweep / 4 * side * side
            return BenchCase("sweeps/\(name)-\(side)x\(side)", bytes: bytes) {
                let sweeper = sweeper(side: side, order)
                return { iterations in
                    for _ in 0..<iterations { sweeper.sweep() }
                }
            }
        }
    }

    private static func sweeper(side: Int, _ order: ValueIteration.Order) -> Sweeper {
        do {
            return Sweeper(try PlanningModel(OpenGrid(side: side)), discount: 0.99, order: order)
        } catch {
            fatalError("a grid of this program contradicts itself: \(error)")
        }
    }
}
