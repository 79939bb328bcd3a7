// The checkout as the tests of its form read it: its files, and the imports of each.

import Foundation

/// Paths are relative to the root and use `/`.
enum Repository {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Every file below `folder`, sorted; build products, runs and what version control keeps for itself left out.
    static func files(below folder: String = "") throws -> [String] {
        let skipped: Set<String> = [".git", "runs", "__pycache__", ".venv"]
        var found: [String] = []
        var waiting = [folder]
        while let folder = waiting.popLast() {
            for name in try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path) {
                if skipped.contains(name) || name.hasPrefix(".build") { continue }
                let path = folder.isEmpty ? name : "\(folder)/\(name)"
                var isFolder: ObjCBool = false
                _ = FileManager.default.fileExists(atPath: root.appending(path: path).path, isDirectory: &isFolder)
                if isFolder.boolValue { waiting.append(path) } else { found.append(path) }
            }
        }
        return found.sorted()
    }

    /// The text of a file, nil where it is not text.
    static func text(of path: String) throws -> String? {
        String(data: try Data(contentsOf: root.appending(path: path)), encoding: .utf8)
    }

    /// The lines of a source file without their comments.
    static func code(of path: String) throws -> [String] {
        guard let text = try text(of: path) else { return [] }
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.range(of: "//").map { String(line[..<$0.lowerBound]) } ?? String(line)
        }
    }

    /// The modules that a Swift file imports, whatever the access, the attributes and the part of the module.
    static func imports(of path: String) throws -> Set<String> {
        Set(try code(of: path).compactMap(module(importedBy:)))
    }

    /// The module that one line imports, nil where it imports none.
    static func module(importedBy line: String) -> String? {
        let attributes = #/(?:@\w+(?:\([^)]*\))?|public|package|internal|fileprivate|private)/#
        let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "typealias", "func", "let", "var"]
        var words = line.split(whereSeparator: \.isWhitespace)[...]
        while let word = words.first, word.wholeMatch(of: attributes) != nil { words.removeFirst() }
        guard words.popFirst() == "import" else { return nil }
        if let word = words.first, kinds.contains(word) { words.removeFirst() }
        return words.first?.split(separator: ".").first.map(String.init)
    }
}
