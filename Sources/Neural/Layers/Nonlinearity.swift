// Every activation by name: what a preset may ask for, as a layer of its own.
public import Basics
public import Kernels

/// Applied as an entry of its own, or fused into the dense layer before it where `fused` says how.
public enum Nonlinearity: Hashable, Sendable, Module {
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
        default: throw UnknownName("activation", name, known: Nonlinearity.names)
        }
    }

    /// How a dense layer's own entry applies it, or nil where it needs an entry of its own.
    public var fused: Activation? {
        switch self {
        case .none: Activation.none
        case .relu: .relu
        case .tanh: .tanh
        default: nil
        }
    }

    public func callAsFunction(_ x: Node) -> Node {
        switch self {
        case .none: x
        case .relu: x.relu()
        case .tanh: x.tanh()
        case .sigmoid: x.sigmoid()
        case .softplus: x.softplus()
        case .silu: x.silu()
        case .dsilu: x.dsilu()
        case .gelu: x.gelu()
        case .leakyReLU(let slope): x.leakyReLU(slope: slope)
        case .elu(let alpha): x.elu(alpha: alpha)
        }
    }
}
