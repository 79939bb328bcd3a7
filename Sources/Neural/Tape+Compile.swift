// From record to program: whose gradient is wanted, who writes it first, and where everything lives.
import Basics
import Kernels

extension Tape {
    /// A program for the forward pass only.
    public func compile(file: StaticString = #fileID, line: UInt = #line) -> Program {
        compile(loss: nil, file: file, line: line)
    }

    /// A program that also computes the gradient of `loss` with respect to every parameter on this tape: zero where the loss does
    /// not depend on it. Parameters that are not on this tape keep what they have.
    ///
    /// - Precondition: `loss` is one number for the whole batch.
    public func compile(minimizing loss: Node, file: StaticString = #fileID, line: UInt = #line) -> Program {
        guard loss.tape === self else { fatalError("the loss belongs to another tape", file: file, line: line) }
        guard records[loss.index].isSingle && loss.shape.count == 1 else {
            fatalError(
                "a loss is one number for the whole batch, this one has shape \(loss.shape)"
                    + "\(records[loss.index].isSingle ? "" : " for each row"): reduce it with mean() or sum()", file: file,
                line: line)
        }
        return compile(loss: loss.index, file: file, line: line)
    }

    private func compile(loss: Int?, file: StaticString, line: UInt) -> Program {
        let wanted = wantedGradients(of: loss)
        for request in asked where !wanted[request.outlet.node.index] {
            fatalError(
                "the gradient of an input of \(request.outlet.node.shape) is asked for, but \(loss == nil ? "there is no loss" : "the loss does not depend on it")",
                file: request.file, line: request.line)
        }
        let layout = Layout(of: self, wanted: wanted)
        let arena = Storage<Float>(count: layout.count)
        let values = records.indices.map { layout.value($0, in: arena, parameters) }
        let gradients = records.indices.map { layout.gradient($0, in: arena, parameters) }
        let scratch = arena.all.slice(layout.scratch.lowerBound, layout.scratch.count)

        // Walking backwards meets each gradient's first writer first: it assigns (β = 0), so that nothing is ever cleared.
        var written = [Bool](repeating: false, count: records.count)
        var entries: [Program.Entry] = []
        for (i, record) in records.enumerated().reversed() {
            guard case .entry(let primitive, let operands) = record.source else { continue }
            var site = Site(
                y: values[i], dy: gradients[i], x: .init(repeating: .empty), dx: .init(repeating: .empty),
                beta: .init(repeating: 0),
                scratch: scratch, memory: layout.memory(i, in: arena), width: record.shape.count,
                operandWidth: .init(repeating: 0))
            for (j, operand) in operands.enumerated() {
                site.x[j] = values[operand]
                site.operandWidth[j] = records[operand].shape.count
                if wanted[i] && wanted[operand] {
                    site.dx[j] = gradients[operand]
                    site.beta[j] = written[operand] ? 1 : 0
                    written[operand] = true
                }
            }
            let single = operands.allSatisfy { records[$0].isSingle }
            entries.append(
                Program.Entry(primitive: primitive, site: site, isSingle: single, isWanted: wanted[i], record: i))
        }
        let conversions = close(values, gradients: gradients, in: arena, file: file, line: line)

        var untouched: [Floats] = []
        for (i, record) in records.enumerated() where loss != nil && loss != i && !written[i] {
            if case .parameter(let parameter) = record.source, !parameters.isFrozen(parameter) {
                untouched.append(parameters.gradients(of: parameter))
            }
        }
        let noises = records.indices.compactMap { i -> Program.NoiseInput? in
            guard case .noise(let noise) = records[i].source else { return nil }
            return .init(noise: noise, numbers: values[i], width: records[i].shape.count, isSingle: records[i].isSingle)
        }
        let updates = updates.map { (from: values[$0.node], to: parameters.values(of: $0.state)) }
        return Program(
            tape: self, arena: arena, conversions: conversions, entries: entries.reversed(),
            loss: loss.map { values[$0] } ?? .empty, seed: loss.map { gradients[$0] } ?? .empty, untouched: untouched,
            layout: layout, noises: noises, updates: updates)
    }

