// Numbers as a sentence has them.

/// Three digits that count: `0.0123`, `475`, `1.23e-07`.
func significant(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return value == 0 ? "0" : "\(value)" }
    var exponent = 0, mantissa = abs(value)
    while mantissa >= 10 {
        mantissa /= 10
        exponent += 1
    }
    while mantissa < 1 {
        mantissa *= 10
        exponent -= 1
    }
    let digits = Int((mantissa * 100).rounded())
    let sign = value < 0 ? "-" : ""
    guard (-4..<6).contains(exponent) else {
        return "\(sign)\(Double(digits) / 100)e\(exponent)"
    }
    // Through the digits, so that no rounding error of a power of ten is shown.
    let scaled = exponent >= 2 ? Double(digits) * powerOfTen(exponent - 2) : Double(digits) / powerOfTen(2 - exponent)
    return sign + (scaled == scaled.rounded() ? "\(Int(scaled))" : "\(scaled)")
}

private func powerOfTen(_ exponent: Int) -> Double { (0..<exponent).reduce(1.0) { power, _ in power * 10 } }
