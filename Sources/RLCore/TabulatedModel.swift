// A finite MDP read once into flat arrays and checked: what planning sweeps over, and what stepping samples.
public import Kernels

/// A model that contradicts itself, in a sentence.
public struct ModelError: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String
    public init(_ description: String) { self.description = description }
}

/// The transitions of action a in state s are the entries `firsts[row] ..< firsts[row + 1]` of row = s · actionCount + a.
public final class TabulatedModel: Sendable {
    public let stateCount: Int
    public let actionCount: Int
    public let observationCount: Int
    public let layout: GridLayout?
    public let starts: [(probability: Double, state: Int)]

    /// [stateCount · actionCount + 1]
    public let firsts: Integers
    /// [transitions], in the order in which chance is drawn.
    public let probabilities: Buffer<Double>
    /// [transitions]; the state that follows.
    public let nexts: Integers
    /// [transitions]
    public let rewards: Buffer<Double>
    /// [transitions]; 1 where the future is worth nothing.
    public let terminates: Bytes
    /// [stateCount]; what a player sees.
    public let observations: Integers

    // The views above look into these.
    private let integers: [Storage<Int32>]
    private let doubles: [Storage<Double>]
    private let bytes: Storage<UInt8>

    /// - Throws: when a probability is not in [0, 1], when those of one choice do not sum to 1 (within 1e-9), or when a state or a
    ///   reward is out of range; the sentence names the state and the action.
    public init(_ model: some MDP) throws(ModelError) {
        stateCount = model.stateCount
        actionCount = model.actionCount
        observationCount = model.observationCount
        layout = model.layout
        starts = model.starts
        guard stateCount > 0 && actionCount > 0 else {
            throw ModelError("a model of \(stateCount) states and \(actionCount) actions; it needs at least one of each")
        }
        guard observationCount > 0 && observationCount <= 1 << 24 else {
            throw ModelError("a model of \(observationCount) observations; there may be 1 to \(1 << 24)")
        }
        try check(starts.map(\.probability), "the starts")
        for start in starts where !(0..<stateCount).contains(start.state) {
            throw ModelError("episodes start in state \(start.state), there are \(stateCount)")
        }
        var firsts: [Int32] = [0]
        var probabilities: [Double] = []
        var nexts: [Int32] = []
        var rewards: [Double] = []
        var terminates: [UInt8] = []
        var observations: [Int32] = []
        firsts.reserveCapacity(stateCount * actionCount + 1)
        observations.reserveCapacity(stateCount)
        for state in 0..<stateCount {
            let seen = model.observation(of: state)
            guard (0..<observationCount).contains(seen) else {
                throw ModelError("state \(state) is seen as \(seen), there are \(observationCount) observations")
            }
            observations.append(Int32(seen))
            for action in 0..<actionCount {
                let transitions = model.transitions(of: action, in: state)
                for way in transitions {
                    guard (0..<stateCount).contains(way.next), way.reward.isFinite else {
                        throw ModelError(
                            "action \(action) in state \(state) leads to state \(way.next) with reward \(way.reward); there are "
                                + "\(stateCount) states, and rewards must be finite")
                    }
                    probabilities.append(way.probability)
                    nexts.append(Int32(way.next))
                    rewards.append(way.reward)
                    terminates.append(way.terminates ? 1 : 0)
                }
                try check(probabilities[Int(firsts[firsts.count - 1])...], "action \(action) in state \(state)")
                guard let first = Int32(exactly: probabilities.count) else {
                    throw ModelError("a model of more than \(Int32.max) transitions")
                }
                firsts.append(first)
            }
        }
        integers = [firsts, nexts, observations].map { stored($0) }
        doubles = [probabilities, rewards].map { stored($0) }
        bytes = stored(terminates)
        self.firsts = integers[0].all
        self.nexts = integers[1].all
        self.observations = integers[2].all
        self.probabilities = doubles[0].all
        self.rewards = doubles[1].all
        self.terminates = bytes.all
    }

    /// The entries that belong to an action in a state.
    @inlinable public func transitions(of action: Int, in state: Int) -> Range<Int> {
        let row = state * actionCount + action
        return Int(firsts[row])..<Int(firsts[row + 1])
    }
}

extension TabulatedModel: Equatable {
    /// The same rules, number for number; the layout is how they are shown, and does not count.
    public static func == (left: TabulatedModel, right: TabulatedModel) -> Bool {
        left.stateCount == right.stateCount && left.actionCount == right.actionCount
            && left.observationCount == right.observationCount
            && left.starts.elementsEqual(right.starts) { $0.probability == $1.probability && $0.state == $1.state }
            && left.firsts.array == right.firsts.array && left.probabilities.array == right.probabilities.array
            && left.nexts.array == right.nexts.array && left.rewards.array == right.rewards.array
            && left.terminates.array == right.terminates.array && left.observations.array == right.observations.array
    }
}

private func stored<Element>(_ values: [Element]) -> Storage<Element> {
    let storage = Storage<Element>(count: values.count)
    storage.all.copy(from: values)
    return storage
}

private func check(_ probabilities: some Collection<Double>, _ what: String) throws(ModelError) {
    // Sums of many small shares come out a little above 1.
    for probability in probabilities where !(probability >= 0 && probability <= 1 + 1e-9) {
        throw ModelError("a probability of \(what) is \(probability); it must be from 0 to 1")
    }
    let sum = probabilities.reduce(0, +)
    guard abs(sum - 1) <= 1e-9 else {
        throw ModelError("the probabilities of \(what) sum to \(sum); they must sum to 1")
    }
}
