// Numbers that live with the parameters but are not learned: the running averages of batch normalisation.
import Basics
public import Kernels

/// The address of one such tensor inside any store of the same layout.
public struct RunningState: Hashable, Sendable {
    public let name: String
    public let shape: [Int]
    /// In floats, within the block of states.
    public let offset: Int
    public var count: Int { shape.reduce(1, *) }
}

/// A block apart from what is learned, so that no optimizer ever sees it.
final class RunningStates {
    private(set) var states: [RunningState] = []
    private(set) var count = 0
    private var staged: [Float] = []
    private var memory: Storage<Float>?

    func reserve(_ name: String, _ shape: [Int], _ value: Float) -> RunningState {
        guard memory == nil else { fatalError("\"\(name)\" is reserved after its store was first used") }
        guard !states.contains(where: { $0.name == name }) else { fatalError("\"\(name)\" is reserved twice") }
        let state = RunningState(name: name, shape: shape, offset: count)
        staged += Array(repeating: value, count: state.count)
        count = roundedToVector(count + state.count)
        staged += Array(repeating: 0, count: count - staged.count)
        states.append(state)
        return state
    }

    var numbers: Floats {
        if let memory { return memory.all }
        let fresh = Storage<Float>(count: count)
        fresh.all.copy(from: staged)
        staged = []
        memory = fresh
        return fresh.all
    }

    func copy() -> RunningStates {
        let other = RunningStates()
        other.states = states
        other.count = count
        other.staged = numbers.array
        return other
    }
}

extension ParameterStore {
    /// Kept apart from what is learned: copied, blended, saved and loaded with it, but seen by no optimizer.
    public var runningStates: [RunningState] { running.states }

    /// Room for numbers that are kept but not learned, all `value` at first.
    ///
    /// - Precondition: no tape has been recorded on this store yet, and the name is new.
    public func reserveState(_ name: String, _ shape: [Int], _ value: Float) -> RunningState {
        guard !parameters.contains(where: { $0.name == name }) else { fatalError("\"\(name)\" is reserved twice") }
        return running.reserve(name, shape, value)
    }

    public func values(of state: RunningState) -> Floats { running.numbers.slice(state.offset, state.count) }

    func saveStates(into archive: inout Archive) {
        for state in running.states { archive.store(values(of: state).array, shape: state.shape, as: state.name) }
    }

    /// - Throws: when a tensor is missing, has another shape or holds a number that is not finite; then nothing has been changed.
    func loadStates(from archive: Archive) throws(ArchiveError) {
        var found: [[Float]] = []
        for state in running.states {
            let numbers = try archive.floats(state.name, count: state.count)
            if let shape = archive[state.name]?.shape, shape != state.shape {
                throw ArchiveError("\"\(state.name)\" has shape \(shape), \(state.shape) is needed")
            }
            if let bad = numbers.firstIndex(where: { !$0.isFinite }) {
                throw ArchiveError("\"\(state.name)\" holds \(numbers[bad]) at index \(bad)")
            }
            found.append(numbers)
        }
        for (state, numbers) in zip(running.states, found) { values(of: state).copy(from: numbers) }
    }

    /// Holds each gradient within −limit ... limit.
    public func clipGradients(toMagnitude limit: Float) {
        guard limit >= 0 else { fatalError("gradients are clipped to a magnitude of 0 or more, not \(limit)") }
        Comparisons.clip(gradients, low: -limit, high: limit, into: gradients)
    }
}
