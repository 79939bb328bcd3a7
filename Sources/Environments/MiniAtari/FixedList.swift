// A list with room for so many elements inside the value itself: it grows and shrinks without allocating.

/// Elements in order of their arrival. Equal when what is in them is.
struct FixedList<Element: BitwiseCopyable & Equatable & Sendable, let capacity: Int>: Equatable, Sendable {
    private(set) var count = 0
    private var slots: InlineArray<capacity, Element>

    /// Empty; `filler` fills the room and is never seen.
    init(filler: Element) { slots = InlineArray(repeating: filler) }

    subscript(_ index: Int) -> Element {
        @inline(__always) get {
            guard index < count else { fatalError("element \(index) of \(count)") }
            return slots[index]
        }
        @inline(__always) set {
            guard index < count else { fatalError("element \(index) of \(count)") }
            slots[index] = newValue
        }
    }
    /// What finds no room is not taken in.
    @inline(__always) mutating func append(_ element: Element) {
        guard count < capacity else { return }
        slots[count] = element
        count &+= 1
    }
    /// Later elements move up.
    @inline(__always) mutating func remove(at index: Int) {
        for later in index &+ 1..<count { slots[later &- 1] = slots[later] }
        count &-= 1
    }
    @inline(__always) mutating func removeAll() { count = 0 }
    @inline(__always) func firstIndex(where isIt: (Element) -> Bool) -> Int? {
        for index in 0..<count where isIt(slots[index]) { return index }
        return nil
    }

    static func == (a: FixedList, b: FixedList) -> Bool {
        a.count == b.count && (0..<a.count).allSatisfy { a[$0] == b[$0] }
    }
}
