// Maps as text: what is wrong with one is said with its row and column.

import Basics
import Environments
import RLCore
import Testing

private func refusal(
    _ map: [String], legend: [String: String] = [:], slip: Double = 0, reward: [String: Double] = [:], limit: Int = 9
)
    -> GridMapError?
{
    do throws(GridMapError) {
        _ = try GridWorldDescription(map: map, legend: legend, slip: slip, reward: reward, timeLimit: limit)
        return nil
    } catch {
        return error
    }
}

@Suite struct GridMapTests {
    @Test(
        arguments: [
            ([], nil, nil, "the map is empty"),
            ([""], nil, nil, "the map is empty"),
            (["S.G", ".."], 2, 3, "row 2, column 3: the row has 2 letters, the first has 3"),
            (["S.", "..G"], 2, 3, "row 2, column 3: the row has 3 letters, the first has 2"),
            (["S?G"], 1, 2, "row 1, column 2: unknown letter \"?\"; known: \"#\", \".\", \"C\", \"F\", \"G\", \"H\", \"S\""),
            (["..G"], nil, nil, "the map has no start (no letter \"S\")"),
            (["S.."], nil, nil, "the map has no goal (no letter \"G\")"),
            (["S.G", "###", ".S."], 3, 2, "row 3, column 2: no goal can be reached from this start"),
            (["SHG"], 1, 1, "row 1, column 1: no goal can be reached from this start"),
            (["SCG"], 1, 1, "row 1, column 1: no goal can be reached from this start"),
        ] as [([String], Int?, Int?, String)])
    func brokenMapsAreRefused(map: [String], row: Int?, column: Int?, sentence: String) {
        let error = refusal(map)
        #expect(error?.description == sentence && error?.row == row && error?.column == column)
    }

    @Test func descriptionsThatMakeNoSenseAreRefused() {
        #expect(
            refusal(["SxG"], legend: ["x": "wal"])?.description == "the legend says that \"x\" is \"wal\"; did you mean \"wall\"?"
        )
        #expect(refusal(["S.G"], legend: ["ab": "wall"])?.description == "the legend has \"ab\"; each key must be one letter")
        #expect(refusal(["S.G"], slip: 1.5)?.description == "slip is 1.5; it must be from 0 to 1")
        #expect(refusal(["S.G"], slip: .nan)?.description == "slip is nan; it must be from 0 to 1")
        #expect(refusal(["S.G"], limit: 0)?.description == "the time limit is 0 steps; it must be positive")
        #expect(
            refusal(["S.G"], reward: ["stop": 1])?.description
                == "a reward is given for \"stop\", which is neither \"step\" nor a letter of the legend")
        for reward in [Double.infinity, .nan, -2e30] {
            let sentence = "the reward of \"G\" is \(reward); it must lie within ±1e+30"
            #expect(refusal(["S.G"], reward: ["G": reward])?.description == sentence)
        }
        #expect(refusal(["S.G"]) == nil)
    }

    /// The textbook grid, told as a file would tell it.
    @Test func aDescriptionBecomesAWorld() throws {
        let description = try GridWorldDescription(
            map: ["...+", ".#.-", "S..."], legend: ["+": "goal", "-": "hole"], slip: 0.2,
            reward: ["step": -0.04, "+": 1, "-": -1], timeLimit: 7)
        let specification = description.specification(name: "mine", summary: "a grid of mine")
        var catalogue = EnvironmentCatalogue.builtIn
        catalogue.add(specification)
        var settings = try catalogue["mine"].settings
        #expect(settings.integer("time_limit") == 7)
        let model = try #require(try specification.makeModel(settings))
        #expect(try TabulatedModel(model) == TabulatedModel(TextbookGrid.model()))
        try settings.set("slip", parsing: "0", from: "test")
        #expect(try #require(try specification.makeModel(settings)).transitions(of: 3, in: 7).map(\.next) == [4])
    }
}
