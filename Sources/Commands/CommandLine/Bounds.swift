// The ranges that an option's value may be limited to: `in: 1...` and `in: 0...1`.

/// A range that can be tested and said in words.
public protocol OptionBounds<Bound> {
    associatedtype Bound
    func contains(_ value: Bound) -> Bool
    /// To follow "must be": `1 or more`.
    var words: String { get }
}

extension PartialRangeFrom: OptionBounds where Bound: ArgumentValue {
    public var words: String { "\(lowerBound.argumentText) or more" }
}

extension ClosedRange: OptionBounds where Bound: ArgumentValue {
    public var words: String { "from \(lowerBound.argumentText) to \(upperBound.argumentText)" }
}
