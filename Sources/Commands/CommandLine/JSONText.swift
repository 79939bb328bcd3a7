// JSON as text, for what commands print.

/// A JSON document; members keep their order.
package indirect enum JSONText: CustomStringConvertible {
    case null
    case bool(Bool)
    case integer(Int)
    case string(String)
    case array([JSONText])
    case object([(String, JSONText)])

    /// Indented by two spaces.
    package var description: String { written(indent: "") }

    private func written(indent: String) -> String {
        let inner = indent + "  "
        switch self {
        case .null: return "null"
        case .bool(let value): return String(value)
        case .integer(let value): return String(value)
        case .string(let value): return quoted(value)
        case .array(let items):
            return enclosed("[", items.map { inner + $0.written(indent: inner) }, indent, "]")
        case .object(let members):
            return enclosed("{", members.map { inner + quoted($0) + ": " + $1.written(indent: inner) }, indent, "}")
        }
    }

    private func enclosed(_ open: String, _ lines: [String], _ indent: String, _ close: String) -> String {
        lines.isEmpty ? open + close : "\(open)\n\(lines.joined(separator: ",\n"))\n\(indent)\(close)"
    }

    private func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            default:
                if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) {
                    let digits = String(scalar.value, radix: 16)
                    result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "\""
    }
}
