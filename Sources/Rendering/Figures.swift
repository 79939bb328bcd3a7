// Numbers for small places: few digits, alike in a column, and round ones for axes.

/// About four digits of `value`, none after the point where it is whole; with as many places as suit `size`, the greatest number that it
/// stands beside, where there is one.
public func figure(_ value: Double, besides size: Double? = nil) -> String {
    guard value.isFinite else { return value.isNaN ? "–" : value < 0 ? "−∞" : "∞" }
    if size == nil && value == value.rounded() && abs(value) < 1e6 { return decimal(value, places: 0) }
    let size = abs(size ?? value)
    // 1,234,567 becomes 1.235M: beyond six digits nobody reads them.
    if size >= 1e15 { return "\(value)" }
    if size >= 1e6 { return decimal(value / 1e6, places: size >= 1e8 ? 0 : 2) + "M" }
    if size < 0.001 && value != 0 { return scientific(value) }
    return decimal(value, places: size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : 3)
}

/// `value` with so many places after the point, and a true minus.
func decimal(_ value: Double, places: Int) -> String {
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let whole = Int((abs(value) * scale).rounded())
    let sign = value < 0 && whole > 0 ? "−" : ""
    guard places > 0 else { return "\(sign)\(whole)" }
    let fraction = String(whole % Int(scale))
    return "\(sign)\(whole / Int(scale)).\(String(repeating: "0", count: places - fraction.count))\(fraction)"
}

/// `2.5e-7`
private func scientific(_ value: Double) -> String {
    var mantissa = abs(value), exponent = 0
    while mantissa < 1 {
        mantissa *= 10
        exponent -= 1
    }
    if (mantissa * 10).rounded() >= 100 {
        mantissa /= 10
        exponent += 1
    }
    return "\(value < 0 ? "−" : "")\(decimal(mantissa, places: 1))e−\(-exponent)"
}

/// Round numbers from `low` to `high`, one, two or five times a power of ten apart, and what they are called.
struct Ticks {
    let values: [Double]
    let labels: [String]

    /// The same, with one more below `low` and above `high` where these are not round themselves.
    init(around low: Double, _ high: Double, most: Int) { self.init(from: low, to: high, most: most, isOutside: true) }

    /// - Parameters:
    ///   - most: how many there is room for, at least 2.
    ///   - isWhole: between whole numbers there is nothing to count.
    init(from low: Double, to high: Double, most: Int, isWhole: Bool = false) {
        self.init(from: low, to: high, most: most, isWhole: isWhole, isOutside: false)
    }

    private init(from low: Double, to high: Double, most: Int, isWhole: Bool = false, isOutside: Bool) {
        guard low.isFinite, high.isFinite, high > low, high - low < 1e15, abs(low) < 1e15 else {
            (values, labels) = ([], [])
            return
        }
        var step = 1.0, places = 0
        while step * Double(most - 1) < high - low { step *= 10 }
        while step / 10 * Double(most - 1) >= high - low && places < 12 {
            step /= 10
            places += step < 0.5 ? 1 : 0
        }
        for part in [5.0, 2] where step / part * Double(most - 1) >= high - low {
            places += step <= 1 ? 1 : 0
            step /= part
            break
        }
        if isWhole && step < 1 { (step, places) = (1, 0) }
        let first = (low / step).rounded(isOutside ? .down : .up), last = (high / step).rounded(isOutside ? .up : .down)
        // A range so narrow around so great a number has no round numbers in it.
        guard abs(first) < 1e15, abs(last) < 1e15 else {
            (values, labels) = ([], [])
            return
        }
        values = first <= last ? (Int(first)...Int(last)).map { Double($0) * step } : []
        labels = values.map { value in
            abs(value) >= 1e6 ? figure(value) : abs(value) >= 10_000 ? thousands(value) : decimal(value, places: places)
        }
    }
}

/// `12.5k`, `200k`
private func thousands(_ value: Double) -> String {
    let isRound = (value / 1000).rounded() * 1000 == value
    return decimal(value / 1000, places: isRound ? 0 : 1) + "k"
}
