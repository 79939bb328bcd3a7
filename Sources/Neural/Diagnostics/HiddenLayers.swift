// The hidden layers of a recorded network, found on the tape: what every layer with weights reads that is no input.
import Basics

/// Numbers between an input and an answer, and the weights that made them.
public struct HiddenLayer {
    /// That of the weights, without their last word: `q.0` of `q.0.weight`.
    public let name: String
    public let node: Node
    /// Of the layer itself: [inputs, outputs], [kernel, kernel, channels, filters], or a table [entries, width].
    public let weights: Parameter
}

extension Tape {
    /// The hidden layers that `node` depends on, in the order of recording: activations included, whatever they are.
    public func hiddenLayers(of node: Node) -> [HiddenLayer] {
        var reached = [Bool](repeating: false, count: records.count)
        reached[node.index] = true
        var found: [Int: HiddenLayer] = [:]
        for index in records.indices.reversed() where reached[index] {
            guard case .entry(let primitive, let operands) = records[index].source else { continue }
            for operand in operands { reached[operand] = true }
            guard primitive is Affine || primitive is Convolve || primitive is DepthwiseConvolve, let first = operands.first,
                let weights = weights(behind: first)
            else { continue }
            let name = weights.name.split(separator: ".").dropLast().joined(separator: ".")
            found[first] = HiddenLayer(
                name: name, node: Node(tape: self, index: first, shape: records[first].shape), weights: weights)
        }
        return found.sorted { $0.key < $1.key }.map(\.value)
    }

    /// The largest tensor of the nearest entry with parameters, back along first operands: a layer's weights, past what follows them.
    private func weights(behind index: Int) -> Parameter? {
        var index = index
        while case .entry(_, let operands) = records[index].source {
            let tensors = operands.compactMap { operand -> Parameter? in
                if case .parameter(let parameter) = records[operand].source { parameter } else { nil }
            }
            // A normalisation has gains and shifts, which are vectors; the layer before it is meant.
            if let weights = tensors.first(where: { $0.shape.count > 1 }) { return weights }
            guard let next = operands.first(where: { if case .entry = records[$0].source { true } else { false } }) else {
                return nil
            }
            index = next
        }
        return nil
    }
}
