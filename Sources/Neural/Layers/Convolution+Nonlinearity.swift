// A convolution with any activation: fused where its own entry can apply it, as an entry of its own elsewhere.

extension Convolution {
    /// This layer, then what of `nonlinearity` its own entry did not apply.
    ///
    /// - Precondition: the layer was made with `nonlinearity.fused ?? .none`.
    func followed(by nonlinearity: Nonlinearity) -> any Module {
        nonlinearity.fused == nil ? Chain(self, nonlinearity) : self
    }
}
