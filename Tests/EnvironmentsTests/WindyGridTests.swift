// The windy grid: the shortest ways that the book knows, and gusts.

import Environments
import RLCore
import Testing

@Suite struct WindyGridTests {
    /// Sutton & Barto 2018, example 6.5 and exercise 6.9.
    @Test func theWindIsCrossedInFifteenMovesAndByAKingInSeven() {
        func start(_ moves: WindyGrid.Moves) -> Double { naiveValues(WindyGrid(moves: moves), discount: 1)[30] }
        #expect(start(.four) == -15 && start(.king) == -7 && start(.kingOrStay) == -7)
    }

    /// Numbers of a separate program in another language.
    @Test func gustsCostSeveralMoves() {
        func start(_ moves: WindyGrid.Moves) -> Double {
            naiveValues(WindyGrid(moves: moves, isStochastic: true), discount: 1)[30]
        }
        #expect(isNear(start(.four), -20.628257887516916, within: 1e-10))
        #expect(isNear(start(.king), -10.964609053497835, within: 1e-10))
    }

    @Test func gustsAreWeakerOrStrongerByOne() {
        let model = WindyGrid(moves: .king, isStochastic: true)
        // Row 3, column 6 (wind 2), to the right: rows 2, 1, 0.
        #expect(model.transitions(of: 2, in: 36).map(\.next) == [27, 17, 7])
        #expect(model.transitions(of: 2, in: 30).map(\.next) == [31])
    }
}
