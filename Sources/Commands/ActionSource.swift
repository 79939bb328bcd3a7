// Where `rl trace` takes its actions from: chance, a cycle, or a file.

import Basics
import Kernels
import RLCore
import Training

final class ActionSource {
    private enum Kind {
        case random(RandomSource)
        case cycle
        case listed([[Double]])
    }
    private var kind: Kind
    private let space: Space
    private let path: String

    /// - Parameter description: `random`, `cycle`, or a file with one action a line (numbers of a continuous one separated by commas).
    /// - Throws: `.malformed`, naming the line, for an action outside the space.
    init(_ description: String, for space: Space, seed: UInt64) throws {
        self.space = space
        path = description
        switch description {
        case "random": kind = .random(RandomSource(seed: seed, key: [1]))
        case "cycle": kind = .cycle
        default: kind = .listed(try ActionSource.read(description, space))
        }
    }

    private static func read(_ path: String, _ space: Space) throws(FileError) -> [[Double]] {
        let text = String(decoding: try readFile(path, limit: 1 << 30), as: UTF8.self)
        var all: [[Double]] = []
        for (i, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            if line.allSatisfy(\.isWhitespace) { continue }
            let numbers = line.split(separator: ",", omittingEmptySubsequences: false).map { Double($0.filter { $0 != " " }) }
            guard let values = numbers as? [Double], isInside(space, values) else {
                throw FileError(
                    .malformed, path: path, line: i + 1, "\"\(String(line).truncated(to: 40))\" is not an action of \(space)")
            }
            all.append(values)
        }
        guard !all.isEmpty else { throw FileError(.malformed, path: path, "no actions in this file; write one a line") }
        return all
    }
    private static func isInside(_ space: Space, _ values: [Double]) -> Bool {
        switch space {
        case .discrete(let count):
            values.count == 1 && values[0] == values[0].rounded() && (0..<Double(count)).contains(values[0])
        case .box(let shape, let low, let high):
            values.count == shape.count
                && values.indices.allSatisfy { values[$0] >= Double(low[$0]) && values[$0] <= Double(high[$0]) }
        case .bytes: false
        }
    }

    /// The action of step `count`; a file that has ended begins again.
    func next(_ count: Int, into actions: Actions) throws {
        switch (kind, space) {
        case (.random(var random), .discrete(let choices)):
            actions.indices[0] = Int32(random.below(choices))
            kind = .random(random)
        case (.random(var random), .box(let shape, let low, let high)):
            for i in 0..<shape.count {
                actions.values[i] = Float(random.uniform(Double(max(low[i], -1e6)), Double(min(high[i], 1e6))))
            }
            kind = .random(random)
        case (.cycle, .discrete(let choices)): actions.indices[0] = Int32(count % choices)
        case (.cycle, .box(let shape, let low, let high)):
            // From each lower bound to the upper one in five steps.
            for i in 0..<shape.count { actions.values[i] = low[i] + (high[i] - low[i]) * Float(count % 5) / 4 }
        case (.listed(let all), .discrete): actions.indices[0] = Int32(all[count % all.count][0])
        case (.listed(let all), _):
            for (i, value) in all[count % all.count].enumerated() { actions.values[i] = Float(value) }
        case (_, .bytes): throw UsageError("no world is told bytes")
        }
    }
}
