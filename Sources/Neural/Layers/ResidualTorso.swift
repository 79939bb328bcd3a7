// The deep network of IMPALA: pooled convolutions and residual blocks (Espeholt et al. 2018, figure 3, right).
public import Basics
import Kernels

/// Three sections of 16, 32 and 32 filters: a convolution, a pooling that halves the image, two residual blocks; then 256 features.
public struct ResidualTorso: Module {
    /// Numbers in one row of the result.
    public let features: Int
    private let sections: [Section]
    private let dense: Linear

    private struct Section {
        let convolution: Convolution
        /// Two blocks of two convolutions.
        let blocks: [[Convolution]]
    }

    /// Reserves `NAME.S.0` (a section's convolution), `NAME.S.1` to `NAME.S.4` (its blocks') and `NAME.dense`, each with `weight` and
    /// `bias`.
    ///
    /// - Parameter image: [height, width, channels] of any size.
    public init(
        _ name: String, image: Shape, filters: [Int] = [16, 32, 32], features: Int = 256, weights: Initializer = .fanIn(),
        in store: ParameterStore, using random: inout RandomSource
    ) {
        var size = ImageSize(image, for: name)
        var sections: [Section] = []
        for (s, filters) in filters.enumerated() {
            var convolutions: [Convolution] = []
            for i in 0..<5 {
                // The first of a block is followed by ReLU; what a block adds is not.
                convolutions.append(
                    Convolution(
                        "\(name).\(s).\(i)", channels: i == 0 ? size.channels : filters, filters: filters, kernel: 3, padding: 1,
                        activation: i % 2 == 1 ? .relu : .none, weights: weights, in: store, using: &random))
            }
            sections.append(
                Section(convolution: convolutions[0], blocks: [Array(convolutions[1...2]), Array(convolutions[3...4])]))
            size.halve(filters: filters)
        }
        self.sections = sections
        self.features = features
        dense = Linear(
            "\(name).dense", inputs: size.count, outputs: features, activation: .relu, weights: weights, in: store, using: &random
        )
    }

    public func callAsFunction(_ x: Node) -> Node {
        var x = x
        for section in sections {
            x = section.convolution(x).maxPooled(kernel: 3, stride: 2, padding: 1)
            for block in section.blocks { x = x + block.reduce(x.relu()) { $1($0) } }
        }
        return dense(x.relu())
    }
}
