// Every activation by name: what a layer or a preset may ask for.
public import Basics
import Kernels

/// Fused into the entry of the layer before it where that can apply it, an entry of its own elsewhere; also a layer by itself.
public enum Activation: Hashable, Sendable, Module {
    case none, relu, tanh, sigmoid, softplus, silu, dsilu, gelu
    case leakyReLU(slope: Float = 0.01)
    case elu(alpha: Float = 1)

    /// The names that presets use; the parameterised ones have their usual parameter.
    public static let names = ["none", "relu", "tanh", "sigmoid", "softplus", "silu", "dsilu", "gelu", "leaky_relu", "elu"]

    /// - Throws: an error that names the nearest activation there is.
    public init(named name: String) throws(UnknownName) {
        switch name {
        case "none": self = .none
        case "relu": self = .relu
        case "tanh": self = .tanh
        case "sigmoid": self = .sigmoid
        case "softplus": self = .softplus
        case "silu": self = .silu
        case "dsilu": self = .dsilu
        case "gelu": self = .gelu
        case "leaky_relu": self = .leakyReLU()
        case "elu": self = .elu()
        default: throw UnknownName("activation", name, known: Activation.names)
        }
    }

    public func callAsFunction(_ x: Node) -> Node { applied(to: x, file: #fileID, line: #line) }

    /// Records an entry of its own at the caller's line; `.none` records nothing.
    func applied(to x: Node, file: StaticString, line: UInt) -> Node {
        switch self {
        case .none: x
        case .relu: x.relu(file: file, line: line)
        case .tanh: x.tanh(file: file, line: line)
        case .sigmoid: x.sigmoid(file: file, line: line)
        case .softplus: x.softplus(file: file, line: line)
        case .silu: x.silu(file: file, line: line)
        case .dsilu: x.dsilu(file: file, line: line)
        case .gelu: x.gelu(file: file, line: line)
        case .leakyReLU(let slope): x.leakyReLU(slope: slope, file: file, line: line)
        case .elu(let alpha): x.elu(alpha: alpha, file: file, line: line)
        }
    }

    /// Records a layer with this activation: fused into the layer's own entry where that can apply it, after it otherwise.
    func following(file: StaticString, line: UInt, _ layer: (FusedActivation) -> Node) -> Node {
        switch self {
        case .none: layer(.none)
        case .relu: layer(.relu)
        case .tanh: layer(.tanh)
        default: applied(to: layer(.none), file: file, line: line)
        }
    }
}

extension FusedActivation {
    /// See `Primitive.unitRange`.
    var unitRange: UnitRange? {
        switch self {
        case .none: nil
        case .relu: .rectified
        case .tanh: .bounded(low: -1, high: 1)
        }
    }
}
