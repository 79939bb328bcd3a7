// Strict JSON with places. We own a reader because Foundation's knows no positions, no comments, and lets repeated keys pass.

/// RFC 8259 and nothing more, but for comments where they are allowed; less where text would be ambiguous: a repeated key, an integer
/// beyond 64 bits and a number beyond (or too small for) Double are errors.
public struct JSONReader {
    public struct Options: Sendable {
        /// `// …` and `/* … */` wherever blanks may be.
        public var allowsComments: Bool
        /// Bytes.
        public var limit: Int
        /// Arrays and objects inside one another.
        public static let depthLimit = 64

        public init(allowsComments: Bool = false, limit: Int = 1 << 20) {
            self.allowsComments = allowsComments
            self.limit = limit
        }
        /// What people write: presets and maps.
        public static let preset = Options(allowsComments: true)
    }

    private let bytes: [UInt8]
    private let path: String
    private let options: Options
    private var position = 0
    private var line = 1
    /// What to take from `position` to get the characters before it on this line: the line's start, plus one for every byte that
    /// continues a character.
    private var columnOrigin = 0
    private var depth = 0

    private init(_ bytes: [UInt8], path: String, options: Options) {
        self.bytes = bytes
        self.path = path
        self.options = options
    }

    /// Reads the file at `path`.
    /// - Throws: `.missing` when it is not there, `.malformed` with line and column for anything wrong in it.
    public static func read(_ path: String, options: Options = Options()) throws(FileError) -> JSONNode {
        try parse(readFile(path, limit: options.limit), path: path, options: options)
    }
    public static func parse(_ text: String, path: String = "", options: Options = Options()) throws(FileError) -> JSONNode {
        try parse(Array(text.utf8), path: path, options: options)
    }
    /// - Parameter path: what messages call the text.
    public static func parse(_ bytes: [UInt8], path: String = "", options: Options = Options()) throws(FileError) -> JSONNode {
        guard bytes.count <= options.limit else {
            throw FileError(
                .malformed, path: path, "\(bytes.count) bytes of JSON, \(options.limit) is the most; is it the right file?")
        }
        var reader = JSONReader(bytes, path: path, options: options)
        do { _ = try UTF8Span(validating: bytes.span) } catch {
            reader.moveTo(error.byteOffsets.lowerBound)
            throw reader.error("not valid UTF-8; save the file in that encoding")
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            throw reader.error("a byte order mark; save the file as UTF-8 without one")
        }
        try reader.skipBlanks()
        let root = try reader.value()
        try reader.skipBlanks()
        if reader.position < bytes.count { throw reader.error("the document has ended, but there is \(reader.found); remove it") }
        return root
    }

    // MARK: Places

    private var column: Int { position - columnOrigin + 1 }

    private func error(_ message: String) -> FileError {
        FileError(.malformed, path: path, line: line, column: column, message)
    }
    private func node(_ value: JSONNode.Value, _ place: (line: Int, column: Int)) -> JSONNode {
        JSONNode(value: value, path: path, line: place.line, column: place.column)
    }
    /// What stands at `position`, for a message.
    private var found: String {
        guard position < bytes.count else { return "the end of the text" }
        let character = String(decoding: bytes[position..<min(position + 4, bytes.count)], as: UTF8.self).unicodeScalars.first
        return character.map { "\"\($0)\"" } ?? "nothing"
    }
    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func advance() {
        let byte = bytes[position]
        position += 1
        if byte == UInt8(ascii: "\n") {
            line += 1
            columnOrigin = position
        } else if byte & 0xC0 == 0x80 {
            columnOrigin += 1
        }
    }
    private mutating func moveTo(_ end: Int) {
        while position < end { advance() }
    }

    // MARK: Blanks and words

