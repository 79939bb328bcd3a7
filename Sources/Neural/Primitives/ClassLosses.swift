// Losses of scores against a class: cross-entropy, and the margins of support vector machines. One number for each row.
public import Basics
import Kernels

func classShape(_ name: String, _ operands: [Shape], _ other: Int, _ what: String) throws(ShapeError) -> Shape {
    guard operands.count == 2, operands[1].count == other else {
        throw ShapeError("\(name) takes scores and \(what), got \(operands.map(\.description).joined(separator: " and "))")
    }
    return .vector(1)
}

/// Operands: scores [rows, classes], label [rows, 1]. y = −log softmax(scores)[label]; dscores = dy·(softmax − one-hot).
public struct LabelCrossEntropy: Primitive {
    public init() {}
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
        try classShape("LabelCrossEntropy", operands, 1, "one label")
    }
    public func isIndex(_ operand: Int) -> Bool { operand == 1 }
    public func scratch(for operands: [Shape], rows: Int) -> Int { rows * operands[0].count }
    public func forward(_ site: borrowing Site, rows: Int) {
        ClassLosses.crossEntropy(
            site.operand(0, rows: rows), labels: site.operand(1, rows: rows), width: site.operandWidth[0], rows: rows,
            into: site.result(rows: rows), scratch: site.scratch)
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        if site.wants(0) {
            ClassLosses.crossEntropyGradient(
                site.resultGradient(rows: rows), site.operand(0, rows: rows), labels: site.operand(1, rows: rows),
                width: site.operandWidth[0], rows: rows, beta: site.beta[0], into: site.operandGradient(0, rows: rows),
                scratch: site.scratch)
        }
        site.clearUnlessWritten(1, rows: rows)
    }
}

/// Operands: scores and target [rows, classes]. y = −Σ target·log softmax(scores), 0·log 0 being 0;
/// dscores = dy·(softmax·Σ target − target), dtarget = −dy·log softmax(scores).
public struct CrossEntropy: Primitive {
    public init() {}
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
        try classShape("CrossEntropy", operands, operands[0].count, "as many probabilities")
    }
    public func scratch(for operands: [Shape], rows: Int) -> Int { rows * operands[0].count }
    public func forward(_ site: borrowing Site, rows: Int) {
        ClassLosses.crossEntropy(
            site.operand(0, rows: rows), targets: site.operand(1, rows: rows), width: site.operandWidth[0], rows: rows,
            into: site.result(rows: rows), scratch: site.scratch)
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        let dy = site.resultGradient(rows: rows), scores = site.operand(0, rows: rows), width = site.operandWidth[0]
        if site.wants(0) {
            ClassLosses.crossEntropyGradient(
                dy, scores, targets: site.operand(1, rows: rows), width: width, rows: rows, beta: site.beta[0],
                into: site.operandGradient(0, rows: rows), scratch: site.scratch)
        }
        if site.wants(1) {
            ClassLosses.targetGradient(
                dy, scores, width: width, rows: rows, beta: site.beta[1], into: site.operandGradient(1, rows: rows),
                scratch: site.scratch)
        }
    }
}

/// Operands: scores [rows, classes], label [rows, 1]. y = Σ_{c≠label} max(0, scores[c] − scores[label] + margin) (Weston & Watkins
/// 1999), or the sum of its squares; each excess e pushes its score down and the label's up, by dy or 2e·dy.
public struct Hinge: Primitive {
    private let margin: Float
    private let squared: Bool
    public init(margin: Float, squared: Bool) {
        self.margin = margin
        self.squared = squared
    }
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape { try classShape("Hinge", operands, 1, "one label") }
    public func isIndex(_ operand: Int) -> Bool { operand == 1 }
    public func forward(_ site: borrowing Site, rows: Int) {
        ClassLosses.hinge(
            site.operand(0, rows: rows), labels: site.operand(1, rows: rows), margin: margin, squared: squared,
            width: site.operandWidth[0], rows: rows, into: site.result(rows: rows))
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        if site.wants(0) {
            ClassLosses.hingeGradient(
                site.resultGradient(rows: rows), site.operand(0, rows: rows), labels: site.operand(1, rows: rows), margin: margin,
                squared: squared, width: site.operandWidth[0], rows: rows, beta: site.beta[0],
                into: site.operandGradient(0, rows: rows))
        }
        site.clearUnlessWritten(1, rows: rows)
    }
}

extension Node {
    /// −log softmax(self)[label]; [classes] and [1] → [1].
    public func crossEntropy(label: Node, file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(LabelCrossEntropy(), [self, label], file: file, line: line)
    }
    /// −Σ target·log softmax(self); [classes] and [classes] → [1].
    public func crossEntropy(target: Node, file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(CrossEntropy(), [self, target], file: file, line: line)
    }
    /// Σ_{c≠label} max(0, self[c] − self[label] + margin); [classes] and [1] → [1].
    public func hinge(label: Node, margin: Float = 1, file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(Hinge(margin: margin, squared: false), [self, label], file: file, line: line)
    }
    /// Σ_{c≠label} max(0, self[c] − self[label] + margin)²; [classes] and [1] → [1].
    public func squaredHinge(label: Node, margin: Float = 1, file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(Hinge(margin: margin, squared: true), [self, label], file: file, line: line)
    }
}
