// JSON as text, the same bytes for the same value everywhere.

/// Numbers have the fewest digits that read back to the same Double (`500.0`, `1e-05`); those that JSON cannot hold (nan, ±inf) become
/// `null`. Strings are escaped after RFC 8259, and DEL and C1 control characters too: the text may be shown on a terminal.
public struct JSONWriter {
    private var bytes: [UInt8] = []
    private let isPretty: Bool

    private init(isPretty: Bool) { self.isPretty = isPretty }

    /// One line without blanks, without a line feed at its end.
    public static func compact(_ json: JSON) -> String { text(json, isPretty: false) }
    /// Two blanks per level; arrays of scalars stay on one line; no line feed at the end.
    public static func pretty(_ json: JSON) -> String { text(json, isPretty: true) }

    private static func text(_ json: JSON, isPretty: Bool) -> String {
        var writer = JSONWriter(isPretty: isPretty)
        writer.write(json, level: 0)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private mutating func write(_ json: JSON, level: Int) {
        switch json {
        case .null: bytes += "null".utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .integer(let value): bytes += String(value).utf8
        case .number(let value): bytes += (value.isFinite ? "\(value)" : "null").utf8
        case .string(let value): write(string: value)
        case .array(let values):
            let onOneLine = values.allSatisfy(\.isScalar)
            bytes.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                separate(isFirst: index == 0, onOneLine: onOneLine, level: level + 1)
                write(value, level: level + 1)
            }
            close("]", isEmpty: values.isEmpty, onOneLine: onOneLine, level: level)
        case .object(let object):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in object.members.enumerated() {
                separate(isFirst: index == 0, onOneLine: false, level: level + 1)
                write(string: member.key)
                bytes += (isPretty ? ": " : ":").utf8
                write(member.value, level: level + 1)
            }
            close("}", isEmpty: object.members.isEmpty, onOneLine: false, level: level)
        }
    }

    private mutating func separate(isFirst: Bool, onOneLine: Bool, level: Int) {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        guard isPretty else { return }
        if onOneLine {
            if !isFirst { bytes.append(UInt8(ascii: " ")) }
        } else {
            breakLine(level)
        }
    }
    private mutating func close(_ bracket: String, isEmpty: Bool, onOneLine: Bool, level: Int) {
        if isPretty && !isEmpty && !onOneLine { breakLine(level) }
        bytes += bracket.utf8
    }
    private mutating func breakLine(_ level: Int) {
        bytes.append(UInt8(ascii: "\n"))
        for _ in 0..<2 * level { bytes.append(UInt8(ascii: " ")) }
    }

    private mutating func write(string: String) {
        bytes.append(UInt8(ascii: "\""))
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": bytes += #"\""#.utf8
            case "\\": bytes += #"\\"#.utf8
            case "\n": bytes += #"\n"#.utf8
            case "\r": bytes += #"\r"#.utf8
            case "\t": bytes += #"\t"#.utf8
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}":
                let digits = String(scalar.value, radix: 16)
                bytes += (#"\u"# + String(repeating: "0", count: 4 - digits.count) + digits).utf8
            default: bytes += UTF8.encode(scalar)!
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}

extension JSON {
    fileprivate var isScalar: Bool {
        switch self {
        case .array, .object: false
        default: true
        }
    }
}
