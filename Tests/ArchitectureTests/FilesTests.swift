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

    /// A test that is gone cannot fail; the fuzzer's seeds alone may be empty.
    @Test("no file is empty")
    func noEmptyFiles() throws {
        let files = try Repository.files().filter { !$0.hasPrefix("Tests/Fuzz/corpus/") }
        for file in files { #expect(try Repository.text(of: file)?.isEmpty != true, "\(file) is empty") }
    }
}
