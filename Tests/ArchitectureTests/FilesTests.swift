// The form of the files: tests named after what they test, no merge left half done.

import Testing

@Suite("Files")
struct FilesTests {
    @Test("XTests.swift and XLearningTests.swift stand beside a source X.swift of their room")
    func namesLineUp() throws {
        for file in try Repository.files(below: "Tests") where file.hasSuffix("Tests.swift") {
            let parts = file.split(separator: "/")
            guard parts.count >= 3, let name = parts.last, parts[1].hasSuffix("Tests") else { continue }
            let room = String(parts[1].dropLast("Tests".count))
            guard rooms.contains(where: { $0.name == room }) else { continue }
            let sources = Set(try Repository.files(below: "Sources/\(room)").compactMap(subject(of:)))
            var subject = name.dropLast("Tests.swift".count)
            if subject.hasSuffix("Learning") { subject = subject.dropLast("Learning".count) }
            #expect(sources.contains(String(subject)), "\(file) tests no \(subject).swift of Sources/\(room)")
        }
    }

    /// A source's name as its test spells it: `Sources/Basics/RandomSource+Normal.swift` is `RandomSourceNormal`.
    func subject(of path: String) -> String? {
        guard path.hasSuffix(".swift"), let name = path.split(separator: "/").last else { return nil }
        return name.dropLast(".swift".count).filter { $0 != "+" }
    }

    @Test("no text file holds the marks of an unfinished merge")
    func noConflictMarks() throws {
        let marks = ["<", ">", "|"].map { String(repeating: $0, count: 7) + " " }
        for file in try Repository.files() {
            guard let text = try Repository.text(of: file) else { continue }
            let marked = text.split(separator: "\n").contains { line in marks.contains { line.hasPrefix($0) } }
            #expect(!marked, "\(file) holds the marks of an unfinished merge")
        }
    }
}
