// Hyperparameters that every agent with a network shares, in Stable-Baselines3's words.
public import Basics
public import Neural

extension SettingDeclaration {
    /// `activation_fn`, after every hidden layer; `Settings.activation` reads it.
    public static func activation(_ initial: String = "relu") -> SettingDeclaration {
        SettingDeclaration("activation_fn", .text(initial), .words(Activation.names), help: "what follows each hidden layer")
    }
}

extension Settings {
    /// - Precondition: `SettingDeclaration.activation` is declared; what it lets through is an activation.
    public var activation: Activation {
        guard let found = try? Activation(named: text("activation_fn")) else {
            fatalError("\"\(text("activation_fn"))\" is not one of \(Activation.names)")
        }
        return found
    }
}
