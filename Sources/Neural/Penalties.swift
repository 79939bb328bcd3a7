// What weights cost by their size: added to a loss, one number for the whole batch.
import Kernels

extension Tape {
    /// Σ over `parameters` of absolute·|w| + ½·square·w²: L1 (`square` 0), L2 (`absolute` 0), or the elastic net (Zou & Hastie 2005).
    ///
    /// The gradient is absolute·sign w + square·w, so `square` is what is called weight decay where it is part of the gradient.
    ///
    /// - Precondition: there is a parameter, neither weight is negative, and one of them is positive.
    public func penalty(
        on parameters: [Parameter], absolute: Float = 0, square: Float = 0, file: StaticString = #fileID, line: UInt = #line
    ) -> Node {
        guard !parameters.isEmpty, absolute >= 0, square >= 0, absolute + square > 0 else {
            fatalError(
                "a penalty of \(absolute)·|w| and \(square)·w²/2 on \(parameters.count) parameters is none", file: file,
                line: line)
        }
        var terms: [Node] = []
        for parameter in parameters {
            let w = self.parameter(parameter, file: file, line: line)
            if absolute > 0 { terms.append(w.magnitude(file: file, line: line).sum().scaled(by: absolute)) }
            if square > 0 { terms.append(w.squared(file: file, line: line).sum().scaled(by: 0.5 * square)) }
        }
        return terms.dropFirst().reduce(terms[0]) { $0 + $1 }
    }
}
