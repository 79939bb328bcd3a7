// What a terminal sends for keys, read back as keys.

import Viewing

/// Bytes in, keys out; a sequence that arrives in two parts is waited for.
struct TerminalKeys {
    private var waiting: [UInt8] = []

    /// The keys that `bytes` say were pressed.
    ///
    /// - Parameter bytes: what arrived since the last call; when nothing did, an escape that was waited for was the key of that name.
    mutating func read(_ bytes: [UInt8]) -> [Key] {
        let isLast = bytes.isEmpty
        var rest = (waiting + bytes)[...]
        waiting = []
        var keys: [Key] = []
        while let byte = rest.first {
            guard byte == 0x1B else {
                guard let key = TerminalKeys.typed(&rest) else { continue }
                keys.append(key)
                continue
            }
            switch TerminalKeys.sequence(rest) {
            case .key(let key, let length):
                if let key { keys.append(key) }
                rest.removeFirst(length)
            case .unfinished where !isLast:
                waiting = Array(rest)
                return keys
            case .held(let length): rest.removeFirst(length)
            case .unfinished, .alone:
                keys.append(.escape)
                rest.removeFirst()
            }
        }
        return keys
    }

    private enum Escape {
        /// With its length in bytes; nil for a key that nobody here knows.
        case key(Key?, Int)
        case unfinished
        /// Alt and a letter, which nobody here knows.
        case held(Int)
        /// What follows is another key.
        case alone
    }

    private static let letters: [UInt8: Key] = [
        UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right, UInt8(ascii: "D"): .left,
        UInt8(ascii: "P"): .function(1), UInt8(ascii: "Q"): .function(2), UInt8(ascii: "R"): .function(3),
        UInt8(ascii: "S"): .function(4),
    ]
    /// Of `ESC [ number ~`.
    private static let numbers: [Int: Int] = [
        11: 1, 12: 2, 13: 3, 14: 4, 15: 5, 17: 6, 18: 7, 19: 8, 20: 9, 21: 10, 23: 11, 24: 12,
    ]

    /// `ESC O letter`, or `ESC [` with numbers and a letter or a tilde.
    private static func sequence(_ bytes: ArraySlice<UInt8>) -> Escape {
        let bytes = Array(bytes.prefix(16))
        guard bytes.count > 1 else { return .unfinished }
        switch bytes[1] {
        case UInt8(ascii: "O"):
            guard bytes.count > 2 else { return .unfinished }
            return .key(letters[bytes[2]], 3)
        case UInt8(ascii: "["):
            guard let end = bytes.indices.dropFirst(2).first(where: { (0x40...0x7E).contains(bytes[$0]) }) else {
                return bytes.count < 16 ? .unfinished : .key(nil, 2)
            }
            if bytes[end] == UInt8(ascii: "~") {
                let digits = bytes[2..<end].prefix { (0x30...0x39).contains($0) }
                let number = Int(String(decoding: digits, as: UTF8.self)) ?? 0
                return .key(numbers[number].map(Key.function), end + 1)
            }
            return .key(letters[bytes[end]], end + 1)
        case 0x20..<0x7F: return .held(2)
        default: return .alone
        }
    }

    /// One letter, or a key that terminals send as a control character; nil for any other of those.
    private static func typed(_ bytes: inout ArraySlice<UInt8>) -> Key? {
        guard let first = bytes.first else { return nil }
        switch first {
        case 0x0A, 0x0D:
            bytes.removeFirst()
            return .enter
        case 0x08, 0x7F:
            bytes.removeFirst()
            return .backspace
        case 0x09:
            bytes.removeFirst()
            return .tab
        case 0..<0x20:
            bytes.removeFirst()
            return nil
        default:
            let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
            let letter = String(decoding: bytes.prefix(length), as: UTF8.self).lowercased()
            bytes.removeFirst(min(length, bytes.count))
            return letter.first.map(Key.character)
        }
    }
}
