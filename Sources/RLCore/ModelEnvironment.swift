// A world that steps by sampling its model, so that the model and the simulator cannot disagree.
public import Basics
public import Kernels

/// Tabulates a model once; copies share the table, and stepping touches one row of it.
///
/// One uniform draw a step and one a reset, even where nothing is left to chance: the first outcome whose running sum of
/// probabilities (left to right, in Double) exceeds the draw happens, outcome 0 if none does. That is Gymnasium's
/// `categorical_sample`, so from the same seed both take the same way.
@frozen public struct ModelEnvironment<Model: MDP>: Environment {
    @usableFromInline let table: SamplingTable
    // Views into the table, kept here so that a step does not go through the object.
    @usableFromInline let rows: Buffer<UInt64>
    @usableFromInline let views: Floats
    @usableFromInline let stride: Int
    @usableFromInline let actionCount: Int
    @usableFromInline var here: Int
    /// The number of the model's state, also where less is seen.
    public var modelState: Int { here }

    /// - Throws: when the model contradicts itself.
    public init(_ model: Model) throws(ModelError) {
        table = SamplingTable(try TabulatedModel(model)) { model.draw($0, on: &$1) }
        rows = table.rows.all
        views = table.views.all
        stride = table.stride
        actionCount = table.actionCount
        here = Int(table.startStates[0])
    }

    /// The number of a state, or of what is seen of it: a row is one float.
    public var observationSpace: Space { .discrete(table.observationCount) }
    public var actionSpace: Space { .discrete(actionCount) }

    @inlinable public mutating func reset(using random: inout RandomSource) {
        here = table.start(draw: random.next() >> 11)
    }

    /// - Precondition: the action is one of the model's.
    @inlinable public mutating func step(_ action: Action, using random: inout RandomSource) -> Outcome {
        let action = action.index
        if action < 0 || action >= actionCount { refuse(action) }
        let draw = random.next() >> 11
        let row = (here * actionCount + action) * 2 * stride
        // The bounds rise along the row, so the first above the draw is as far in as there are bounds at or below it.
        var chosen = 0
        for i in 0..<(stride - 1) { chosen += rows[row + i] <= draw ? 1 : 0 }
        let outcome = PackedOutcome(bits: rows[row + stride + chosen])
        here = outcome.next
        return Outcome(reward: outcome.reward, ending: outcome.terminates ? .terminated : .running)
    }

    /// Puts the world into a state of the model, as if it had got there by itself.
    ///
    /// - Precondition: the model has that state.
    public mutating func place(in state: Int) {
        guard (0..<table.stateCount).contains(state) else {
            fatalError("state \(state) was asked for, there are \(table.stateCount)")
        }
        here = state
    }

    @inlinable @inline(__always) public func observe(into row: inout MutableSpan<Float>) { row[0] = views[here] }

    public func draw(on scene: inout Scene) { table.drawer(here, &scene) }

    /// The number of the model's state, hidden parts included.
    public var state: [Double] { [Double(here)] }

    public func save(into archive: inout Archive) { archive.store(here, as: "state") }
    public mutating func load(from archive: Archive) throws(ArchiveError) {
        let found = try archive.integer("state")
        guard (0..<table.stateCount).contains(found) else {
            throw ArchiveError("state \(found) was saved, this world has \(table.stateCount)")
        }
        here = found
    }

    public static func == (left: Self, right: Self) -> Bool {
        left.here == right.here && (left.table === right.table || left.table == right.table)
    }

    @usableFromInline @inline(never) func refuse(_ action: Int) -> Never {
        fatalError("action \(action) was taken, there are \(actionCount)")
    }
}

/// Next state (bits 0 to 30), whether the episode ends (bit 31), and the reward as a float (bits 32 to 63).
@frozen @usableFromInline struct PackedOutcome {
    @usableFromInline let bits: UInt64
    @inlinable init(bits: UInt64) { self.bits = bits }
    init(next: Int32, terminates: Bool, reward: Float) {
        bits = UInt64(reward.bitPattern) << 32 | (terminates ? 1 << 31 : 0) | UInt64(next)
    }
    @inlinable var next: Int { Int(bits & 0x7FFF_FFFF) }
    @inlinable var terminates: Bool { bits & 0x8000_0000 != 0 }
    @inlinable var reward: Float { Float(bitPattern: UInt32(truncatingIfNeeded: bits >> 32)) }
}

