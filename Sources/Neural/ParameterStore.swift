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
    private var valueMemory: Storage<Float>?
    private var gradientMemory: Storage<Float>?
    /// By index of the parameter: what the learning rate is multiplied by, 0 where it is frozen.
    private var rates: [Float] = []
    /// What an optimizer passes over: neighbours that learn at one rate together, frozen ones left out.
    public private(set) var learningRuns: [LearningRun] = []
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
        guard valueMemory == nil else { fatalError("\"\(name)\" is reserved after the first tape was compiled on its store") }
        guard !parameters.contains(where: { $0.name == name }) else { fatalError("\"\(name)\" is reserved twice") }
        let parameter = Parameter(name: name, shape: shape, offset: count)
        staged += initializer.values(shape: shape, using: &random)
        count = roundedToVector(count + parameter.count)
        staged += Array(repeating: 0, count: count - staged.count)
        parameters.append(parameter)
        rates.append(1)
        findRuns()
        return parameter
    }

    /// Both blocks come into being with their first use, after the last `reserve`.
    public var values: Floats {
        if let valueMemory { return valueMemory.all }
        let fresh = Storage<Float>(count: count)
        fresh.all.copy(from: staged)
        staged = []
        valueMemory = fresh
        return fresh.all
    }
    public var gradients: Floats {
        if let gradientMemory { return gradientMemory.all }
        let fresh = Storage<Float>(count: count)
        gradientMemory = fresh
        return fresh.all
    }

    public func values(of parameter: Parameter) -> Floats { values.slice(parameter.offset, parameter.count) }
    public func gradients(of parameter: Parameter) -> Floats { gradients.slice(parameter.offset, parameter.count) }

    /// A store of the same layout with the same values, as a target network is.
    public func copy() -> ParameterStore {
        let other = ParameterStore()
        other.parameters = parameters
        other.count = count
        other.rates = rates
        other.learningRuns = learningRuns
        other.staged = values.array
        other.running = running.copy()
        return other
    }

    /// A store with gradients of its own over the same values: what one of several programs that share the work records on. Its
    /// running states are a copy, so that two programs never write into one place.
    public func sharingValues() -> ParameterStore {
        _ = values
        let other = ParameterStore()
        other.parameters = parameters
        other.count = count
        other.rates = rates
        other.learningRuns = learningRuns
        other.valueMemory = valueMemory
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
    /// Gradients whose norm is not finite are left as they are, for `requireFinite` to find out why.
    ///
    /// - Returns: the norm before clipping.
    public func clipGradients(toNorm limit: Float) -> Float {
        let norm = gradientNorm
        if norm > limit && norm.isFinite { OptimizerSteps.scale(gradients, by: limit / norm) }
        return norm
    }
}

/// A stretch of a store's blocks that learns at one rate.
public struct LearningRun: Hashable, Sendable {
    /// In floats.
    public let start: Int
    public let count: Int
    /// What the optimizer's learning rate is multiplied by.
    public let rate: Float
}

extension ParameterStore {
    /// The factor on the optimizer's learning rate for `parameter`; 0 where it is frozen.
    public func rate(of parameter: Parameter) -> Float { rates[index(of: parameter)] }

    /// Multiplies the optimizer's learning rate for one parameter; 0 freezes it.
    ///
    /// A frozen parameter keeps its bits, and a program compiled while it is frozen computes no gradient for it, nor for what lies
    /// only between it and the inputs. Its gradient is set to zero; a program that was compiled before goes on writing it.
    public func setRate(_ factor: Float, of parameter: Parameter) {
        guard factor >= 0 && factor.isFinite else { fatalError("\"\(parameter.name)\" cannot learn at \(factor) times the rate") }
        rates[index(of: parameter)] = factor
        if factor == 0 { gradients(of: parameter).fill(0) }
        findRuns()
    }
    /// Freezes every parameter whose name begins with `prefix`, as the layers of a torso do.
    ///
    /// - Precondition: there is one.
    public func freeze(_ prefix: String) {
        let chosen = parameters.filter { $0.name.hasPrefix(prefix) }
        guard !chosen.isEmpty else { fatalError("no parameter's name begins with \"\(prefix)\", so nothing can be frozen") }
        for parameter in chosen { setRate(0, of: parameter) }
    }
    public func isFrozen(_ parameter: Parameter) -> Bool { rate(of: parameter) == 0 }

    private func index(of parameter: Parameter) -> Int {
        guard let index = parameters.firstIndex(of: parameter) else {
            fatalError("\"\(parameter.name)\" is not a parameter of this store")
        }
        return index
    }
    private func findRuns() {
        var runs: [LearningRun] = []
        for (i, parameter) in parameters.enumerated() where rates[i] != 0 {
            let next = roundedToVector(parameter.offset + parameter.count)
            if let last = runs.last, last.rate == rates[i], last.start + last.count == parameter.offset {
                runs[runs.count - 1] = LearningRun(start: last.start, count: next - last.start, rate: last.rate)
            } else {
                runs.append(LearningRun(start: parameter.offset, count: next - parameter.offset, rate: rates[i]))
            }
        }
        learningRuns = runs
    }
}
