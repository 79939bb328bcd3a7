// The lines of `rl trace`: a table for people, comma-separated values, or JSON Lines.

import Basics
import Kernels
import RLCore
import Training

struct TracePrinter {
    enum Style { case table, csv, json }
    let style: Style
    let full: Bool
    let names: [String]
    let output: Output

    func header(observations width: Int, state: Int) {
        let columns =
            ["step", "action", "reward", "ending"] + (0..<width).map { "observation_\($0)" }
            + (full ? (0..<state).map { "state_\($0)" } : [])
        switch style {
        case .json: break
        case .csv: output.line(columns.joined(separator: ","))
        case .table:
            if !names.isEmpty { output.line("observation: " + names.joined(separator: ", "), .dim) }
            output.line("step  action       reward  ending      observation", .bold)
        }
    }

    func line(step: Int, action: Actions?, _ observation: Rows, reward: Float, _ ending: Ending, state: [Double]) {
        let seen: [String] =
            observation.bytes.count > 0
            ? observation.bytes.array.map { "\($0)" } : observation.floats.array.map { "\($0)" }
        let told: [String] = action.map { $0.indices.count > 0 ? ["\($0.indices[0])"] : $0.values.array.map { "\($0)" } } ?? []
        switch style {
        case .json:
            var document: JSON = [
                "step": JSON(step), "action": action.map(json) ?? nil,
                "observation": observation.bytes.count > 0
                    ? JSON(observation.bytes.array.map { Int($0) }) : .array(observation.floats.array.map(number)),
                "reward": number(reward), "ending": JSON("\(ending)"),
            ]
            if full, case .object(var object) = document {
                object["state"] = JSON(state)
                document = .object(object)
            }
            output.line(JSONWriter.compact(document))
        case .csv:
            let row =
                ["\(step)", told.joined(separator: " "), "\(reward)", "\(ending)"] + seen + (full ? state.map { "\($0)" } : [])
            output.line(row.joined(separator: ","))
        case .table:
            let numbers =
                observation.bytes.count == 0
                ? observation.floats.array.map { rounded(Double($0), 5) }
                : seen.count > 64 ? [summary(observation.bytes.array)] : seen
            var text =
                "\(step)".padded(to: 6) + told.joined(separator: " ").padded(to: 11)
                + rounded(Double(reward), 4).leftPadded(to: 8)
            text += "  " + "\(ending)".padded(to: 12) + numbers.map { $0.leftPadded(to: 9) }.joined(separator: " ")
            if full { text += "  state " + state.map { "\($0)" }.joined(separator: " ") }
            output.line(text)
        }
    }

    /// A picture in a table of lines; all of it is in the other styles.
    private func summary(_ picture: [UInt8]) -> String {
        "\(grouped(picture.count)) bytes, sum \(grouped(picture.reduce(0) { $0 + Int($1) }))"
    }
    private func json(_ action: Actions) -> JSON {
        action.indices.count > 0 ? JSON(Int(action.indices[0])) : .array(action.values.array.map(number))
    }
    /// A float with its own shortest digits, not those of the double it becomes.
    private func number(_ value: Float) -> JSON { Double("\(value)").map { JSON($0) } ?? nil }
}

extension String {
    /// Filled with blanks on the left.
    func leftPadded(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
