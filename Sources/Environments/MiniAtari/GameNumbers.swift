// The numbers of a saved game on their way back into it, each held to its range: what is loaded can be stepped and painted.

public struct GameNumbers {
    public struct Nonsense: Error {
        let description: String
    }
    private var rest: ArraySlice<Int>
    init(_ numbers: [Int]) { rest = numbers[...] }

    mutating func next(_ range: ClosedRange<Int>) throws(Nonsense) -> Int {
        guard let number = rest.popFirst() else { throw Nonsense(description: "a number is missing") }
        guard range.contains(number) else { throw Nonsense(description: "\(number) is not in \(range)") }
        return number
    }
    /// A column or a row of the screen.
    mutating func place() throws(Nonsense) -> Int { try next(0...9) }
    mutating func truth() throws(Nonsense) -> Bool { try next(0...1) == 1 }
    /// −1 or 1.
    mutating func direction() throws(Nonsense) -> Int {
        let number = try next(-1...1)
        guard number != 0 else { throw Nonsense(description: "0 is no direction") }
        return number
    }
    func end() throws(Nonsense) {
        guard rest.isEmpty else { throw Nonsense(description: "\(rest.count) numbers are left over") }
    }
}

extension Bool {
    /// 1 for true.
    var number: Int { self ? 1 : 0 }
}
