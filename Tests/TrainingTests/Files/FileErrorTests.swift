// Errors about files: their exit statuses, and that nothing in them can steer a terminal.

import Foundation
import Testing
import Training

struct FileErrorTests {
    @Test(arguments: [
        (FileError.Kind.missing, Int32(66)), (.malformed, 65), (.cannotWrite, 73), (.locked, 73), (.failed, 1),
    ])
    func exitStatus(kind: FileError.Kind, status: Int32) {
        #expect(FileError(kind, path: "x", "y").exitStatus == status)
    }

    @Test func descriptionNamesThePlaceFirst() {
        #expect("\(FileError(.malformed, path: "a.json", line: 3, column: 5, "bad"))" == "a.json, line 3, column 5: bad")
        #expect("\(FileError(.missing, path: "a.json", "gone"))" == "a.json: gone")
        #expect("\(FileError(.malformed, path: "", "bad"))" == "bad")
    }

    @Test func nothingFromAFileSteersATerminal() {
        let error = FileError(.malformed, path: "a\u{1B}[2J\nb", "key \"\u{9B}\u{7F}\u{202E}\t\r\" é 漢 🙂 \\")
        #expect("\(error)" == #"a\u{1B}[2J\nb: key "\u{9B}\u{7F}\u{202E}\t\r" é 漢 🙂 \"#)
        for value in (UInt32(0)...0x1F).map({ $0 }) + (0x7F...0x9F) {
            let text = escapedForTerminal(String(Unicode.Scalar(value)!))
            #expect(text.hasPrefix("\\") && text.unicodeScalars.allSatisfy { (0x20...0x7E).contains($0.value) })
        }
    }
}
