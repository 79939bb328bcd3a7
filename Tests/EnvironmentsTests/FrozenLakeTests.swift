// Frozen Lake: exact values and policies, random lakes, and settings that do not make sense.

import Basics
import Environments
import RLCore
import Testing

private func model(_ settings: [String: String] = [:], large: Bool = false) throws -> any MDP {
    let specification = large ? FrozenLake.largeSpecification : FrozenLake.specification
    var values = specification.settings
    for (key, text) in settings { try values.set(key, parsing: text, from: "test") }
    return try #require(try specification.makeModel(values))
}

@Suite struct FrozenLakeTests {
    @Test func slipperyValues() throws {
        let lake = try model()
        let values = naiveValues(lake, discount: 0.99)
        let golden = [
            0.542025932000, 0.498803187229, 0.470695690556, 0.456851699658, 0.558450960243, 0, 0.358348071983, 0, 0.591798744856,
            0.643079824768, 0.615207557877, 0, 0, 0.741720438989, 0.862837430149, 0,
        ]
        for (found, expected) in zip(values, golden) { #expect(isNear(found, expected, within: 1e-10)) }
        #expect(greedyActions(lake, values, discount: 0.99) == [0, 3, 3, 3, 0, 0, 0, 0, 3, 1, 0, 0, 0, 2, 1, 0])
        #expect(isNear(naiveValues(lake, discount: 1)[0], 0.8235294, within: 1e-7))
        #expect(isNear(naiveValues(lake, within: 100)[0], 0.7441903, within: 1e-7))
    }

    @Test func largeSlipperyValues() throws {
        let lake = try model(large: true)
        let values = naiveValues(lake, discount: 0.99)
        #expect(isNear(values[0], 0.414640361799988, within: 1e-10))
        #expect(isNear(naiveValues(lake, within: 200)[0], 0.9132202, within: 1e-7))
        let policy = greedyActions(lake, values, discount: 0.99).map(String.init).joined()
        #expect(policy == "3222222233333221330023213331002203002132000130020010000201001210")
    }

    @Test func ordinaryIceIsAWayOfKnownLength() throws {
        let small = try model(["is_slippery": "false"]), large = try model(["is_slippery": "false"], large: true)
        #expect(isNear(naiveValues(small, discount: 0.99)[0], 0.950990049900, within: 1e-9))
        #expect(isNear(naiveValues(large, discount: 0.99)[0], 0.877521022998, within: 1e-9))
    }

    @Test func slipsInGymnasiumsOrder() throws {
        let ways = try model(["success_rate": "0.5"]).transitions(of: 1, in: 9)
        #expect(ways.map(\.next) == [8, 13, 10] && ways.map(\.probability) == [0.25, 0.5, 0.25])
    }

    @Test func rewardsFollowTheSchedule() throws {
        let lake = try model(["is_slippery": "false", "reward_schedule": "10,-5,-0.5"])
        #expect(lake.transitions(of: 2, in: 14).first == Transition(probability: 1, next: 15, reward: 10, terminates: true))
        #expect(lake.transitions(of: 1, in: 1).first == Transition(probability: 1, next: 5, reward: -5, terminates: true))
        #expect(lake.transitions(of: 0, in: 0).first == Transition(probability: 1, next: 0, reward: -0.5, terminates: false))
        #expect(lake.transitions(of: 0, in: 2).first == Transition(probability: 1, next: 1, reward: -0.5, terminates: false))
        #expect(lake.transitions(of: 0, in: 5).first == Transition(probability: 1, next: 5, reward: 0, terminates: true))
    }

    @Test(arguments: [
        (8, 0, "SFFFHHFF/FHHFHFFF/HFFFFFFF/FFHHFFFF/FFFFFHHF/FFFFFHFF/FHFFHFFF/FFFFFFFG"), (4, 42, "SFHF/FHFF/FFFH/FHFG"),
    ])
    func randomLakesAreGymnasiums(size: Int, seed: Int, golden: String) throws {
        let random = try model(["map": "random", "map_size": "\(size)", "map_seed": "\(seed)"])
        let layout = try #require(random.layout)
        let rows = (0..<size).map { String(layout.letters[($0 * size)..<(($0 + 1) * size)]) }
        #expect(rows.joined(separator: "/") == golden)
    }

    @Test(arguments: [
        (["map": "random", "map_p": "0"], "map_p", "no lake of size 8 that is frozen with map_p 0.0 could be crossed"),
        (["map": "SF/F"], "map", "map: row 2, column 2: the row has 1 letters, the first has 2"),
        (["map": "SF/FX"], "map", "map: row 2, column 2: unknown letter \"X\"; known: \"F\", \"G\", \"H\", \"S\""),
        (["map": "FF/FG"], "map", "map: the map has no start (no letter \"S\")"),
        (["map": "SH/HG"], "map", "map: row 1, column 1: no goal can be reached from this start"),
        (
            ["reward_schedule": "1,0"], "reward_schedule",
            "reward_schedule must be three numbers such as 1,0,0 (goal, hole, frozen), not \"1,0\""
        ),
    ])
    func senselessSettingsAreRefused(settings: [String: String], key: String, sentence: String) {
        #expect(throws: SettingError(key: key, sentence)) { _ = try model(settings) }
    }
}
