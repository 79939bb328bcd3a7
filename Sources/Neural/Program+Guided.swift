// Guided back-propagation: a backward pass that only follows what speaks for the answer, for pictures of what a network looks at.
import Kernels

extension Program {
    /// Forward, then backward, with every negative gradient that arrives at a rectified unit set to zero (Springenberg et al. 2015,
    /// section 3.4): what reaches an input of which `Tape.gradient(of:)` was asked then only adds to the loss. Other activations pass
    /// gradients as they always do. The parameters' gradients are of no use afterwards.
    ///
    /// - Returns: the loss.
    public func guidedGradients(rows: Int, file: StaticString = #fileID, line: UInt = #line) -> Float {
        gradients(
            rows, file, line,
            changing: { site, primitive in
                guard primitive.unitRange == .rectified else { return }
                for i in 0..<rows * site.width where site.dy[i] < 0 { site.dy[i] = 0 }
            })
    }
}
