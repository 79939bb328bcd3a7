// Counts out of an archive, which may come from anybody.
import Basics

extension Archive {
    /// Whole numbers that count something: none is negative.
    func counters(_ name: String, count: Int?) throws(ArchiveError) -> [Int] {
        let found = try int64s(name, count: count)
        guard found.allSatisfy({ (0..<(1 << 62)).contains($0) }) else { throw ArchiveError("\"\(name)\" is \(found)") }
        return found.map { Int($0) }
    }
}
