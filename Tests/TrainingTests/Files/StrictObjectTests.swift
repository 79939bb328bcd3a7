// Decoding key by key: types, missing keys, unknown keys with the nearest known one.

import Testing
import Training

struct StrictObjectTests {
    private func object(_ text: String) throws -> StrictObject {
        try JSONReader.parse(text, path: "p.json", options: .preset).object()
    }
    private func message(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "no error"
        } catch { return "\(error)" }
    }

    @Test func everyType() throws {
        var o = try object(
            #"{"s": "x", "i": 3, "million": 1e6, "d": 0.5, "whole": 2, "b": true, "a": [1, 2], "o": {"k": 1}, "n": null}"#)
        #expect(try o.string("s") == "x" && o.integer("i") == 3 && o.integer("million") == 1_000_000)
        #expect(try o.double("d") == 0.5 && o.double("whole") == 2 && o.bool("b"))
        #expect(try o.array("a").map { node throws(FileError) in try node.integer() } == [1, 2])
        var inner = try o.object("o")
        #expect(try inner.integer("k") == 1)
        try inner.finish()
        #expect(try o.doubleIfPresent("n") == nil && o.stringIfPresent("absent") == nil && o.objectIfPresent("absent") == nil)
        #expect(try o.integer("absent", default: 7) == 7 && o.string("s", default: "y") == "x" && o.integerIfPresent("i") == 3)
        #expect(try o.bool("absent", default: true) && o.double("absent", default: 1) == 1 && o.arrayIfPresent("absent") == nil)
        try o.finish()
        #expect(o.keys == ["s", "i", "million", "d", "whole", "b", "a", "o", "n"])
    }

    @Test func wrongTypesNameKeyAndPlace() throws {
        var o = try object(
            """
            {
              "steps": "many", "rate": null, "half": 0.5, "huge": 1e300, "unsure": 9007199254740994.0,
              "b": 1, "l": {}, "o": []
            }
            """)
        #expect(
            message { _ = try o.integer("steps") }
                == "p.json, line 2, column 12: \"steps\" must be an integer, not the string \"many\"")
        #expect(message { _ = try o.double("rate") }.contains("\"rate\" must be a number, not null"))
        #expect(message { _ = try o.double("rate", default: 1) }.contains("not null"))
        #expect(message { _ = try o.integer("half") }.contains("an integer, not 0.5"))
        #expect(message { _ = try o.integer("unsure") }.contains("an integer, not 9.007199254740994e+15"))
        #expect(message { _ = try o.integer("huge") }.contains("an integer, not 1e+300"))
        #expect(message { _ = try o.bool("b") }.contains("true or false, not 1"))
        #expect(message { _ = try o.array("l") }.contains("an array, not an object"))
        #expect(message { _ = try o.object("o") }.contains("an object, not an array"))
        #expect(message { _ = try o.string("absent") }.contains("line 1, column 1: the key \"absent\" is missing"))
        #expect(message { _ = try JSONReader.parse("[1]").object() }.contains("must be an object, not an array"))
    }

    @Test func unknownKeysNameTheNearest() throws {
        var o = try object("{\"algorithm\": \"dqn\",\n \"lerning_rate\": 1, \"xyzzy\": 2}")
        _ = try o.string("algorithm")
        _ = try o.doubleIfPresent("learning_rate")
        #expect(
            message { try o.finish() }
                == "p.json, line 2, column 2: unknown key \"lerning_rate\"; did you mean \"learning_rate\"?")
        _ = o.nodeIfPresent("lerning_rate")
        #expect(message { try o.finish() }.contains("unknown key \"xyzzy\"; the keys here are algorithm, learning_rate"))
        #expect(message { try object("{\"a\": 1}").finish() }.contains("this object holds no keys"))
        do { try o.finish() } catch { #expect(error.exitStatus == 65) }
    }
}
