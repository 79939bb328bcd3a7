// A compiled tape: after this only running exists, with no allocation, no reference counting and one indirect call per entry.
public import Basics
import Kernels

public final class Program {
    package struct Entry {
        package let primitive: any Primitive
        package let site: Site
        /// All operands are one row for the whole batch, so it runs on one row.
        let isSingle: Bool
        package let isWanted: Bool
        let record: Int
    }
    struct NoiseInput {
        let noise: Noise
        let numbers: Floats
        let width: Int
        let isSingle: Bool
    }
    let tape: Tape
    private let arena: Storage<Float>
    /// Bytes that become floats before the first entry runs.
    private let conversions: [ByteConversion]
    package let entries: [Entry]
    // The entries once more, a field an array: calling through an array of whole entries copies each of them on its way.
    private let primitives: [any Primitive]
    private let sites: [Site]
    private let isSingle: [Bool]
    private let isWanted: [Bool]
    private let loss: Floats
    /// The gradient of the loss by itself: where the backward pass begins.
    private let seed: Floats
    /// Gradients of parameters that the loss does not depend on.
    private let untouched: [Floats]
    package let layout: Layout
    private let noises: [NoiseInput]
    /// How many rows of noise have been drawn.
    private var drawnRows = 0
    /// What the store's running states become after each run.
    private let updates: [(from: Floats, to: Floats)]
    public var capacity: Int { tape.capacity }

    init(
        tape: Tape, arena: Storage<Float>, conversions: [ByteConversion], entries: [Entry], loss: Floats, seed: Floats,
        untouched: [Floats], layout: Layout, noises: [NoiseInput], updates: [(from: Floats, to: Floats)]
    ) {
        self.tape = tape
        self.arena = arena
        self.conversions = conversions
        self.entries = entries
        primitives = entries.map(\.primitive)
        sites = entries.map(\.site)
        isSingle = entries.map(\.isSingle)
        isWanted = entries.map(\.isWanted)
        self.loss = loss
        self.seed = seed
        self.untouched = untouched
        self.layout = layout
        self.noises = noises
        self.updates = updates
    }

    /// Bytes of the arena (values, gradients and scratch memory) and of the byte inlets, without the parameters.
    public var byteCount: Int { conversions.reduce(4 * arena.all.count) { $0 + $1.byteCount } }
    public var entryCount: Int { entries.count }
    /// Of one row of an entry's result.
    func shape(of entry: Int) -> Shape { tape.records[entries[entry].record].shape }

    private func check(_ rows: Int, _ file: StaticString, _ line: UInt) {
        guard rows > 0 && rows <= tape.capacity else {
            fatalError("a program for up to \(tape.capacity) rows was asked to run \(rows)", file: file, line: line)
        }
        guard noises.isEmpty || rows <= drawnRows else {
            fatalError(
                "this program needs chance (dropout or noise): \(drawnRows) rows of it are drawn, \(rows) are needed; call "
                    + "forward(rows:using:), gradients(rows:using:) or draw(rows:using:)", file: file, line: line)
        }
    }

    /// Whether something on the tape is filled by chance, so that `draw` or a run with `using:` is needed.
    public var needsChance: Bool { !noises.isEmpty }

    /// Draws every noise of the tape anew for `rows` rows, in the order of recording, rows in ascending order.
    ///
    /// Runs without `using:` keep what was drawn last: the frozen noise that a numeric gradient check needs.
    public func draw(
        rows: Int, using random: inout RandomSource, file: StaticString = #fileID, line: UInt = #line
    ) {
        guard rows > 0 && rows <= tape.capacity else {
            fatalError("a program for up to \(tape.capacity) rows was asked to draw \(rows)", file: file, line: line)
        }
        for i in 0..<noises.count {
            let count = noises[i].isSingle ? noises[i].width : rows * noises[i].width
            noises[i].noise.fill(noises[i].numbers.slice(0, count), using: &random)
        }
        drawnRows = rows
    }

    /// `draw`, then `forward`.
    public func forward(
        rows: Int, using random: inout RandomSource, file: StaticString = #fileID, line: UInt = #line
    ) {
        draw(rows: rows, using: &random, file: file, line: line)
        forward(rows: rows, file: file, line: line)
    }

    /// `draw`, then `gradients`.
    public func gradients(
        rows: Int, using random: inout RandomSource, file: StaticString = #fileID, line: UInt = #line
    ) -> Float {
        draw(rows: rows, using: &random, file: file, line: line)
        return gradients(rows: rows, file: file, line: line)
    }

    /// Fills every node from the first `rows` rows of the inlets, then moves the running states that the tape updates.
    public func forward(rows: Int, file: StaticString = #fileID, line: UInt = #line) {
        run(rows, file, line)
        moveStates()
    }
    private func run(_ rows: Int, _ file: StaticString, _ line: UInt) {
        check(rows, file, line)
        for i in 0..<conversions.count { conversions[i].run(rows: rows) }
        for i in 0..<sites.count { primitives[i].forward(sites[i], rows: isSingle[i] ? 1 : rows) }
    }
    /// Last of all: the backward pass reads what the forward pass read.
    private func moveStates() {
        for i in 0..<updates.count { updates[i].to.copy(from: updates[i].from) }
    }

    /// Forward, then the gradient of the loss into the parameter store: whatever stood there before, of every parameter on the tape.
    ///
    /// - Returns: the loss.
    public func gradients(rows: Int, file: StaticString = #fileID, line: UInt = #line) -> Float {
        gradients(rows, file, line, changing: nil)
    }
    /// - Parameter change: what is done to each entry's dy before its backward pass.
    func gradients(
        _ rows: Int, _ file: StaticString, _ line: UInt, changing change: ((borrowing Site, any Primitive) -> Void)?
    ) -> Float {
        guard loss.count == 1 else { fatalError("this program was compiled without a loss", file: file, line: line) }
        run(rows, file, line)
        // Every time anew: primitives may overwrite their dy, and another program may have written into the same store.
        seed.fill(1)
        for i in 0..<untouched.count { untouched[i].fill(0) }
        for i in (0..<sites.count).reversed() where isWanted[i] {
            change?(sites[i], primitives[i])
            primitives[i].backward(sites[i], rows: isSingle[i] ? 1 : rows)
        }
        // What has diverged must not reach the running averages: they belong to the state before the bad step.
        if loss[0].isFinite { moveStates() }
        return loss[0]
    }
}
