// What went wrong with a file, in one line that says what to do, and the exit status that goes with it.

/// Everything that reading or writing a file can end in.
public struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Kind: Hashable, Sendable {
        /// The file is not there, or may not be read.
        case missing
        /// Something inside the file is wrong.
        case malformed
        /// The output cannot be written.
        case cannotWrite
        /// The reader of a pipe has gone away.
        case closed
        /// Another process works in this folder.
        case locked
        /// The machine failed while reading.
        case failed
    }
    public let kind: Kind
    /// The file or folder; empty when the bytes come from nowhere in particular.
    public let path: String
    /// Counted from 1, where the file is text and the place is known.
    public let line: Int?
    /// In characters (Unicode scalars), counted from 1.
    public let column: Int?
    /// What is wrong and what to do about it, without the path.
    public let message: String

    public init(_ kind: Kind, path: String, line: Int? = nil, column: Int? = nil, _ message: String) {
        self.kind = kind
        self.path = path
        self.line = line
        self.column = column
        self.message = message
    }

    /// As in BSD's sysexits.h: EX_DATAERR, EX_NOINPUT, EX_CANTCREAT; 1 for what failed.
    public var exitStatus: Int32 {
        switch kind {
        case .missing: 66
        case .malformed: 65
        case .cannotWrite, .locked: 73
        case .failed: 1
        // As a shell reports a death by SIGPIPE.
        case .closed: 141
        }
    }

    /// One line: `agents/dqn.json, line 3, column 5: unknown key "gama"; did you mean "gamma"?`
    public var description: String {
        var places: [String] = path.isEmpty ? [] : [path]
        if let line { places.append("line \(line)") }
        if let column { places.append("column \(column)") }
        return escapedForTerminal(places.isEmpty ? message : places.joined(separator: ", ") + ": " + message)
    }
}

/// `text` on one line and without anything that could steer a terminal: control characters (C0, DEL, C1), line and paragraph
/// separators and the marks that reorder text are written as `\n`, `\t`, `\r` or `\u{1B}`; the rest stays.
public func escapedForTerminal(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        switch scalar.value {
        case 0x0A: result.append(contentsOf: "\\n".unicodeScalars)
        case 0x0D: result.append(contentsOf: "\\r".unicodeScalars)
        case 0x09: result.append(contentsOf: "\\t".unicodeScalars)
        case 0x00...0x1F, 0x7F...0x9F, 0x061C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069:
            let digits = String(scalar.value, radix: 16, uppercase: true)
            result.append(contentsOf: "\\u{\(digits)}".unicodeScalars)
        default: result.append(scalar)
        }
    }
    return String(result)
}
