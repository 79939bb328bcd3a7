// The Dyna maze: its size and its shortest way.

import Environments
import RLCore
import Testing

@Suite struct MazeTests {
    @Test func theMazeTakesFourteenMoves() {
        let maze = Maze.model()
        #expect(maze.stateCount == 47)
        let start = startValue(maze, naiveValues(maze, discount: 0.95))
        #expect(isNear(start, 0.513342083, within: 1e-9))
    }
}
