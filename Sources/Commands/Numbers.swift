// Numbers as people read them.

/// `23,000`
func grouped(_ value: Int) -> String {
    let digits = String(value.magnitude)
    var result = ""
    for (i, digit) in digits.enumerated() {
        if i > 0 && (digits.count - i) % 3 == 0 { result += "," }
        result.append(digit)
    }
    return (value < 0 ? "-" : "") + result
}

/// With `places` digits after the point; scientific below a half of the last of them, unless it is zero.
func rounded(_ value: Double, _ places: Int = 2) -> String {
    guard value.isFinite else { return "\(value)" }
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    guard abs(value) < 1e15 else { return "\(value)" }
    if value != 0 && abs(value) * scale < 0.5 {
        // Two digits of a small number say more than zeros.
        var exponent = 0, mantissa = value
        while abs(mantissa) < 1 {
            mantissa *= 10
            exponent -= 1
        }
        mantissa = (mantissa * 10).rounded() / 10
        return abs(mantissa) < 10 ? "\(mantissa)e\(exponent)" : "\(mantissa / 10)e\(exponent + 1)"
    }
    let whole = Int((abs(value) * scale).rounded())
    let fraction = String(whole % Int(scale))
    let sign = value < 0 && whole > 0 ? "-" : ""
    if places == 0 { return "\(sign)\(whole)" }
    return "\(sign)\(grouped(whole / Int(scale))).\(String(repeating: "0", count: places - fraction.count))\(fraction)"
}

/// With as many digits as it needs, and no fraction where it has none: `475`, `0.0025`.
func plain(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
}

/// `4.2 MiB`, `12 KiB`
func binarySize(_ bytes: Int) -> String {
    let kibibytes = Double(bytes) / 1024
    return kibibytes < 100 ? "\(Int(kibibytes.rounded(.up))) KiB" : "\(rounded(kibibytes / 1024, 1)) MiB"
}

/// `1 lane`, `2 lanes`
func counted(_ count: Int, _ noun: String) -> String { "\(grouped(count)) \(noun)\(count == 1 ? "" : "s")" }
