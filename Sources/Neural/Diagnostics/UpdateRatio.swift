// How far one update moves each parameter, and how long each gradient is.
public import Kernels

extension ParameterStore {
    /// √Σg² of each parameter, in the order of `parameters`.
    public var gradientNorms: [(parameter: Parameter, norm: Float)] {
        parameters.map { ($0, Reduction.sumOfSquares(gradients(of: $0)).squareRoot()) }
    }

    /// ‖θ − θ′‖ / ‖θ′‖ over everything that learns, θ′ being the store's `values` as they were before; what was in `old` is lost.
    public func movement(since old: Floats) -> Float {
        var length: Float = 0, moved: Float = 0
        for run in learningRuns {
            let then = old.slice(run.start, run.count)
            length += Reduction.sumOfSquares(then)
            Pointwise.subtract(values.slice(run.start, run.count), then, into: then)
            moved += Reduction.sumOfSquares(then)
        }
        return moved == 0 ? 0 : (moved / length).squareRoot()
    }
}

/// ‖Δθ‖ / ‖θ‖ of each parameter from one update to the next; about 1e-3 is healthy.
public final class UpdateRatio {
    private let before: Storage<Float>

    public init(for parameters: ParameterStore) {
        before = Storage(count: parameters.count)
        before.all.copy(from: parameters.values)
    }

    /// The ratios since the last call, or since the beginning; infinite where a parameter was zero and moved.
    public func measure(_ parameters: ParameterStore) -> [(parameter: Parameter, ratio: Float)] {
        let found = parameters.parameters.map { parameter -> (parameter: Parameter, ratio: Float) in
            let old = before.all.slice(parameter.offset, parameter.count)
            let length = Reduction.sumOfSquares(old).squareRoot()
            Pointwise.subtract(parameters.values(of: parameter), old, into: old)
            let moved = Reduction.sumOfSquares(old).squareRoot()
            return (parameter, moved == 0 ? 0 : moved / length)
        }
        before.all.copy(from: parameters.values)
        return found
    }
}
