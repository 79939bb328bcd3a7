// One axis of a chart: which numbers it spans, where its ticks are, and how they are written.

import Glibc

struct Axis: Equatable {
    enum Scale: Equatable { case linear, logarithmic }
    struct Tick: Equatable {
        let value: Double
        let label: String
    }
    let scale: Scale
    let low: Double
    let high: Double
    let ticks: [Tick]

    /// Numbers beyond lie outside of every picture: sums and differences of those within, and powers of ten around them, are finite.
    private static let limit = 1e300
    /// So that steps are normal numbers.
    private static let leastSpan = 1e-290

    /// Around `values`, from one tick to another: steps of 1, 2 or 5 times a power of ten, about `count` of them.
    ///
    /// - Parameter isTight: ends where the values end instead of at the next tick.
    init(around values: some Sequence<Double>, count: Int = 6, isTight: Bool = false) {
        let finite = values.filter(\.isFinite).map { min(max($0, -Self.limit), Self.limit) }
        var low = finite.min() ?? 0, high = finite.max() ?? 1
        if high - low < Self.leastSpan {
            // A level line lies in the middle.
            let room = low == 0 ? 1 : max(abs(low) * 0.1, Self.leastSpan)
            low -= room
            high += room
        }
        let step = Self.niceStep(high - low, count)
        scale = .linear
        let first = isTight ? (low / step).rounded(.up) : (low / step).rounded(.down)
        let last = isTight ? (high / step).rounded(.down) : (high / step).rounded(.up)
        self.low = isTight ? low : first * step
        self.high = isTight ? high : last * step
        ticks = first <= last ? (Int(first)...Int(last)).map { Self.tick(Double($0) * step, step) } : []
    }

    /// Whole powers of ten around the positive ones among `values`.
    init(logarithmicAround values: some Sequence<Double>) {
        let positive = values.filter { $0.isFinite && $0 > 0 }.map { min(max($0, 1 / Self.limit), Self.limit) }
        let first = floor(log10(positive.min() ?? 1))
        let last = max(first + 1, ceil(log10(positive.max() ?? 10)))
        scale = .logarithmic
        low = pow(10, first)
        high = pow(10, last)
        // A dozen labels are as many as anyone reads.
        let every = max(1, Int(last - first) / 12 + (Int(last - first) > 12 ? 1 : 0))
        ticks = stride(from: Int(first), through: Int(last), by: every).map {
            Tick(value: pow(10, Double($0)), label: "10\(superscript($0))")
        }
    }

    /// Where `value` lies between the ends, 0 to 1; beyond them where it lies beyond.
    func share(_ value: Double) -> Double {
        switch scale {
        case .linear: (value - low) / (high - low)
        case .logarithmic: value > 0 ? (log10(value) - log10(low)) / (log10(high) - log10(low)) : 0
        }
    }

    private static func niceStep(_ span: Double, _ count: Int) -> Double {
        let rough = span / Double(max(1, count))
        let power = pow(10, floor(log10(rough)))
        let digit = rough / power
        // The nearest of 1, 2, 5 and 10 by its logarithm.
        return (digit < 2.0.squareRoot() ? 1 : digit < 10.0.squareRoot() ? 2 : digit < 50.0.squareRoot() ? 5 : 10) * power
    }

    /// All labels of an axis have the digits that its step needs; thousands and millions of whole numbers are shortened.
    private static func tick(_ value: Double, _ step: Double) -> Tick {
        let size = abs(value)
        func trimmed(_ value: Double, _ unit: Double) -> String {
            let text = rounded(value, step >= unit ? 0 : step >= unit / 10 ? 1 : 2)
            return text.contains(".") ? String(text.reversed().drop { $0 == "0" }.drop { $0 == "." }.reversed()) : text
        }
        if value == 0 || size < step / 1000 { return Tick(value: 0, label: "0") }
        if size >= 1e15 || step < 1e-4 { return Tick(value: value, label: scientific(value)) }
        if step >= 1e5 { return Tick(value: value, label: trimmed(value / 1e6, 1e6) + " M") }
        if step >= 1000 { return Tick(value: value, label: trimmed(value / 1e3, 1e3) + " k") }
        let places = max(0, -Int(floor(log10(step) + 1e-9)))
        return Tick(value: value, label: rounded(value, places))
    }
    private static func scientific(_ value: Double) -> String {
        let exponent = Int(floor(log10(abs(value)) + 1e-9))
        let mantissa = ((value / pow(10, Double(exponent))) * 100).rounded() / 100
        return "\(plain(mantissa))·10\(superscript(exponent))"
    }
}

/// `10⁻³` without the 10.
private func superscript(_ exponent: Int) -> String {
    String("\(exponent)".map { $0 == "-" ? "⁻" : Array("⁰¹²³⁴⁵⁶⁷⁸⁹")[$0.wholeNumberValue ?? 0] })
}
