// Bytes that nobody meant: noise, and files with a few bytes changed, for the tests of everything that reads.
public import Basics

extension RandomSource {
    /// `bytes` with up to four places changed, removed, doubled, filled or cut off.
    ///
    /// - Parameter tokens: what is put in: what such files are made of, and what no reader expects.
    public mutating func damaged(_ bytes: [UInt8], with tokens: [String]) -> [UInt8] {
        var bytes = bytes
        let tokens = tokens.map { Array($0.utf8) }
        for _ in 0...below(3) where !bytes.isEmpty {
            let place = below(bytes.count)
            switch below(5) {
            case 0: bytes[place] = UInt8(below(256))
            case 1: bytes.removeSubrange(place..<min(bytes.count, place + 1 + below(8)))
            case 2: bytes.insert(contentsOf: tokens[below(tokens.count)], at: place)
            case 3:
                bytes.replaceSubrange(place..<min(bytes.count, place + 1 + below(5)), with: tokens[below(tokens.count)])
            default: bytes.removeSubrange(place...)
            }
        }
        return bytes
    }

    /// Up to two hundred bytes of anything.
    public mutating func noise() -> [UInt8] { (0..<below(200)).map { _ in UInt8(below(256)) } }
}

/// With a taste for what the files are made of.
public enum DamageTokens {
    public static let json = ["9223372036854775807", "-1", "1e309", "null", "[]", "{}", "\"\"", "\"a\":", ",", "0", "\u{0}"]
    public static let table = [
        "9223372036854775807", "-1", "1e300", "-1.7e308", "5e-324", "nan", "inf", "-inf", "", ",", "\n", "\"", "step", "<b>",
        "\u{0}",
    ]
}