    private mutating func skipBlanks() throws(FileError) {
        while let byte = next {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): advance()
            case UInt8(ascii: "/"): try skipComment()
            default: return
            }
        }
    }
    private mutating func skipComment() throws(FileError) {
        guard options.allowsComments else { throw error("comments are not allowed in this file; remove it") }
        switch position + 1 < bytes.count ? bytes[position + 1] : nil {
        case UInt8(ascii: "/"):
            while let byte = next, byte != UInt8(ascii: "\n") { advance() }
        case UInt8(ascii: "*"):
            let start = self
            moveTo(position + 2)
            while true {
                guard position + 1 < bytes.count else { throw start.error("this comment does not end; close it with */") }
                if bytes[position] == UInt8(ascii: "*") && bytes[position + 1] == UInt8(ascii: "/") { break }
                advance()
            }
            moveTo(position + 2)
        default: throw error("a lone /; a comment starts with // or /*")
        }
    }
    private mutating func take(_ word: String, _ value: JSONNode.Value) throws(FileError) -> JSONNode.Value {
        guard bytes[position...].starts(with: word.utf8) else { throw error("a value must be here, not \(found)") }
        moveTo(position + word.utf8.count)
        return value
    }

    // MARK: Values

    private mutating func value() throws(FileError) -> JSONNode {
        let place = (line, column)
        switch next {
        case UInt8(ascii: "{"): return node(.object(try members()), place)
        case UInt8(ascii: "["): return node(.array(try elements()), place)
        case UInt8(ascii: "\""): return node(.string(try string()), place)
        case let byte? where byte == UInt8(ascii: "-") || 0x30...0x39 ~= byte: return node(try number(), place)
        case UInt8(ascii: "t"): return node(try take("true", .bool(true)), place)
        case UInt8(ascii: "f"): return node(try take("false", .bool(false)), place)
        case UInt8(ascii: "n"): return node(try take("null", .null), place)
        default: throw error("a value must be here, not \(found)")
        }
    }

    private mutating func enter() throws(FileError) {
        depth += 1
        if depth > Options.depthLimit {
            throw error("more than \(Options.depthLimit) levels of arrays and objects; make it flatter")
        }
        advance()
        try skipBlanks()
    }
    private mutating func leave() {
        depth -= 1
        advance()
    }
    /// After an element: true when another follows.
    private mutating func goesOn(until end: UInt8) throws(FileError) -> Bool {
        try skipBlanks()
        if next == end { return false }
        let bracket = Unicode.Scalar(end)
        guard next == UInt8(ascii: ",") else { throw error("a comma or \(bracket) must be here, not \(found)") }
        let comma = self
        advance()
        try skipBlanks()
        if next == end { throw comma.error("a comma before \(bracket); remove it") }
        return true
    }

    private mutating func elements() throws(FileError) -> [JSONNode] {
        let end = UInt8(ascii: "]")
        var elements: [JSONNode] = []
        try enter()
        if next != end {
            repeat { elements.append(try value()) } while try goesOn(until: end)
        }
        leave()
        return elements
    }

    private mutating func members() throws(FileError) -> [JSONMember] {
        let end = UInt8(ascii: "}")
        var members: [JSONMember] = []
        var keys: Set<String> = []
        try enter()
        if next != end {
            repeat {
                let start = self
                guard next == UInt8(ascii: "\"") else { throw error("a key in quotes must be here, not \(found)") }
                let key = try string()
                guard keys.insert(key).inserted else { throw start.error("the key \"\(key)\" comes a second time; remove one") }
                try skipBlanks()
                guard next == UInt8(ascii: ":") else { throw error("a colon must be here, not \(found)") }
                advance()
                try skipBlanks()
                members.append(JSONMember(key: key, line: start.line, column: start.column, value: try value()))
            } while try goesOn(until: end)
        }
        leave()
        return members
    }

    // MARK: Strings

    private mutating func string() throws(FileError) -> String {
        let start = self
        advance()
        var text: [UInt8] = []
        while true {
            let plain = position
            while let byte = next, byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
                if byte & 0xC0 == 0x80 { columnOrigin += 1 }
                position += 1
            }
            text += bytes[plain..<position]
            switch next {
            case nil: throw start.error("this string does not end; close it with a quotation mark")
            case UInt8(ascii: "\""):
                advance()
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): text += String(try escape()).utf8
            case UInt8(ascii: "\n"): throw start.error("this string does not end on its line; close it, or write \\n")
            default: throw error("a control character inside a string; write it as \\u00XX")
            }
        }
    }

    private mutating func escape() throws(FileError) -> Unicode.Scalar {
        let start = self
        advance()
        guard let letter = next else { throw start.error("this escape does not end") }
        advance()
        switch letter {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): break
        default: throw start.error("an unknown escape; a backslash itself is written \\\\")
        }
        let unit = try start.hexadecimal(at: &self)
        if let scalar = Unicode.Scalar(unit) { return scalar }
        if unit < 0xDC00, next == UInt8(ascii: "\\"), position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "u") {
            moveTo(position + 2)
            let low = try start.hexadecimal(at: &self)
            if 0xDC00...0xDFFF ~= low, let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)) {
                return scalar
            }
        }
        throw start.error("half of a surrogate pair; write both halves, or the character itself")
    }
    /// Four hexadecimal digits; errors are at the escape's start, which is `self`.
    private func hexadecimal(at reader: inout JSONReader) throws(FileError) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = reader.next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw error("\\u needs four hexadecimal digits")
            }
            unit = unit << 4 | UInt32(digit)
            reader.advance()
        }
        return unit
    }

    // MARK: Numbers

    private mutating func number() throws(FileError) -> JSONNode.Value {
        let start = self
        if next == UInt8(ascii: "-") { position += 1 }
        let first = position
        try start.digits(at: &self)
        if bytes[first] == UInt8(ascii: "0") && position > first + 1 {
            throw start.error("a number may not start with a zero; remove it")
        }
        var isWhole = true
        if next == UInt8(ascii: ".") {
            isWhole = false
            position += 1
            try start.digits(at: &self)
        }
        let mantissa = bytes[first..<position]
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            isWhole = false
            position += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
            try start.digits(at: &self)
        }
        let text = String(decoding: bytes[start.position..<position], as: UTF8.self)
        if isWhole && text != "-0" {
            guard let value = Int(text) else { throw start.error("an integer beyond 64 bits; write a smaller one") }
            return .integer(value)
        }
        guard let value = Double(text), value.isFinite else {
            throw start.error("a number too large for 64 bits; write a smaller one")
        }
        let isZero = mantissa.allSatisfy { $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: ".") }
        if value == 0 && !isZero { throw start.error("a number too small for 64 bits; write 0") }
        return .number(value)
    }
    /// At least one digit; errors are at the number's start, which is `self`.
    private func digits(at reader: inout JSONReader) throws(FileError) {
        let first = reader.position
        while let byte = reader.next, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte { reader.position += 1 }
        if reader.position == first { throw error("this number is not complete; a digit must be here, not \(reader.found)") }
    }
}
