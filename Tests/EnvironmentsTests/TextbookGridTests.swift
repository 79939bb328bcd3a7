// The textbook grid: the values that the book prints, in every digit known, and its wall.

import Environments
import RLCore
import Testing

@Suite struct TextbookGridTests {
    @Test func textbookValues() {
        let grid = TextbookGrid.model()
        let values = naiveValues(grid, discount: 1)
        let golden = [
            0.811558219, 0.867808219, 0.917808219, 0, 0.761558219, 0.660273973, 0, 0.705308219, 0.655308219, 0.611415525,
            0.387924911,
        ]
        for (found, expected) in zip(values, golden) { #expect(isNear(found, expected, within: 1e-9)) }
        // Paid on entering; paid in the state it would be 0.650663.
        #expect(isNear(startValue(grid, naiveValues(grid, discount: 0.99)), 0.659854, within: 5e-7))
    }

    @Test func theTextbookWallHasNoState() throws {
        let layout = try #require(TextbookGrid.model().layout)
        #expect(layout.states == [0, 1, 2, 3, 4, nil, 5, 6, 7, 8, 9, 10])
        #expect(layout.arrows == ["←", "↓", "→", "↑"] && layout.letters[5] == "#")
        #expect(
            TextbookGrid.model(slip: 0).transitions(of: 2, in: 4) == [
                Transition(probability: 1, next: 4, reward: -0.04, terminates: false)
            ])
    }
}
