// Ten digits, three dots wide and five high: all the type that a score needs.

enum Digits {
    static let width = 3
    static let height = 5

    static func isSet(_ digit: Int, row: Int, column: Int) -> Bool {
        dots[digit] >> ((height - 1 - row) * width + (width - 1 - column)) & 1 != 0
    }

    /// Fifteen bits a digit, the upper left dot highest; three bits are a row.
    private static let dots: [UInt16] = [
        0b111_101_101_101_111,
        0b010_110_010_010_111,
        0b111_001_111_100_111,
        0b111_001_011_001_111,
        0b101_101_111_001_001,
        0b111_100_111_001_111,
        0b111_100_111_101_111,
        0b111_001_010_010_010,
        0b111_101_111_101_111,
        0b111_101_111_001_111,
    ]
}
