// Numbers as a sentence has them.

/// Three digits that count: `0.0123`, `1.23e+05`.
func significant(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return value == 0 ? "0" : "\(value)" }
    var power = 1.0
    while abs(value) * power < 100 { power *= 10 }
    while abs(value) * power >= 1000 { power /= 10 }
    let rounded = (value * power).rounded() / power
    return rounded == rounded.rounded() && abs(rounded) < 1e6 ? "\(Int(rounded))" : "\(rounded)"
}
