// Eligibility traces of one lane: which pairs the present error is news for, and how much.
import Basics
import Kernels
import RLCore

/// A sparse vector over pairs. Traces below 1e-12 are dropped, so the list stays as short as the horizon γλ makes it.
struct Traces {
    private var pairs: [Int] = []
    private var strengths: [Double] = []
    /// [pairs]: 1 + the place in the list; 0 where there is no trace.
    private let place: Storage<Int32>

    init(pairCount: Int) { place = Storage(count: pairCount) }

    /// The pair was visited: its trace becomes 1 (replacing), or 1 more (accumulating).
    mutating func visit(_ pair: Int, replacing: Bool) {
        let found = Int(place.all[pair])
        if found > 0 {
            strengths[found - 1] = replacing ? 1 : strengths[found - 1] + 1
        } else {
            pairs.append(pair)
            strengths.append(1)
            place.all[pair] = Int32(pairs.count)
        }
    }

    /// Q(s, a) ← Q(s, a) + α δ e(s, a) for all traces: Sutton & Barto 2018, equation 12.7 with one feature for each pair. `visited` is
    /// the pair that the error belongs to: only its visits count.
    func spread(_ error: Double, over table: ActionValueTable, visited: Int, _ size: StepSize, _ errors: inout ErrorMean) {
        _ = table.visit(visited, size)
        errors.add(error)
        for i in pairs.indices {
            let pair = pairs[i]
            table.values[pair] += size.value(visits: table.visits[pair]) * (error * strengths[i])
        }
    }

    /// e ← γλ e: equation 12.5 of the same.
    mutating func decay(by factor: Double) {
        var kept = 0
        for i in pairs.indices {
            let strength = strengths[i] * factor
            if strength < 1e-12 {
                place.all[pairs[i]] = 0
                continue
            }
            pairs[kept] = pairs[i]
            strengths[kept] = strength
            place.all[pairs[kept]] = Int32(kept + 1)
            kept += 1
        }
        pairs.removeLast(pairs.count - kept)
        strengths.removeLast(strengths.count - kept)
    }

    mutating func clear() {
        for pair in pairs { place.all[pair] = 0 }
        pairs.removeAll(keepingCapacity: true)
        strengths.removeAll(keepingCapacity: true)
    }

    var byteCount: Int { 4 * place.all.count + 16 * pairs.capacity }
    func save(into archive: inout Archive) {
        archive.store(pairs.map { Int64($0) }, as: "pairs")
        archive.store(strengths, as: "strengths")
    }
    mutating func load(from archive: Archive, _ table: ActionValueTable) throws(ArchiveError) {
        let loaded = try archive.int64s("pairs")
        let loadedStrengths = try archive.doubles("strengths", count: loaded.count)
        try table.check(loaded, "pairs")
        clear()
        pairs = loaded.map { Int($0) }
        strengths = loadedStrengths
        for (i, pair) in pairs.enumerated() { place.all[pair] = Int32(i + 1) }
    }

    static let declarations = [
        SettingDeclaration(
            "lambda", .number(0.9), .numbers(0...1), help: "decay λ of the traces: 0 is one step, 1 the whole episode"),
        SettingDeclaration(
            "traces", .text("replacing"), .words(["replacing", "accumulating"]), help: "what another visit makes of a trace"),
    ]
}
