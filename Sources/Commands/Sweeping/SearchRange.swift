// One hyperparameter of a sweep and the values it may take: `learning_rate=1e-4..1e-1:log`, `batch_size=32..256`, `double=true|false`.

import Basics

struct SearchRange: Equatable {
    enum Values: Equatable {
        case between(Double, Double, isLogarithmic: Bool)
        case whole(Int, Int, isLogarithmic: Bool)
        case words([String])
    }
    let key: String
    let values: Values
    /// As it stood on the command line.
    let text: String

    /// - Throws: `UsageError` for what is no range, `SettingError` for a key or value that the algorithm does not know.
    init(_ text: String, for settings: Settings) throws {
        self.text = text
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else { throw UsageError("--over needs KEY=LOW..HIGH[:log] or KEY=A|B, got \"\(text)\"") }
        key = parts[0]
        let declaration = try settings.declaration(key)
        if parts[1].contains("|") {
            let words = parts[1].split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            for word in words { _ = try declaration.parse(word) }
            values = .words(words)
            return
        }
        let isLogarithmic = parts[1].hasSuffix(":log")
        let range = isLogarithmic ? String(parts[1].dropLast(4)) : parts[1]
        guard let dots = range.firstRange(of: "..") else {
            throw UsageError("--over needs KEY=LOW..HIGH[:log] or KEY=A|B, got \"\(text)\"")
        }
        let low = try declaration.parse(String(range[..<dots.lowerBound]))
        let high = try declaration.parse(String(range[dots.upperBound...]))
        switch (low, high) {
        case (.number(let low), .number(let high)):
            try Self.check(low, high, isLogarithmic, text)
            guard (high - low).isFinite else { throw UsageError("--over spans more than a number can hold, got \"\(text)\"") }
            values = .between(low, high, isLogarithmic: isLogarithmic)
        case (.integer(let low), .integer(let high)):
            guard low >= -Self.greatestWhole, high <= Self.greatestWhole else {
                throw UsageError("--over draws whole numbers of \(Self.greatestWhole) at the most, got \"\(text)\"")
            }
            try Self.check(Double(low), Double(high), isLogarithmic, text)
            values = .whole(low, high, isLogarithmic: isLogarithmic)
        default: throw UsageError("--over \(key) is no number; list its values as \(key)=A|B")
        }
    }

    /// Up to here whole numbers are exact as Double too: 2⁵³.
    private static let greatestWhole = 9_007_199_254_740_992

    private static func check(_ low: Double, _ high: Double, _ isLogarithmic: Bool, _ text: String) throws(UsageError) {
        guard low < high else { throw UsageError("--over needs a range that grows, got \"\(text)\"") }
        guard !isLogarithmic || low > 0 else { throw UsageError("a range in log space is above 0, got \"\(text)\"") }
    }

    /// A value as `--set` reads it; numbers keep four digits, which no result depends on more finely.
    func draw(using random: inout RandomSource) -> String {
        switch values {
        case .between(let low, let high, let isLogarithmic):
            let value = isLogarithmic ? random.logUniform(low, high) : random.uniform(low, high)
            return "\(min(high, max(low, fourDigits(value))))"
        case .whole(let low, let high, let isLogarithmic):
            guard isLogarithmic else { return "\(low + random.below(high - low + 1))" }
            return "\(min(high, max(low, Int(random.logUniform(Double(low), Double(high) + 1)))))"
        case .words(let words): return words[random.below(words.count)]
        }
    }
}

private func fourDigits(_ value: Double) -> Double {
    // Next to nothing has no four digits that a power of ten could bring before the point.
    guard abs(value) > 1e-290, value.isFinite else { return value }
    var power = 1.0
    while abs(value) * power < 1000 { power *= 10 }
    while abs(value) * power >= 10_000 { power /= 10 }
    // Divided by a power of ten, not multiplied by its inverse: the quotient is the nearest number to four digits.
    return (value * power).rounded() / power
}
