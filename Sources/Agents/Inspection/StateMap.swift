// States laid out in a plane as a hidden layer of a network sees them.
public import Basics
import Neural

public struct StateMap: Sendable {
    /// [inputs]: along the two directions in which the layer's numbers differ most.
    public let components: [SIMD2<Double>]
    /// Of the layer's variance, along each of these directions; one where the numbers lie on a line.
    public let varianceShares: [Double]
    /// [inputs]: such that neighbours stay neighbours, by t-SNE.
    public let neighbours: [SIMD2<Double>]

    /// Nil where the layer says the same of all inputs.
    ///
    /// - Parameters:
    ///   - inputs: of the network's width, at least one.
    ///   - layer: of the lens's layers.
    public init?(_ lens: NetworkLens, _ inputs: [[Float]], layer: Int, using random: inout RandomSource) {
        let rows = inputs.map { input -> [Double] in
            lens.show(input)
            return lens.activations(of: layer).map { Double($0) }
        }
        let found = PrincipalComponents(rows, count: 2)
        guard !found.directions.isEmpty else { return nil }
        components = rows.map { row in
            let at = found.coordinates(of: row)
            return SIMD2(at[0], at.count > 1 ? at[1] : 0)
        }
        varianceShares = found.variances.map { $0 / found.totalVariance }
        neighbours = NeighbourMap(rows, using: &random).places
    }
}
