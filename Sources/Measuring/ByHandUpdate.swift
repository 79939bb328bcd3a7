// The same update without a tape: the kernels called one after the other, the rival that says what a tape costs.
import Basics
import Kernels
public import Neural

/// Three dense layers, written out; the same numbers in the same order as `TapeUpdate`, bit for bit.
public final class ByHandUpdate {
    public let parameters = ParameterStore()
    private let rows: Int
    private let inputs: Int, first: Int, second: Int, outputs: Int
    private let optimizer: Adam
    private let memory: Storage<Float>
    private let x: Floats, y1: Floats, y2: Floats, q: Floats
    private let d1: Floats, d2: Floats, dq: Floats
    private let action: Floats, target: Floats, difference: Floats, loss: Floats, slope: Floats, scratch: Floats
    private let w1: Weights, w2: Weights, w3: Weights

    /// A layer's weights and bias, and their gradients.
    private struct Weights {
        let w: Floats, b: Floats, dw: Floats, db: Floats
        init(_ layer: Int, in store: ParameterStore) {
            let weight = store.parameters[2 * layer], bias = store.parameters[2 * layer + 1]
            w = store.values(of: weight)
            b = store.values(of: bias)
            dw = store.gradients(of: weight)
            db = store.gradients(of: bias)
        }
    }

    /// - Precondition: two hidden layers.
    public init(_ network: QNetwork) {
        guard network.widths.count == 4 else { fatalError("written out for two hidden layers, not for widths \(network.widths)") }
        rows = network.rows
        inputs = network.widths[0]
        first = network.widths[1]
        second = network.widths[2]
        outputs = network.widths[3]
        _ = network.record(in: parameters)
        optimizer = Adam(for: parameters)
        let scratchCount =
            zip(network.widths, network.widths.dropFirst()).map { Dense.scratchCount(inputs: $0, outputs: $1) }.max() ?? 0
        let counts =
            [inputs, first, second, outputs, first, second, outputs, 1, 1, 1, 1, 1].map { $0 * network.rows } + [scratchCount]
        var starts = [0]
        for count in counts { starts.append(roundedToVector(starts[starts.count - 1] + count)) }
        let memory = Storage<Float>(count: starts[starts.count - 1])
        let cut = counts.indices.map { memory.all.slice(starts[$0], counts[$0]) }
        self.memory = memory
        (x, y1, y2, q, d1, d2, dq) = (cut[0], cut[1], cut[2], cut[3], cut[4], cut[5], cut[6])
        (action, target, difference, loss, slope, scratch) = (cut[7], cut[8], cut[9], cut[10], cut[11], cut[12])
        w1 = Weights(0, in: parameters)
        w2 = Weights(1, in: parameters)
        w3 = Weights(2, in: parameters)
        network.fill(observations: x, actions: action, targets: target)
    }

    /// - Returns: the loss before the step.
    @discardableResult public func update() -> Float {
        Dense.forward(x, w1.w, w1.b, into: y1, rows: rows, inputs: inputs, outputs: first, .relu, scratch: scratch)
        Dense.forward(y1, w2.w, w2.b, into: y2, rows: rows, inputs: first, outputs: second, .relu, scratch: scratch)
        Dense.forward(y2, w3.w, w3.b, into: q, rows: rows, inputs: second, outputs: outputs, .none, scratch: scratch)
        Reduction.pick(q, width: outputs, action, into: difference)
        Pointwise.subtract(difference, target, into: difference)
        Pointwise.huber(difference, threshold: 1, into: loss)
        let mean = Reduction.sum(loss) / Float(rows)

        slope.fill(1 / Float(rows))
        Pointwise.huberGradient(difference, slope, threshold: 1, beta: 0, into: slope)
        Reduction.pickGradient(slope, width: outputs, action, beta: 0, into: dq)
        Dense.epilogue(dq, q, rows: rows, outputs: outputs, .none, db: w3.db, beta: 0)
        Dense.inputs(dq, w3.w, into: d2, rows: rows, inputs: second, outputs: outputs, beta: 0, scratch: scratch)
        Dense.weights(y2, dq, into: w3.dw, rows: rows, inputs: second, outputs: outputs, beta: 0, scratch: scratch)
        Dense.epilogue(d2, y2, rows: rows, outputs: second, .relu, db: w2.db, beta: 0)
        Dense.inputs(d2, w2.w, into: d1, rows: rows, inputs: first, outputs: second, beta: 0, scratch: scratch)
        Dense.weights(y1, d2, into: w2.dw, rows: rows, inputs: first, outputs: second, beta: 0, scratch: scratch)
        Dense.epilogue(d1, y1, rows: rows, outputs: first, .relu, db: w1.db, beta: 0)
        Dense.weights(x, d1, into: w1.dw, rows: rows, inputs: inputs, outputs: first, beta: 0, scratch: scratch)
        optimizer.apply(to: parameters, learningRate: 1e-3)
        return mean
    }
}
