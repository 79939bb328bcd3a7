// The pages of Documentation/core show code that is compiled: word for word what stands in Tests/NeuralTests/DocumentationSnippets.swift.

import Foundation
import Testing

@Suite("Snippets")
struct SnippetTests {
    static let source = "Tests/NeuralTests/DocumentationSnippets.swift"

    /// The text between `// snippet: NAME` and `// end`, with the indentation of its first line taken away.
    func snippets() throws -> [String: String] {
        var found: [String: String] = [:]
        var name: String?
        var lines: [Substring] = []
        let text = try #require(try Repository.text(of: Self.source))
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let bare = line.drop { $0 == " " }
            if bare.hasPrefix("// snippet: ") {
                name = String(bare.dropFirst("// snippet: ".count))
                lines = []
            } else if bare == "// end", let finished = name {
                let indent = lines.first.map { $0.prefix { $0 == " " }.count } ?? 0
                found[finished] = lines.map { String($0.dropFirst(min(indent, $0.prefix { $0 == " " }.count))) }
                    .joined(separator: "\n")
                name = nil
            } else {
                lines.append(line)
            }
        }
        return found
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
        let compiled = try snippets(), shown = try blocks().filter { $0.page.contains("/writing-") }
        #expect(!shown.isEmpty)
        for (page, code) in shown {
            #expect(compiled.values.contains(code), "\(page) shows code that is not a snippet of \(Self.source):\n\(code)")
        }
        for (name, code) in compiled {
            #expect(shown.contains { $0.code == code }, "the snippet \(name) is on no page of Documentation/core")
        }
    }
}
