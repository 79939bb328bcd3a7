// A world as a file: what it becomes, and one sentence with a place for everything that can be wrong in it.

import Agents
import Basics
import Environments
import RLCore
import TestSupport
import Testing
import Training

@Suite struct WorldFileTests {
    /// A world file with some of its keys replaced, and some added.
    private func text(
        map: String = #"["SFF", "FHG"]"#, format: String = "1", world: String = #""grid""#, more: String = ""
    ) -> String {
        """
        {
          "format": \(format),
          "world": \(world),
          "map": \(map)\(more.isEmpty ? "" : ",\n  \(more)")
        }
        """
    }

    private func read(_ text: String, name: String = "island") throws -> EnvironmentSpecification {
        let folder = TemporaryFolder()
        try AtomicFile.write(text, to: folder("island.json"))
        return try WorldFile.read(folder("island.json"), name: name)
    }

    /// What reading `text` ends in; the path is left out of the sentence.
    private func complaint(_ text: String) -> FileError? { fileFailure { _ = try read(text) } }

    @Test func whatAFileBecomes() throws {
        let world = try read(
            text(
                map: #"["A..", ".oX"]"#,
                more: """
                    "legend": {"A": "start", "X": "goal", "o": "hole"}, "slip": 0.2, "reward": {"X": 2, "o": -3, "step": -0.5},
                      "time_limit": 7, "threshold": 1.5, "summary": "a small island"
                    """))
        #expect(world.name == "island" && world.summary == "a small island" && world.threshold == 1.5)
        #expect(world.settings.integer("time_limit") == 7 && world.settings.number("slip") == 0.2)
        let model = try #require(try world.makeModel(world.settings))
        #expect(model.stateCount == 6 && model.starts.map(\.state) == [0])
        // Left of the goal's column, moving right: 0.8 along, 0.1 up (stays) and 0.1 down into the hole.
        let outcomes = model.transitions(of: 2, in: 1).filter { $0.probability > 0 }
        #expect(Set(outcomes.map(\.next)) == [1, 2, 4])
        for outcome in outcomes {
            #expect(abs(outcome.probability - (outcome.next == 2 ? 0.8 : 0.1)) < 1e-15)
            #expect(outcome.reward == (outcome.next == 4 ? -3.5 : -0.5))
            #expect(outcome.terminates == (outcome.next == 4))
        }
    }

    @Test func whatIsLeftOutHasADefault() throws {
        let world = try read(text())
        #expect(world.settings.integer("time_limit") == 100 && world.settings.number("slip") == 0 && world.threshold == nil)
        let model = try #require(try world.makeModel(world.settings))
        let arrivals = model.transitions(of: 1, in: 2)
        #expect(arrivals.count { $0.probability > 0 && $0.reward == 1 && $0.terminates } == 1)
    }

    /// The map's own place stands in the sentence, the file's is that of the map.
    @Test(arguments: [
        (#"["SFF", "FG"]"#, "row 2, column 3: the row has 2 letters, the first has 3"),
        (#"["SFF", "FFGF"]"#, "row 2, column 4: the row has 4 letters, the first has 3"),
        (#"["FFF", "FHG"]"#, #"the map has no start (no letter "S")"#),
        (#"["SFF", "FHF"]"#, #"the map has no goal (no letter "G")"#),
        (#"["FFF", "FFF", "FSH", "FHG"]"#, "row 3, column 2: no goal can be reached from this start"),
        (#"["SFF", "FxG"]"#, #"row 2, column 2: unknown letter "x"; known:"#),
        (#"[]"#, "the map is empty"),
        (#"[""]"#, "the map is empty"),
    ]) func maps(map: String, sentence: String) throws {
        let failure = try #require(complaint(text(map: map)))
        #expect(failure.kind == .malformed && failure.exitStatus == 65)
        #expect(failure.line == 4 && failure.column == 10)
        #expect(failure.message.hasPrefix(sentence), "\(failure.message)")
    }

    @Test(arguments: [
        (#""slip": 1.5"#, "slip is 1.5; it must be from 0 to 1"),
        (#""slip": -0.1"#, "slip is -0.1; it must be from 0 to 1"),
        (#""slip": "much""#, #""slip" must be"#),
        (#""time_limit": 0"#, "the time limit is 0 steps; it must be positive"),
        (#""reward": {"Q": 1}"#, #"a reward is given for "Q", which is neither "step" nor a letter of the legend"#),
        (#""reward": {"G": true}"#, #""G" must be"#),
        (#""legend": {"AB": "start"}"#, #"the legend has "AB"; each key must be one letter"#),
        (#""legend": {"A": "stat"}"#, #"the legend says that "A" is "stat"; did you mean "start"?"#),
        (#""slipp": 0.1"#, #"unknown key "slipp"; did you mean "slip"?"#),
        (#""slip": 0.1, "slip": 0.2"#, #"the key "slip""#),
    ]) func detail(more: String, sentence: String) throws {
        let failure = try #require(complaint(text(more: more)))
        #expect(failure.kind == .malformed && failure.exitStatus == 65 && failure.line != nil)
        #expect(failure.message.contains(sentence), "\(failure.message)")
    }

    @Test func otherKindsAndFormats() throws {
        let later = try #require(complaint(text(format: "2")))
        #expect(later.message == "this rl reads worlds of format 1" && later.line == 2)
        let maze = try #require(complaint(text(world: #""ocean""#)))
        #expect(maze.message == #"the only kind of world that a file can describe is "grid""# && maze.line == 3)
        #expect(complaint("{}")?.message.contains(#"the key "format" is missing"#) == true)
        #expect(complaint("[1]")?.exitStatus == 65)
        #expect(fileFailure { _ = try WorldFile.read("/nowhere/island.json", name: "island") }?.exitStatus == 66)
    }

    /// Found by name, below the program's own, and never outside the folder.
    @Test func byName() throws {
        let folder = TemporaryFolder()
        try Folders.make(folder("envs"))
        for name in ["island", "taxi"] { try AtomicFile.write(text(), to: folder("envs/\(name).json")) }
        try AtomicFile.write(text(), to: folder("secret.json"))
        try AtomicFile.write(text(map: "[]"), to: folder("envs/sunk.json"))
        let home = try DataHome(home: folder.path, executable: nil)
        var catalogue = EnvironmentCatalogue.builtIn
        catalogue.elsewhere = WorldFile.elsewhere { home }
        #expect(catalogue.names.suffix(2) == ["island", "sunk"])
        #expect(try catalogue["island"].hasModel)
        #expect(try catalogue["taxi"].makeModel(catalogue["taxi"].settings)?.stateCount == 500)
        #expect(throws: UnknownName.self) { try catalogue["../secret"] }
        #expect(throws: UnknownName.self) { try catalogue["iland"] }
        #expect(fileFailure { _ = try catalogue["sunk"] }?.exitStatus == 65)
    }
}
