// The actions of an episode in as few bytes as their space allows.
import Basics
import Kernels
public import RLCore

/// Discrete actions take ⌈log₂ n⌉ bits each, the first in the lowest bits of the first byte; continuous ones a little-endian float32
/// for each dimension.
struct PackedActions: Hashable, Sendable {
    let space: Space
    /// What one action takes.
    let bitsEach: Int

    init(_ space: Space) {
        self.space = space
        bitsEach = if case .discrete(let count) = space { count.bitsForChoices } else { 32 * space.shape.count }
    }

    func byteCount(of steps: Int) -> Int { (steps * bitsEach + 7) / 8 }

    func pack(_ actions: [RecordedAction]) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: byteCount(of: actions.count))
        var place = 0
        for word in actions.flatMap(words) {
            for bit in 0..<word.bits {
                if word.value >> UInt64(bit) & 1 == 1 { bytes[place >> 3] |= 1 << UInt8(place & 7) }
                place += 1
            }
        }
        return bytes
    }

    /// - Returns: nil when the bytes are not those of `steps` actions of this space.
    func unpack(_ bytes: [UInt8], steps: Int) -> [RecordedAction]? {
        guard bytes.count == byteCount(of: steps) else { return nil }
        var place = 0
        func take(_ bits: Int) -> UInt64 {
            var value: UInt64 = 0
            for bit in 0..<bits {
                if bytes[place >> 3] >> UInt8(place & 7) & 1 == 1 { value |= 1 << UInt64(bit) }
                place += 1
            }
            return value
        }
        var actions: [RecordedAction] = []
        actions.reserveCapacity(steps)
        for _ in 0..<steps {
            if case .discrete(let count) = space {
                let index = Int(take(bitsEach))
                guard index < count else { return nil }
                actions.append(.discrete(index))
            } else {
                let values = (0..<space.shape.count).map { _ in Float(bitPattern: UInt32(take(32))) }
                guard values.allSatisfy(\.isFinite) else { return nil }
                actions.append(.continuous(values))
            }
        }
        // What is left of the last byte is nothing.
        guard take(bytes.count * 8 - place) == 0 else { return nil }
        return actions
    }

    private func words(_ action: RecordedAction) -> [(value: UInt64, bits: Int)] {
        switch action {
        case .discrete(let index): [(UInt64(index), bitsEach)]
        case .continuous(let values): values.map { (UInt64($0.bitPattern), 32) }
        }
    }
}

/// An action as a value of its own.
public enum RecordedAction: Hashable, Sendable {
    case discrete(Int)
    case continuous([Float])

    public init(_ actions: Actions, lane: Int) {
        self =
            actions.indices.count > 0
            ? .discrete(Int(actions.indices[lane]))
            : .continuous(actions.values.slice(lane * actions.width, actions.width).array)
    }
    public func write(to actions: Actions, lane: Int) {
        switch self {
        case .discrete(let index): actions.indices[lane] = Int32(index)
        case .continuous(let values): actions.values.slice(lane * actions.width, actions.width).copy(from: values)
        }
    }
}

extension Int {
    /// Bits that tell this many choices apart: 0 for one.
    fileprivate var bitsForChoices: Int { self <= 1 ? 0 : Int.bitWidth - (self - 1).leadingZeroBitCount }
}