/// A row of `stride` bounds and `stride` outcomes for each action in each state: up to four outcomes lie in one cache line.
///
/// A uniform draw is k · 2⁻⁵³ with a whole k, so "running sum > draw" is "⌈running sum · 2⁵³⌉ > k", exactly: a bound is that
/// whole number. Rows are filled up with outcome 0 behind a bound that no draw reaches, which is also where a draw lands when
/// the sum stays below 1.
@usableFromInline final class SamplingTable: Sendable, Equatable {
    @usableFromInline let rows: Storage<UInt64>
    /// [stateCount]; what is seen of each state.
    let views: Storage<Float>
    /// Bounds of the running sum over `startStates`.
    @usableFromInline let startBounds: [UInt64]
    @usableFromInline let startStates: [Int32]
    let stride: Int
    let stateCount: Int
    let actionCount: Int
    let observationCount: Int
    /// How the model draws a state; no part of what makes two tables equal.
    let drawer: @Sendable (Int, inout Scene) -> Void

    init(_ model: TabulatedModel, drawer: @escaping @Sendable (Int, inout Scene) -> Void) {
        self.drawer = drawer
        stateCount = model.stateCount
        actionCount = model.actionCount
        observationCount = model.observationCount
        startBounds = bounds(model.starts.map(\.probability))
        startStates = model.starts.map { Int32($0.state) }

        var widest = 1
        for row in 0..<(stateCount * actionCount) {
            let entries = Int(model.firsts[row])..<Int(model.firsts[row + 1])
            let falls = model.probabilities.slice(entries.lowerBound, entries.count).array.reduce(0, +) < 1
            widest = max(widest, entries.count + (falls ? 1 : 0))
        }
        // Powers of two up to a line, whole lines above.
        stride = widest <= 2 ? widest : (widest + 3) / 4 * 4
        rows = Storage(count: stateCount * actionCount * 2 * stride)
        views = Storage(count: stateCount)
        for state in 0..<stateCount { views.all[state] = Float(model.observations[state]) }
        for row in 0..<(stateCount * actionCount) {
            let first = Int(model.firsts[row])
            let count = Int(model.firsts[row + 1]) - first
            let sums = bounds(model.probabilities.slice(first, count).array)
            for i in 0..<stride {
                let entry = first + (i < count ? i : 0)
                rows.all[row * 2 * stride + i] = i < count ? sums[i] : .max
                rows.all[row * 2 * stride + stride + i] =
                    PackedOutcome(
                        next: model.nexts[entry], terminates: model.terminates[entry] != 0, reward: Float(model.rewards[entry])
                    ).bits
            }
        }
    }

    /// The state in which an episode starts; `draw` is below 2⁵³.
    @inlinable func start(draw: UInt64) -> Int {
        var low = 0
        var high = startBounds.count
        while low < high {
            let middle = (low + high) / 2
            if startBounds[middle] > draw { high = middle } else { low = middle + 1 }
        }
        return Int(startStates[low == startStates.count ? 0 : low])
    }

    @usableFromInline static func == (left: SamplingTable, right: SamplingTable) -> Bool {
        left.stateCount == right.stateCount && left.actionCount == right.actionCount
            && left.observationCount == right.observationCount && left.startBounds == right.startBounds
            && left.startStates == right.startStates && left.views.all.array == right.views.all.array
            && left.rows.all.array == right.rows.all.array
    }
}

/// ⌈running sum · 2⁵³⌉ for each probability.
private func bounds(_ probabilities: [Double]) -> [UInt64] {
    var sum = 0.0
    return probabilities.map {
        sum += $0
        return UInt64((sum * 9007199254740992.0).rounded(.up))
    }
}