    /// A gradient is wanted where the loss depends on the node and the node depends on a parameter that learns, or on an input whose
    /// gradient is asked for.
    private func wantedGradients(of loss: Int?) -> [Bool] {
        var learns = [Bool](repeating: false, count: records.count)
        guard let loss else { return learns }
        for (i, record) in records.enumerated() {
            switch record.source {
            case .state, .noise: break
            case .input: learns[i] = isAsked(i)
            case .parameter(let parameter): learns[i] = !parameters.isFrozen(parameter)
            case .entry(let primitive, let operands):
                learns[i] = !primitive.stopsGradient && operands.contains { learns[$0] }
            }
        }
        var reached = [Bool](repeating: false, count: records.count)
        reached[loss] = true
        for i in records.indices.reversed() where reached[i] && learns[i] {
            if case .entry(_, let operands) = records[i].source {
                for operand in operands { reached[operand] = true }
            }
        }
        return records.indices.map { learns[$0] && reached[$0] }
    }
}

/// Offsets into the one arena, each on a cache line: values, wanted gradients, and scratch memory that all entries share.
package struct Layout {
    /// By node; nil where the parameter store holds the numbers, or where nobody wants the gradient.
    package private(set) var values: [Range<Int>?] = []
    package private(set) var gradients: [Range<Int>?] = []
    package private(set) var scratch = 0..<0
    /// By node: what its entry keeps from forward to backward; nil where that is nothing.
    package private(set) var memories: [Range<Int>?] = []
    package private(set) var count = 0
    private let records: [Tape.Record]

    init(of tape: Tape, wanted: [Bool]) {
        records = tape.records
        var next = 0
        func take(_ length: Int) -> Range<Int> {
            defer { next = roundedToVector(next + length) }
            return next..<next + length
        }
        var scratchCount = 0
        for (i, record) in tape.records.enumerated() {
            switch record.source {
            case .parameter, .state:
                values.append(nil)
                gradients.append(nil)
                memories.append(nil)
                continue
            case .input, .noise, .entry: break
            }
            let length = record.shape.count * (record.isSingle ? 1 : tape.capacity)
            values.append(take(length))
            gradients.append(wanted[i] ? take(length) : nil)
            var memoryCount = 0
            if case .entry(let primitive, let operands) = record.source {
                let shapes = operands.map { tape.records[$0].shape }
                scratchCount = max(scratchCount, primitive.scratch(for: shapes, rows: tape.capacity))
                memoryCount = primitive.memory(for: shapes, rows: tape.capacity)
            }
            memories.append(memoryCount == 0 ? nil : take(memoryCount))
        }
        scratch = take(scratchCount)
        count = next
        isWanted = wanted
    }
    private let isWanted: [Bool]

    func value(_ index: Int, in arena: Storage<Float>, _ parameters: ParameterStore) -> Floats {
        if case .parameter(let parameter) = records[index].source { return parameters.values(of: parameter) }
        if case .state(let state) = records[index].source { return parameters.values(of: state) }
        guard let range = values[index] else { return .empty }
        return arena.all.slice(range.lowerBound, range.count)
    }
    func memory(_ index: Int, in arena: Storage<Float>) -> Floats {
        guard let range = memories[index] else { return .empty }
        return arena.all.slice(range.lowerBound, range.count)
    }
    func gradient(_ index: Int, in arena: Storage<Float>, _ parameters: ParameterStore) -> Floats {
        if case .parameter(let parameter) = records[index].source {
            return isWanted[index] ? parameters.gradients(of: parameter) : .empty
        }
        guard let range = gradients[index] else { return .empty }
        return arena.all.slice(range.lowerBound, range.count)
    }
}
