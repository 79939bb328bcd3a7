// Finds where a NaN or an infinity first appeared in a run of a program.
public import Basics
import Kernels

extension Program {
    /// Runs and checks: the loss and the gradient's norm always, everything else only where one of them is not finite.
    ///
    /// - Throws: what was found first, in the order of computation: operands before results, then gradients from the loss backwards.
    public func finiteGradients(rows: Int, step: Int) throws(NotFinite) -> Float {
        let loss = gradients(rows: rows)
        try requireFinite(loss: loss, gradientNorm: tape.parameters.gradientNorm, rows: rows, step: step)
        return loss
    }

    /// The same for an agent that has run `gradients(rows:)` and knows the norm, as `clipGradients(toNorm:)` returns it.
    public func requireFinite(loss: Float, gradientNorm norm: Float, rows: Int, step: Int) throws(NotFinite) {
        if loss.isFinite && norm.isFinite { return }
        if let found = firstNotFinite(rows: rows, step: step) { throw found }
        // Every number is finite, their squares are not.
        throw NotFinite(
            step: step, quantity: .parameterGradient, layer: "all parameters together", place: "the norm", rows: [], number: norm)
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
