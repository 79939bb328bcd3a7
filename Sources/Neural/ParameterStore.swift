// Every number that is learned, and its gradient: two contiguous blocks of the same layout.
public import Basics
public import Kernels

/// The address of one learned tensor inside any store of the same layout.
public struct Parameter: Hashable, Sendable {
    public let name: String
    /// Row-major; weights are [inputs, outputs] or [kernel, kernel, channels, filters].
    public let shape: [Int]
    /// In floats, a multiple of 16.
    public let offset: Int
    public var count: Int { shape.reduce(1, *) }
}

public final class ParameterStore {
    public private(set) var parameters: [Parameter] = []
    private var staged: [Float] = []
    private var memory: Storage<Float>?
    /// What is kept with the parameters but not learned.
    private(set) var running = RunningStates()

    public init() {}

    /// Floats in each block, the padding between parameters (always zero) included.
    public private(set) var count = 0

    /// Room for one tensor, filled by `initializer`.
    ///
    /// - Precondition: no tape has been recorded on this store yet, and the name is new.
    public func reserve(
        _ name: String, _ shape: [Int], _ initializer: Initializer, using random: inout RandomSource
    ) -> Parameter {
        guard memory == nil else { fatalError("\"\(name)\" is reserved after the first tape was compiled on its store") }
        guard !parameters.contains(where: { $0.name == name }) else { fatalError("\"\(name)\" is reserved twice") }
        let parameter = Parameter(name: name, shape: shape, offset: count)
        staged += initializer.values(shape: shape, using: &random)
        count = roundedToVector(count + parameter.count)
        staged += Array(repeating: 0, count: count - staged.count)
        parameters.append(parameter)
        return parameter
    }

    /// Both blocks; they come into being with the first tape, after the last `reserve`.
    private var blocks: Floats {
        if let memory { return memory.all }
        let fresh = Storage<Float>(count: 2 * count)
        fresh.all.slice(0, count).copy(from: staged)
        staged = []
        memory = fresh
        return fresh.all
    }
    public var values: Floats { blocks.slice(0, count) }
    public var gradients: Floats { blocks.slice(count, count) }

    public func values(of parameter: Parameter) -> Floats { values.slice(parameter.offset, parameter.count) }
    public func gradients(of parameter: Parameter) -> Floats { gradients.slice(parameter.offset, parameter.count) }

    /// A store of the same layout with the same values, as a target network is.
    public func copy() -> ParameterStore {
        let other = ParameterStore()
        other.parameters = parameters
        other.count = count
        other.staged = values.array
        other.running = running.copy()
        return other
    }

    /// θ ← θ′, running states included.
    public func copyValues(from other: ParameterStore) {
        values.copy(from: other.values)
        running.numbers.copy(from: other.running.numbers)
    }

    /// θ ← (1 − τ)θ + τθ′ in one pass, and running states likewise.
    public func blend(toward other: ParameterStore, by tau: Float) {
        if tau == 1 { return copyValues(from: other) }
        OptimizerSteps.blend(values, toward: other.values, by: tau)
        OptimizerSteps.blend(running.numbers, toward: other.running.numbers, by: tau)
    }

    /// √Σg² over all gradients.
    public var gradientNorm: Float { Reduction.sumOfSquares(gradients).squareRoot() }

    /// Scales the gradients so that their norm is at most `limit` (Pascanu et al. 2013, algorithm 1).
    ///
    /// - Returns: the norm before clipping.
    public func clipGradients(toNorm limit: Float) -> Float {
        let norm = gradientNorm
        if norm > limit { OptimizerSteps.scale(gradients, by: limit / norm) }
        return norm
    }
}

extension ParameterStore {
    /// Each tensor under its name and shape.
    public func save(into archive: inout Archive) {
        for parameter in parameters { archive.store(values(of: parameter).array, shape: parameter.shape, as: parameter.name) }
        saveStates(into: &archive)
    }

    /// - Throws: when a tensor is missing or has another shape; then nothing has been changed.
    public func load(from archive: Archive) throws(ArchiveError) {
        for parameter in parameters {
            let found = try archive.floats(parameter.name, count: parameter.count)
            if let shape = archive[parameter.name]?.shape, shape != parameter.shape {
                throw ArchiveError("\"\(parameter.name)\" has shape \(shape), \(parameter.shape) is needed")
            }
            if let bad = found.firstIndex(where: { !$0.isFinite }) {
                throw ArchiveError("\"\(parameter.name)\" holds \(found[bad]) at index \(bad)")
            }
        }
        try loadStates(from: archive)
        for parameter in parameters {
            values(of: parameter).copy(from: try archive.floats(parameter.name, count: parameter.count))
        }
    }
}
