// What a catalogue tells of a world is held against the world.
import Basics
import RLCore
import TestSupport
import Testing

@Suite struct EnvironmentSpecificationTests {
    @Test func whatIsToldWronglyIsFound() throws {
        let wrong = EnvironmentSpecification(
            "wrong", version: 1, summary: "", timeLimit: 3, threshold: nil, observationNames: ["time"], actionNames: ["go"],
            declarations: [SettingDeclaration("speed", .number(2), .numbers(0...1), help: "")]
        ) { (_) throws(SettingError) in CountingWorld() }
        let broken = try wrong.brokenLaws(wrong.settings)
        #expect(
            broken.count == 3 && broken[0].contains("3 numbers") && broken[1].contains("3 actions") && broken[2].contains("speed")
        )
    }
}
