// Where a NaN or an infinity first appeared: the step, the entry and its line, the quantity and the batch's rows.
import Basics
import Kernels

/// The first number of a run that is not finite. Checked before the optimizer's step, so the store still holds the last good values:
/// save it, and the state before the bad step is kept.
public struct NotFinite: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Quantity: String, Hashable, Sendable {
        case input, parameter, value, gradient
        case parameterGradient = "gradient of the parameter"
    }
    public let step: Int
    public let quantity: Quantity
    /// The parameter's name or the primitive's type.
    public let layer: String
    /// Where it was recorded, as file:line.
    public let place: String
    /// The batch's rows that hold it; empty where there is one row for the whole batch.
    public let rows: [Int]
    /// The first of them.
    public let number: Float

    public var description: String {
        let inRows =
            rows.isEmpty
            ? ""
            : ", in row\(rows.count == 1 ? "" : "s") \(rows.prefix(8).map(String.init).joined(separator: ", "))"
                + (rows.count > 8 ? " and \(rows.count - 8) more" : "")
        return "step \(step): the \(quantity.rawValue) of \(layer), recorded at \(place), is \(number)\(inRows)"
    }
}

extension Program {
    /// Runs and checks: the loss and the gradient's norm always, everything else only where one of them is not finite.
    ///
    /// - Throws: what was found first, in the order of computation: operands before results, then gradients from the loss backwards.
    public func finiteGradients(rows: Int, step: Int) throws(NotFinite) -> Float {
        let loss = gradients(rows: rows)
        if loss.isFinite && tape.parameters.gradientNorm.isFinite { return loss }
        if let found = firstNotFinite(rows: rows, step: step) { throw found }
        // Every number is finite, their squares are not.
        throw NotFinite(
            step: step, quantity: .parameterGradient, layer: "all parameters together", place: "the norm", rows: [],
            number: tape.parameters.gradientNorm)
    }

    /// Looks through everything that the last run left behind.
    public func firstNotFinite(rows: Int, step: Int) -> NotFinite? {
        func look(
            _ numbers: Floats, _ width: Int, single: Bool, _ quantity: NotFinite.Quantity, _ name: String, _ record: Tape.Record
        )
            -> NotFinite?
        {
            let used = min(numbers.count, single ? numbers.count : rows * width)
            guard let first = (0..<used).first(where: { !numbers[$0].isFinite }) else { return nil }
            let bad = single ? [] : (0..<rows).filter { row in (0..<width).contains { !numbers[row * width + $0].isFinite } }
            return NotFinite(
                step: step, quantity: quantity, layer: name, place: "\(record.file):\(record.line)", rows: bad,
                number: numbers[first])
        }
        for entry in entries {
            let record = tape.records[entry.record]
            guard case .entry(let primitive, let operands) = record.source else { continue }
            for (i, operand) in operands.enumerated() {
                let source = tape.records[operand], width = source.shape.count
                switch source.source {
                case .input(let name):
                    if let found = look(entry.site.x[i], width, single: source.isSingle, .input, "\"\(name)\"", source) {
                        return found
                    }
                case .parameter(let parameter):
                    if let found = look(entry.site.x[i], width, single: true, .parameter, parameter.name, source) { return found }
                default: break
                }
            }
            if let found = look(
                entry.site.y, record.shape.count, single: record.isSingle, .value, "\(type(of: primitive))", record)
            {
                return found
            }
        }
        for entry in entries.reversed() where entry.isWanted {
            let record = tape.records[entry.record]
            guard case .entry(let primitive, let operands) = record.source else { continue }
            if let found = look(
                entry.site.dy, record.shape.count, single: record.isSingle, .gradient, "\(type(of: primitive))", record)
            {
                return found
            }
            for (i, operand) in operands.enumerated() where entry.site.wants(i) {
                let source = tape.records[operand]
                guard case .parameter(let parameter) = source.source else { continue }
                if let found = look(
                    entry.site.dx[i], source.shape.count, single: true, .parameterGradient, parameter.name, source)
                {
                    return found
                }
            }
        }
        return nil
    }
}
