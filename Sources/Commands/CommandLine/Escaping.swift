// Text from outside made harmless before a terminal, a page or a shell sees it, and its width in columns.

extension String {
    /// Control characters and marks that turn the direction of writing become visible escapes (`\u{1b}`); the rest stays.
    ///
    /// - Parameter keepingLines: leaves line feeds and tabs as they are.
    public func escapedForTerminal(keepingLines: Bool = false) -> String {
        guard unicodeScalars.contains(where: isUnsafe) else { return self }
        var result = ""
        for scalar in unicodeScalars {
            if keepingLines && (scalar == "\n" || scalar == "\t") || !isUnsafe(scalar) {
                result.unicodeScalars.append(scalar)
            } else if scalar == "\n" {
                result += "\\n"
            } else if scalar == "\t" {
                result += "\\t"
            } else {
                result += "\\u{\(String(scalar.value, radix: 16))}"
            }
        }
        return result
    }

    /// How many columns of a terminal the text covers; wide East Asian characters and emoji cover two.
    public var columns: Int { reduce(0) { $0 + $1.columns } }

    /// The text itself if it fits, else its beginning and an ellipsis, `width` columns at most.
    public func truncated(to width: Int) -> String {
        if columns <= width { return self }
        var result = ""
        var used = 1
        for character in self {
            used += character.columns
            if used > width { break }
            result.append(character)
        }
        return width > 0 ? result + "…" : ""
    }
}

/// Text for XML and HTML, inside an element or an attribute; control characters, which XML cannot hold, become a replacement character.
///
/// - Parameter keepingLines: leaves line feeds and tabs as they are.
func escapedForMarkup(_ text: String, keepingLines: Bool = true) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "&": result += "&amp;"
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "\"": result += "&quot;"
        case "'": result += "&#39;"
        case "\n" where keepingLines, "\t" where keepingLines: result.unicodeScalars.append(scalar)
        case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}

/// As a POSIX shell reads it back: itself where it is plain, else in single quotes.
func quotedForShell(_ text: String) -> String {
    let isPlain = !text.isEmpty && text.utf8.allSatisfy { isDigit($0) || isLetter($0) || "/._-+,:@%=".utf8.contains($0) }
    return isPlain ? text : "'" + text.replacing("'", with: "'\\''") + "'"
}

private func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z") }

private func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
}

extension Character {
    fileprivate var columns: Int {
        guard let first = unicodeScalars.first else { return 0 }
        switch first.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            return 2
        default:
            return 1
        }
    }
}
