// The losses of regression: one number for the whole batch, from predictions and targets of one shape.

extension Node {
    /// The mean of (self − target)² over batch and width.
    public func meanSquaredError(to target: Node, file: StaticString = #fileID, line: UInt = #line) -> Node {
        subtracting(target, file: file, line: line).squared(file: file, line: line).mean(file: file, line: line)
    }
    /// The mean of |self − target| over batch and width.
    public func meanAbsoluteError(to target: Node, file: StaticString = #fileID, line: UInt = #line) -> Node {
        subtracting(target, file: file, line: line).magnitude(file: file, line: line).mean(file: file, line: line)
    }
    /// The mean of Huber's loss of self − target over batch and width.
    public func meanHuberError(
        to target: Node, threshold: Float = 1, file: StaticString = #fileID, line: UInt = #line
    ) -> Node {
        subtracting(target, file: file, line: line).huber(threshold: threshold, file: file, line: line).mean(
            file: file, line: line)
    }
    /// KL(target ‖ softmax(self)) up to the target's own entropy is `crossEntropy(target:)`; this is all of it:
    /// Σ target·(log target − log softmax(self)), with given `logTarget`; [width] → [1].
    public func divergence(from target: Node, logTarget: Node, file: StaticString = #fileID, line: UInt = #line) -> Node {
        let own = target.multiplied(by: logTarget, file: file, line: line).rowSum(file: file, line: line)
        return own.adding(crossEntropy(target: target, file: file, line: line), file: file, line: line)
    }
}
