// The pages of Documentation/core show code that is compiled and run: it stands word for word in a test or in an example.

import Foundation
import Testing

@Suite("Snippets")
struct SnippetTests {
    /// The files of tests that hold snippets between `// snippet: NAME` and `// end`.
    static let sources = ["Tests/NeuralTests/DocumentationSnippets.swift", "Tests/NeuralTests/PageSnippets.swift"]

    /// Each snippet of those files, with the indentation of its first line taken away.
    func snippets() throws -> [String: String] {
        var found: [String: String] = [:]
        for source in Self.sources {
            var name: String?
            var lines: [Substring] = []
            for line in try #require(try Repository.text(of: source)).split(separator: "\n", omittingEmptySubsequences: false) {
                let bare = line.drop { $0 == " " }
                if bare.hasPrefix("// snippet: ") {
                    name = String(bare.dropFirst("// snippet: ".count))
                    lines = []
                } else if bare == "// end", let finished = name {
                    #expect(found[finished] == nil, "two snippets are called \(finished)")
                    found[finished] = lines.map { outdented($0, like: lines.first) }.joined(separator: "\n")
                    name = nil
                } else {
                    lines.append(line)
                }
            }
        }
        return found
    }

    /// A line without as many spaces in front as `first` has, or as there are.
    func outdented(_ line: Substring, like first: Substring?) -> Substring {
        let indent = first.map { $0.prefix { $0 == " " }.count } ?? 0
        return line.dropFirst(min(indent, line.prefix { $0 == " " }.count))
    }

    /// Whether these lines stand in `text` one after another, at any indentation.
    func stands(_ code: String, in text: String) -> Bool {
        let wanted = code.split(separator: "\n", omittingEmptySubsequences: false)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count >= wanted.count else { return false }
        return (0...lines.count - wanted.count).contains { start in
            wanted.indices.allSatisfy { outdented(lines[start + $0], like: lines[start]) == wanted[$0] }
        }
    }

    /// Every fenced block of Swift on a page, with the page's name.
    func blocks() throws -> [(page: String, code: String)] {
        var found: [(page: String, code: String)] = []
        for page in try Repository.files(below: "Documentation/core") where page.hasSuffix(".md") {
            let parts = try #require(try Repository.text(of: page)).split(
                separator: "```swift\n", omittingEmptySubsequences: false)
            for part in parts.dropFirst() {
                let end = try #require(part.range(of: "\n```"), "\(page): a block of code does not end")
                found.append((page, String(part[..<end.lowerBound])))
            }
        }
        return found
    }

    @Test("every page's Swift is compiled somewhere, and every snippet is on a page")
    func pagesShowWhatIsCompiled() throws {
        let compiled = try snippets(), shown = try blocks()
        let examples = try Repository.files(below: "Examples").filter { $0.hasSuffix(".swift") }.compactMap {
            try Repository.text(of: $0)
        }
        #expect(Set(shown.map(\.page)).count >= 7 && !examples.isEmpty)
        for (page, code) in shown {
            #expect(
                compiled.values.contains(code) || examples.contains { stands(code, in: $0) },
                "\(page) shows code that is neither a snippet of the tests nor part of an example:\n\(code)")
        }
        for (name, code) in compiled {
            #expect(shown.contains { $0.code == code }, "the snippet \(name) is on no page of Documentation/core")
        }
    }

    @Test("a block that nobody compiles is found")
    func oneWordMakesADifference() {
        let text = "func f() {\n    if a {\n        b()\n    }\n}"
        #expect(stands("if a {\n    b()\n}", in: text) && stands("b()", in: text))
        #expect(!stands("if a {\n    c()\n}", in: text) && !stands("if a {\nb()\n}", in: text) && !stands("if a {\n}", in: text))
    }
}
