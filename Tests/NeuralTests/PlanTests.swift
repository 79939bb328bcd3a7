// Laws of the plan: nothing overlaps, every wanted gradient is assigned once before it is added to, and no other is computed.
import Basics
import Kernels
import Neural
import TestSupport
import Testing

@Suite struct PlanTests {
    /// A network with shared layers, two heads, several uses of one node, and entries that the loss does not need.
    private func program(_ seed: UInt64) -> (program: Program, store: ParameterStore, inlets: [Inlet]) {
        var random = RandomSource(seed: seed)
        let store = ParameterStore()
        let torso = Linear("torso", inputs: 5, outputs: 5, activation: .tanh, in: store, using: &random)
        let head = Linear("head", inputs: 5, outputs: 3, in: store, using: &random)
        let memory = Recurrent("memory", .gru, inputs: 5, hidden: 5, in: store, using: &random)
        let unused = Linear("unused", inputs: 5, outputs: 2, in: store, using: &random)
        let tape = Tape(rows: 9, parameters: store)
        let x = tape.input(.vector(5)), index = tape.input(.vector(1))
        var nodes = [memory(torso(x.node), steps: 1, from: torso(x.node)).hidden(after: 0..<1)]
        for _ in 0..<6 {
            let a = nodes[random.below(nodes.count)], b = nodes[random.below(nodes.count)]
            switch random.below(4) {
            case 0: nodes.append(a + b)
            case 1: nodes.append(a * b)
            case 2: nodes.append(torso(a))
            default: nodes.append(a.softmax())
            }
        }
        let logits = head(nodes[random.below(nodes.count)])
        _ = unused(nodes[1])
        let loss = logits.logSoftmax().picking(index.node).mean() + (logits * logits).mean()
        let program = tape.compile(minimizing: loss)
        return (program, store, [x, index])
    }

    @Test(arguments: 0..<12 as Range<UInt64>)
    func noTwoBuffersOverlap(_ seed: UInt64) {
        let layout = program(seed).program.layout
        let ranges = (layout.values + layout.gradients + layout.memories).compactMap { $0 } + [layout.scratch]
        let sorted = ranges.filter { !$0.isEmpty }.sorted { $0.lowerBound < $1.lowerBound }
        for (a, b) in zip(sorted, sorted.dropFirst()) { #expect(a.upperBound <= b.lowerBound, "\(a) and \(b)") }
        #expect(sorted.allSatisfy { $0.lowerBound % 16 == 0 } && sorted.last!.upperBound <= layout.count)
    }

    /// In the order of the backward pass: the first writer of a gradient has β = 0, every later one 1.
    @Test(arguments: 0..<12 as Range<UInt64>)
    func everyWantedGradientHasOneFirstWriter(_ seed: UInt64) {
        let (program, store, inlets) = program(seed)
        var written: Set<UnsafeMutablePointer<Float>> = []
        var isFirst = true
        for entry in program.entries.reversed() where entry.isWanted {
            // Except for the loss, what is read has been written.
            if !isFirst { #expect(written.contains(entry.site.dy.base)) }
            isFirst = false
            for i in 0..<6 where entry.site.wants(i) {
                #expect(entry.site.beta[i] == (written.contains(entry.site.dx[i].base) ? 1 : 0))
                written.insert(entry.site.dx[i].base)
            }
        }
        for parameter in store.parameters {
            #expect(
                written.contains(store.gradients(of: parameter).base) == !parameter.name.hasPrefix("unused"), "\(parameter.name)")
        }
        for entry in program.entries {
            for i in 0..<6 where inlets.contains(where: { $0.rows.base == entry.site.x[i].base }) {
                #expect(!entry.site.wants(i), "the gradient of an input is computed")
            }
        }
        #expect(program.entries.contains { !$0.isWanted })
    }

    /// The same laws as numbers: memory full of NaN before the first run leaves no trace in it.
    @Test(arguments: 0..<12 as Range<UInt64>)
    func nothingIsReadBeforeItIsWritten(_ seed: UInt64) {
        let (program, store, inlets) = program(seed)
        for entry in program.entries {
            entry.site.y.fill(.nan)
            entry.site.dy.fill(.nan)
            entry.site.scratch.fill(.nan)
            entry.site.memory.fill(.nan)
        }
        store.gradients.fill(.nan)
        var random = RandomSource(seed: seed)
        inlets[0].rows.copy(from: random.floats(45))
        inlets[1].rows.fill(1)
        #expect(program.gradients(rows: 9).isFinite)
        for parameter in store.parameters { #expect(store.gradients(of: parameter).array.allSatisfy { $0.isFinite }) }
    }

    /// The loss of a network of the catalogue, recorded for nine rows.
    private func program(_ network: NetworkCase) -> (program: Program, store: ParameterStore, inlet: Inlet) {
        var random = RandomSource(seed: 5)
        let store = ParameterStore(), record = network.make(store, &random)
        let tape = Tape(rows: 9, parameters: store)
        let x = tape.input(network.shape)
        let program = tape.compile(minimizing: record(x.node).squared().mean())
        x.rows.copy(from: random.floats(x.rows.count))
        program.draw(rows: 9, using: &random)
        return (program, store, x)
    }

    @Test(arguments: NetworkCatalogue.all)
    func theBuffersOfEveryNetworkAreApart(_ network: NetworkCase) {
        let layout = program(network).program.layout
        let sorted = ((layout.values + layout.gradients).compactMap { $0 } + [layout.scratch]).filter { !$0.isEmpty }
            .sorted { $0.lowerBound < $1.lowerBound }
        for (a, b) in zip(sorted, sorted.dropFirst()) { #expect(a.upperBound <= b.lowerBound, "\(a) and \(b)") }
        #expect(sorted.allSatisfy { $0.lowerBound % 16 == 0 } && sorted.last!.upperBound <= layout.count)
    }

    @Test(arguments: NetworkCatalogue.all)
    func everyWantedGradientOfEveryNetworkHasOneFirstWriter(_ network: NetworkCase) {
        let (program, store, inlet) = program(network)
        var written: Set<UnsafeMutablePointer<Float>> = []
        for entry in program.entries.reversed() where entry.isWanted {
            for i in 0..<6 where entry.site.wants(i) {
                #expect(entry.site.beta[i] == (written.contains(entry.site.dx[i].base) ? 1 : 0))
                written.insert(entry.site.dx[i].base)
                #expect(entry.site.x[i].base != inlet.rows.base, "the gradient of an input is computed")
            }
        }
        for parameter in store.parameters { #expect(written.contains(store.gradients(of: parameter).base), "\(parameter.name)") }
    }

    /// Memory full of NaN before the first run leaves no trace, for all rows and for few.
    @Test(arguments: NetworkCatalogue.all, [9, 2])
    func noNetworkReadsWhatNobodyWrote(_ network: NetworkCase, rows: Int) {
        let (program, store, inlet) = program(network)
        for entry in program.entries {
            entry.site.y.fill(.nan)
            entry.site.dy.fill(.nan)
            entry.site.scratch.fill(.nan)
        }
        store.gradients.fill(.nan)
        let width = network.shape.count
        inlet.rows.slice(rows * width, (9 - rows) * width).fill(.nan)
        #expect(program.gradients(rows: rows).isFinite)
        for parameter in store.parameters { #expect(store.gradients(of: parameter).array.allSatisfy { $0.isFinite }) }
    }
}
