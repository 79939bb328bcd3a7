// The form of the files: no merge left half done.

import Testing

@Suite("Files")
struct FilesTests {
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
