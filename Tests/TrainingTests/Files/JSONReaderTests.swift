// Every kind of mistake in JSON text, with the line and column that its message must name.

import TestSupport
import Testing
import Training

struct JSONReaderTests {
    private func failure(_ bytes: [UInt8], _ options: JSONReader.Options = .init()) -> FileError? {
        fileFailure { _ = try JSONReader.parse(bytes, path: "f", options: options) }
    }

    @Test(arguments: [
        ("", 1, 1, "value"), ("  ", 1, 3, "the end"), ("[1,]", 1, 3, "comma before ]"), ("{\"a\":1,}", 1, 7, "comma before }"),
        ("[1 2]", 1, 4, "comma or ]"), ("{\"a\" 1}", 1, 6, "colon"), ("{a:1}", 1, 2, "key in quotes"), ("[1", 1, 3, "the end"),
        ("{\"a\":1,\n \"a\":2}", 2, 2, "second time"), ("1 2", 1, 3, "has ended"), ("tru", 1, 1, "value"),
        ("nulL", 1, 1, "value"),
        ("truee", 1, 5, "has ended"), ("+1", 1, 1, "value"), ("01", 1, 1, "start with a zero"), ("-", 1, 1, "not complete"),
        ("1.", 1, 1, "not complete"), (".5", 1, 1, "value"), ("1e", 1, 1, "not complete"), ("1e+", 1, 1, "not complete"),
        ("[NaN]", 1, 2, "value"), ("[Infinity]", 1, 2, "value"), ("0x10", 1, 2, "has ended"),
        ("9223372036854775808", 1, 1, "64 bits"), ("[\n1e309]", 2, 1, "too large"), ("1e-400", 1, 1, "too small"),
        ("\"a", 1, 1, "does not end"), ("\"a\nb\"", 1, 1, "does not end on its line"), ("\"a\tb\"", 1, 3, "control character"),
        ("\"é\\x\"", 1, 3, "unknown escape"), ("\"\\u12g4\"", 1, 2, "four hexadecimal"), ("\"\\", 1, 2, "escape"),
        ("\"\\ud800\"", 1, 2, "surrogate"), ("\"\\udc00\"", 1, 2, "surrogate"), ("\"\\ud800\\u0041\"", 1, 2, "surrogate"),
        ("\"\\ud83d\\ud83d\"", 1, 2, "surrogate"), ("[1 // one\n]", 1, 4, "comments are not allowed"), ("'a'", 1, 1, "value"),
        ("[\"漢🙂\", x]", 1, 8, "\"x\""), ("\u{FEFF}1", 1, 1, "byte order mark"), ("{\"a\":}", 1, 6, "value"),
    ])
    func mistakesHaveAPlaceAndASentence(text: String, line: Int, column: Int, words: String) {
        let error = failure(Array(text.utf8))
        #expect(error?.kind == .malformed && error?.path == "f" && error?.line == line && error?.column == column)
        #expect(error?.message.contains(words) == true, "\(error?.description ?? "no error")")
    }

    @Test(
        arguments: [
            [0x22, 0x61, 0x80, 0x22], [0x22, 0x61, 0xC3, 0x22], [0x22, 0x61, 0xC0, 0x80, 0x22],
            [0x22, 0x61, 0xED, 0xA0, 0x80, 0x22],
            [0x22, 0x61, 0xF5, 0x80, 0x80, 0x80, 0x22], [0x22, 0x61, 0xFF],
        ] as [[UInt8]])
    func invalidUTF8(bytes: [UInt8]) {
        let error = failure(bytes)
        #expect(error?.message.contains("UTF-8") == true && error?.line == 1 && error?.column == 3)
    }

    @Test func comments() throws {
        let text = "// é\n{ /* two\n lines */ \"a\": 1, // end\n\"b\": /**/ [2 /* ] */] } /* last */ // é"
        let node = try JSONReader.parse(text, options: .preset)
        #expect(node.json == ["a": 1, "b": [2]])
        guard case .object(let members) = node.value else { Issue.record("no object"); return }
        #expect(node.line == 2 && members[0].line == 3 && members[0].column == 11 && members[1].value.column == 11)
        #expect(failure(Array("1 /* x".utf8), .preset)?.message.contains("does not end") == true)
        #expect(failure(Array("1 /* x".utf8), .preset)?.column == 3)
        #expect(failure(Array("1 / 2".utf8), .preset)?.message.contains("lone /") == true)
        #expect(failure(Array("/*/".utf8), .preset) != nil)
        #expect(try JSONReader.parse("\"// no comment\"").json == "// no comment")
    }

    @Test func depthAndLimit() throws {
        let deep = { (levels: Int) in String(repeating: "[", count: levels) + String(repeating: "]", count: levels) }
        _ = try JSONReader.parse(deep(64))
        _ = try JSONReader.parse("[" + String(repeating: "[],{},", count: 100) + "0]")
        #expect(failure(Array(deep(65).utf8))?.column == 65)
        #expect(failure(Array(repeating: UInt8(ascii: "["), count: 1 << 20))?.message.contains("levels") == true)
        #expect(failure(Array(repeating: UInt8(ascii: " "), count: 1 << 20 | 1))?.message.contains("1048576") == true)
        _ = try JSONReader.parse("[1]", options: .init(limit: 3))
        #expect(failure(Array("[12]".utf8), .init(limit: 3)) != nil)
    }

    @Test func numbersKeepTheirKind() throws {
        #expect(try JSONReader.parse("[9223372036854775807,-9223372036854775808,0]").json == [.integer(.max), .integer(.min), 0])
        #expect(try JSONReader.parse("[1.0,1e3,2E-2,2.5e-300,0.0e-999]").json == [1.0, 1000.0, 0.02, .number(2.5e-300), 0.0])
        #expect(try JSONReader.parse("-0").json.numberValue?.sign == .minus)
    }

    @Test func escapes() throws {
        #expect(try JSONReader.parse(#""\"\\\/\b\f\n\r\t\u00e9\ud83d\uDE42""#).json == "\"\\/\u{8}\u{C}\n\r\té🙂")
    }

    @Test func files() {
        let folder = TemporaryFolder()
        #expect(throws: FileError.self) { try JSONReader.read(folder("absent.json")) }
        do { _ = try JSONReader.read(folder("absent.json")) } catch { #expect(error.exitStatus == 66) }
    }
}
