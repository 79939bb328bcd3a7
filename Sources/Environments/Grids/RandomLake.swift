// Random frozen lakes, equal to Gymnasium's `generate_random_map` from the same seed.
import Basics

extension GridMap {
    /// A square lake with the start in one corner and the goal in the opposite one: each other cell is frozen with probability
    /// `frozen`, otherwise a hole; lakes that cannot be crossed are thrown away and the stream goes on.
    ///
    /// - Returns: nil when none of `attempts` lakes could be crossed.
    static func randomLake(size: Int, frozen: Double, seed: UInt64, attempts: Int = 10_000) -> GridMap? {
        var random = RandomSource(seed: seed)
        for _ in 0..<attempts {
            var lines = (0..<size).map { _ in (0..<size).map { _ -> Character in random.unit() < frozen ? "F" : "H" } }
            lines[0][0] = "S"
            lines[size - 1][size - 1] = "G"
            if let map = try? GridMap(lines.map { String($0) }) { return map }
        }
        return nil
    }
}
