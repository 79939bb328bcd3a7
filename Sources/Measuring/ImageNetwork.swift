// The networks on images that the bench updates: a torso, then one value for each of six actions.
import Basics
import Kernels
import Neural

public struct ImageNetwork: Hashable, Sendable {
    public enum Kind: String, Sendable { case minatar, nature }

    public let kind: Kind
    public let rows: Int
    static let actions = 6

    public init(_ kind: Kind, rows: Int) {
        guard rows > 0 else { fatalError("a network for \(rows) rows") }
        self.kind = kind
        self.rows = rows
    }

    /// `nature/32`
    var name: String { "\(kind.rawValue)/\(rows)" }
    var image: Shape {
        switch kind {
        case .minatar: .image(height: 10, width: 10, channels: 4)
        case .nature: .image(height: 84, width: 84, channels: 4)
        }
    }
    /// Multiply-adds of one row, layer by layer.
    private var layerProducts: [Int] {
        switch kind {
        case .minatar: [8 * 8 * 3 * 3 * 4 * 16, 1024 * 128, 128 * ImageNetwork.actions]
        case .nature:
            [
                20 * 20 * 8 * 8 * 4 * 32, 9 * 9 * 4 * 4 * 32 * 64, 7 * 7 * 3 * 3 * 64 * 64, 3136 * 512,
                512 * ImageNetwork.actions,
            ]
        }
    }
    /// Operations of the products of one forward pass.
    var forwardOperations: Int { 2 * rows * layerProducts.reduce(0, +) }
    /// Forward, the gradient of every weight, and that of every input but the first layer's.
    var updateOperations: Int { 3 * forwardOperations - 2 * rows * layerProducts[0] }

    /// Reserves the parameters; the closure records the action values of a node that holds images.
    func network(in store: ParameterStore) -> (Node) -> Node {
        var random = RandomSource(seed: 1, key: [3])
        let torso: any Module, features: Int
        switch kind {
        case .minatar:
            let network = MinAtarCNN("q", image: image, in: store, using: &random)
            (torso, features) = (network, network.features)
        case .nature:
            let network = NatureCNN("q", image: image, in: store, using: &random)
            (torso, features) = (network, network.features)
        }
        let head = Linear("head", inputs: features, outputs: ImageNetwork.actions, in: store, using: &random)
        return { head(torso($0)) }
    }
    /// The action values of a node that holds images.
    func values(of pixels: Node, in store: ParameterStore) -> Node { network(in: store)(pixels) }

    /// Any pixels: MinAtar's are 0 or 1, Atari's 0 to 255.
    func fill(_ pixels: Bytes) {
        var random = RandomSource(seed: 2)
        for i in 0..<pixels.count { pixels[i] = UInt8(random.below(kind == .minatar ? 2 : 256)) }
    }
    var scale: Float { kind == .minatar ? 1 : 1 / 255 }
}
