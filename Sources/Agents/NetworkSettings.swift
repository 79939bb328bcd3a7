// Hyperparameters that every agent with a network shares, in Stable-Baselines3's words.
import Basics
import Neural

extension SettingDeclaration {
    /// `activation_fn`, after every hidden layer; `Settings.activation` reads it.
    static func activation(_ initial: String = "relu") -> SettingDeclaration {
        SettingDeclaration("activation_fn", .text(initial), .words(Activation.names), help: "what follows each hidden layer")
    }
}

extension Settings {
    /// - Precondition: `SettingDeclaration.activation` is declared; what it lets through is an activation.
    var activation: Activation { activation("activation_fn") }

    /// - Precondition: `key` is declared with `Activation.names` as its words.
    func activation(_ key: String) -> Activation {
        guard let found = try? Activation(named: text(key)) else {
            fatalError("\"\(text(key))\" is not one of \(Activation.names)")
        }
        return found
    }
    func activationIfDeclared(_ key: String) -> Activation? {
        declarations.contains { $0.key == key } ? activation(key) : nil
    }
}
