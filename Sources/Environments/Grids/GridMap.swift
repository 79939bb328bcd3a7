// A map as text: rows of letters, each with a role, checked before anybody walks on it.

/// What is wrong with a map, and where; rows and columns are counted from 1.
public struct GridMapError: Error, Hashable, Sendable, CustomStringConvertible {
    public let row: Int?
    public let column: Int?
    public let description: String

    init(row: Int? = nil, column: Int? = nil, _ sentence: String) {
        self.row = row
        self.column = column
        let place = [row.map { "row \($0)" }, column.map { "column \($0)" }].compactMap { $0 }.joined(separator: ", ")
        description = place.isEmpty ? sentence : "\(place): \(sentence)"
    }
}

/// A rectangle of letters with one role each.
public struct GridMap: Hashable, Sendable {
    /// What a cell does to whoever moves there.
    public enum Role: String, Hashable, Sendable, CaseIterable {
        /// An episode starts in one of these, each as likely as the others; free afterwards.
        case start
        case free
        /// Ends the episode.
        case goal
        /// Ends the episode, and does not count as a goal when a way is looked for.
        case hole
        /// Cannot be entered: the move stays where it was.
        case wall
        /// Sends back to the first start; the episode goes on.
        case cliff
    }

    public static let defaultLegend: [Character: Role] = [
        "S": .start, "F": .free, ".": .free, "G": .goal, "H": .hole, "#": .wall, "C": .cliff,
    ]
    /// Cells in all; more would not fit a table of transitions.
    public static let largestCellCount = 4_000_000

    public let rows: Int
    public let columns: Int
    /// Row by row, from the top left.
    public let letters: [Character]
    public let roles: [Role]
    /// Cells that are starts, in reading order.
    public var starts: [Int] { roles.indices.filter { roles[$0] == .start } }

    /// - Throws: for a map that is empty, ragged, uses a letter that `legend` does not hold, has no start or no goal, or has a
    ///   start from which no goal can be reached.
    public init(_ lines: [String], legend: [Character: Role] = GridMap.defaultLegend) throws(GridMapError) {
        rows = lines.count
        columns = lines.first?.count ?? 0
        guard rows > 0 && columns > 0 else { throw GridMapError("the map is empty") }
        guard rows <= GridMap.largestCellCount / columns else {
            throw GridMapError("the map has \(rows) by \(columns) cells; \(GridMap.largestCellCount) are the most it may have")
        }
        var letters: [Character] = []
        var roles: [Role] = []
        for (row, line) in lines.enumerated() {
            guard line.count == columns else {
                throw GridMapError(
                    row: row + 1, column: min(line.count, columns) + 1,
                    "the row has \(line.count) letters, the first has \(columns)")
            }
            for (column, letter) in line.enumerated() {
                guard let role = legend[letter] else {
                    let known = legend.keys.sorted().map { "\"\($0)\"" }.joined(separator: ", ")
                    throw GridMapError(row: row + 1, column: column + 1, "unknown letter \"\(letter)\"; known: \(known)")
                }
                letters.append(letter)
                roles.append(role)
            }
        }
        self.letters = letters
        self.roles = roles
        guard roles.contains(.start) else {
            throw GridMapError("the map has no start (\(GridMap.letters(of: .start, in: legend)))")
        }
        guard roles.contains(.goal) else { throw GridMapError("the map has no goal (\(GridMap.letters(of: .goal, in: legend)))") }
        let home = homes()
        for start in starts where !home[start] {
            throw GridMapError(row: start / columns + 1, column: start % columns + 1, "no goal can be reached from this start")
        }
    }

    /// A map on one line, as a setting writes it: `SFFF/FHFH/FFFH/HFFG`.
    public init(line: String, legend: [Character: Role] = GridMap.defaultLegend) throws(GridMapError) {
        try self.init(line.split(separator: "/", omittingEmptySubsequences: false).map(String.init), legend: legend)
    }

    /// The cell `down` rows below and `right` columns to the right, or nil beyond the edge.
    func cell(from cell: Int, down: Int, right: Int) -> Int? {
        let row = cell / columns + down
        let column = cell % columns + right
        return (0..<rows).contains(row) && (0..<columns).contains(column) ? row * columns + column : nil
    }

    /// From which cells a goal can be reached by moving up, down, left and right over starts and free cells.
    private func homes() -> [Bool] {
        var reaches = roles.map { $0 == .goal }
        var frontier = roles.indices.filter { reaches[$0] }
        while let cell = frontier.popLast() {
            for (down, right) in [(0, -1), (1, 0), (0, 1), (-1, 0)] {
                guard let neighbour = self.cell(from: cell, down: down, right: right), !reaches[neighbour],
                    roles[neighbour] == .start || roles[neighbour] == .free
                else { continue }
                reaches[neighbour] = true
                frontier.append(neighbour)
            }
        }
        return reaches
    }

    private static func letters(of role: Role, in legend: [Character: Role]) -> String {
        let found = legend.filter { $0.value == role }.keys.sorted().map { "\"\($0)\"" }
        return found.isEmpty ? "the legend has no letter for one" : "no letter \(found.joined(separator: " or "))"
    }
}
