// JSON values and the text written for them, against hand-written text.

import Testing
import Training

struct JSONTests {
    let document: JSON = [
        "name": "dqn", "steps": 50_000, "rate": 0.00025, "whole": 500.0, "none": nil, "on": true, "empty": [], "nothing": [:],
        "seeds": [0, 1, 2], "nested": [["a": 1], [1, [2, 3]]],
    ]

    @Test func compactIsOneLine() {
        #expect(
            JSONWriter.compact(document)
                == #"{"name":"dqn","steps":50000,"rate":0.00025,"whole":500.0,"none":null,"on":true,"empty":[],"nothing":{},"#
                + #""seeds":[0,1,2],"nested":[{"a":1},[1,[2,3]]]}"#)
    }

    @Test func prettyKeepsScalarsTogether() {
        let expected = """
            {
              "name": "dqn",
              "steps": 50000,
              "rate": 0.00025,
              "whole": 500.0,
              "none": null,
              "on": true,
              "empty": [],
              "nothing": {},
              "seeds": [0, 1, 2],
              "nested": [
                {
                  "a": 1
                },
                [
                  1,
                  [2, 3]
                ]
              ]
            }
            """
        #expect(JSONWriter.pretty(document) == expected)
    }

    @Test(arguments: [
        (500.0, "500.0"), (0.1, "0.1"), (1e16, "1e+16"), (1e-5, "1e-05"), (5e-324, "5e-324"), (-0.0, "-0.0"),
        (1.7976931348623157e308, "1.7976931348623157e+308"), (.nan, "null"), (.infinity, "null"), (-.infinity, "null"),
    ])
    func numbers(value: Double, text: String) throws {
        #expect(JSONWriter.compact(.number(value)) == text)
        if value.isFinite {
            guard case .number(let back) = try JSONReader.parse(text).value else { Issue.record("\(text) is no number"); return }
            #expect(back.bitPattern == value.bitPattern)
        }
    }

    @Test func stringsAreEscaped() {
        let text = "\"\\/\n\r\t\u{0}\u{8}\u{1F} \u{7E}\u{7F}\u{80}\u{9F}\u{A0}é🙂"
        let expected = #""\"\\/\n\r\t\u0000\u0008\u001f ~\u007f\u0080\u009f"# + "\u{A0}é🙂\""
        #expect(JSONWriter.compact(.string(text)) == expected)
        #expect((try? JSONReader.parse(expected))?.json == .string(text))
    }

    @Test func accessors() {
        #expect(document["steps"]?.integerValue == 50_000 && document["steps"]?.numberValue == 50_000)
        #expect(document["rate"]?.numberValue == 0.00025 && document["rate"]?.integerValue == nil)
        #expect(document["name"]?.stringValue == "dqn" && document["on"]?.boolValue == true)
        #expect(document["seeds"]?.arrayValue?.count == 3 && document["absent"] == nil && document["none"] == JSON.null)
        #expect(JSON(Int?.none) == .null && JSON(Double?.some(1)) == .number(1) && JSON(["a"]) == ["a"])
    }

    @Test func objectsKeepTheirOrder() {
        var object = JSONObject([("b", 1), ("a", 2), ("c", 3)])
        object["a"] = 5
        object["d"] = 4
        object["b"] = nil
        #expect(object.members.map(\.key) == ["a", "c", "d"] && object["a"] == 5)
        #expect(object != JSONObject([("c", 3), ("a", 5), ("d", 4)]))
    }
}
