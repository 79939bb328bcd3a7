// "Did you mean …?": the nearest known word to one that is not known.

/// The word of `known` nearest to `word` by edit distance (insert, delete, replace, swap of neighbours: Damerau 1964), or nil when
/// none is near enough to have been meant: the distance may be a third of the longer word's length, rounded to whole letters.
/// Capitals do not count as a difference; of equally near words the first is meant.
public func nearestWord(to word: String, in known: some Sequence<String>) -> String? {
    var best: (word: String, distance: Int)?
    for candidate in known {
        let distance = editDistance(Array(word.lowercased().utf8), Array(candidate.lowercased().utf8))
        guard distance * 3 <= max(word.utf8.count, candidate.utf8.count) + 1 else { continue }
        if best.map({ distance < $0.distance }) ?? true { best = (candidate, distance) }
    }
    return best?.word
}

/// A name that no catalogue holds, with the nearest that one does.
public struct UnknownName: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String
    public init(_ kind: String, _ name: String, known: [String]) {
        let hint = nearestWord(to: name, in: known).map { "did you mean \"\($0)\"?" } ?? "known: \(known.joined(separator: ", "))"
        description = "unknown \(kind) \"\(name)\"; \(hint)"
    }
}

private func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    if a.count > 256 || b.count > 256 { return max(a.count, b.count) }
    var before: [Int] = []
    var last = Array(0...b.count)
    for i in 0..<a.count {
        var row = [i + 1]
        for j in 0..<b.count {
            var distance = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] { distance = min(distance, before[j - 1] + 1) }
            row.append(distance)
        }
        before = last
        last = row
    }
    return last[b.count]
}
