// Records what to compute, once; `compile` turns the record into a program that only runs.
public import Basics
public import Kernels

/// Ordinary Swift, executed once, appends flat entries: primitive, operands, shape of one row, the caller's line.
public final class Tape {
    enum Source {
        case input(name: String)
        case parameter(Parameter)
        case state(RunningState)
        case noise(Noise)
        case entry(any Primitive, operands: [Int])
    }
    struct Record {
        let source: Source
        let shape: Shape
        /// One row for the whole batch: a parameter, or what a reduction yields.
        let isSingle: Bool
        /// Whether it depends on a parameter along a path that gradients take.
        let learns: Bool
        let file: StaticString
        let line: UInt
    }

    /// The most rows that a program of this tape can run.
    public let capacity: Int
    public let parameters: ParameterStore
    /// What layers that behave differently while learning record: batch statistics or running averages, masks or none.
    public let mode: TapeMode
    private(set) var records: [Record] = []
    private var outlets: [Outlet] = []
    private var inlets: [Inlet] = []
    private var byteInlets: [ByteInlet] = []
    private var parameterNodes: [Parameter: Int] = [:]
    private(set) var updates: [(state: RunningState, node: Int)] = []
    /// Gradients of inputs that the caller reads.
    private(set) var asked: [(outlet: Outlet, file: StaticString, line: UInt)] = []
    private var isCompiled = false

    /// - Parameter mode: `.training` unless said otherwise; a network that acts or is judged is recorded a second time, on a tape
    ///   for evaluation.
    public init(
        rows capacity: Int, parameters: ParameterStore, mode: TapeMode = .training, file: StaticString = #fileID,
        line: UInt = #line
    ) {
        guard capacity > 0 else { fatalError("a tape for \(capacity) rows; at least one is needed", file: file, line: line) }
        self.capacity = capacity
        self.parameters = parameters
        self.mode = mode
    }

    private func append(
        _ source: Source, _ shape: Shape, single: Bool, _ file: StaticString, _ line: UInt
    ) -> Node {
        guard !isCompiled else { fatalError("recorded on a tape that is already compiled", file: file, line: line) }
        let learns =
            switch source {
            case .parameter: true
            case .input, .state, .noise: false
            case .entry(let primitive, let operands): !primitive.stopsGradient && operands.contains { records[$0].learns }
            }
        records.append(Record(source: source, shape: shape, isSingle: single, learns: learns, file: file, line: line))
        return Node(tape: self, index: records.count - 1, shape: shape)
    }

    /// Rows that the caller fills before each run.
    public func input(
        _ shape: Shape, named name: String = "input", file: StaticString = #fileID, line: UInt = #line
    ) -> Inlet {
        let inlet = Inlet(node: append(.input(name: name), shape, single: false, file, line))
        inlets.append(inlet)
        return inlet
    }

    /// Rows of bytes that the caller fills before each run, such as pixels; each run begins by making them floats, times `scale`.
    public func bytes(
        _ shape: Shape, scale: Float = 1, named name: String = "bytes", file: StaticString = #fileID, line: UInt = #line
    ) -> ByteInlet {
        let inlet = ByteInlet(node: append(.input(name: name), shape, single: false, file, line), scale: scale)
        byteInlets.append(inlet)
        return inlet
    }

    /// A learned tensor as an operand; asking twice gives the same node, so that shared weights share one gradient.
    public func parameter(_ parameter: Parameter, file: StaticString = #fileID, line: UInt = #line) -> Node {
        if let index = parameterNodes[parameter] {
            return Node(tape: self, index: index, shape: records[index].shape)
        }
        guard parameters.parameters.contains(parameter) else {
            fatalError("\"\(parameter.name)\" is not a parameter of this tape's store", file: file, line: line)
        }
        let node = append(.parameter(parameter), .vector(parameter.count), single: true, file, line)
        parameterNodes[parameter] = node.index
        return node
    }

    /// Numbers that the store keeps and nobody learns, as one row for the whole batch: what they are when the program runs.
    public func state(_ state: RunningState, file: StaticString = #fileID, line: UInt = #line) -> Node {
        guard parameters.runningStates.contains(state) else {
            fatalError("\"\(state.name)\" is not a running state of this tape's store", file: file, line: line)
        }
        return append(.state(state), .vector(state.count), single: true, file, line)
    }

    /// After each run the store's `state` becomes what `node` then holds; all updates are made after all entries.
    ///
    /// - Precondition: `node` is one row for the whole batch, of the state's count.
    public func update(_ state: RunningState, to node: Node, file: StaticString = #fileID, line: UInt = #line) {
        guard node.tape === self, parameters.runningStates.contains(state) else {
            fatalError("\"\(state.name)\" or its update belongs to another tape", file: file, line: line)
        }
        guard records[node.index].isSingle, node.shape.count == state.count else {
            fatalError(
                "\"\(state.name)\" is one row of \(state.count) numbers for the whole batch, its update has shape \(node.shape)"
                    + (records[node.index].isSingle ? "" : " for each row"), file: file, line: line)
        }
        updates.append((state, node.index))
    }

    /// Numbers that chance fills before a run: `Program.draw`. `shared`: one draw for the whole batch.
    public func noise(
        _ noise: Noise, _ shape: Shape, shared: Bool = false, file: StaticString = #fileID, line: UInt = #line
    ) -> Node {
        if case .mask(let keep) = noise, !(keep > 0 && keep <= 1) {
            fatalError("a mask keeps a share above 0 and at most 1, not \(keep)", file: file, line: line)
        }
        return append(.noise(noise), shape, single: shared, file, line)
    }

    /// Whether a node is one row for the whole batch.
    func isShared(_ node: Node) -> Bool { node.tape === self && records[node.index].isSingle }

    /// The door through which every primitive enters; shapes are checked here and now.
    public func record(
        _ primitive: any Primitive, _ operands: [Node], file: StaticString = #fileID, line: UInt = #line
    ) -> Node {
        for operand in operands where operand.tape !== self {
            fatalError("an operand of \(type(of: primitive)) belongs to another tape", file: file, line: line)
        }
        guard (1...6).contains(operands.count) else {
            fatalError("\(type(of: primitive)) has \(operands.count) operands; one to six fit", file: file, line: line)
        }
        let isSingle = operands.map { records[$0.index].isSingle }
        for i in operands.indices where primitive.isShared(i) && !isSingle[i] {
            fatalError(
                "operand \(i) of \(type(of: primitive)) must be one row for the whole batch, as a parameter is", file: file,
                line: line)
        }
        for i in operands.indices where primitive.isIndex(i) && records[operands[i].index].learns {
            fatalError(
                "operand \(i) of \(type(of: primitive)) is an index, which has no gradient, but it depends on parameters: "
                    + "put stoppingGradient() between", file: file, line: line)
        }
        let rowwise = operands.indices.filter { !primitive.isShared($0) }.map { isSingle[$0] }
        guard !(rowwise.contains(true) && rowwise.contains(false)) else {
            fatalError(
                "\(type(of: primitive)) mixes rows of a batch with one row for the whole batch", file: file, line: line)
        }
        do {
            let shape = try primitive.shape(of: operands.map(\.shape))
            return append(
                .entry(primitive, operands: operands.map(\.index)), shape,
                single: primitive.reduces || isSingle.allSatisfy { $0 }, file, line)
        } catch {
            fatalError(error.sentence, file: file, line: line)
        }
    }

    /// Rows that the caller reads after each run.
    public func output(_ node: Node, file: StaticString = #fileID, line: UInt = #line) -> Outlet {
        guard node.tape === self else { fatalError("an output belongs to another tape", file: file, line: line) }
        guard !isCompiled else { fatalError("an output of a tape that is already compiled", file: file, line: line) }
        let outlet = Outlet(node: node)
        outlets.append(outlet)
        return outlet
    }

    /// Rows of the loss's gradient with respect to an input, read after each `gradients(rows:)`: what a picture of the network's attention
    /// shows, or what another program goes on with.
    ///
    /// - Precondition: `node` is an `input` of this tape, and the loss depends on it. Bytes have no gradient.
    public func gradient(of node: Node, file: StaticString = #fileID, line: UInt = #line) -> Outlet {
        guard node.tape === self, !isCompiled, case .input(let name) = records[node.index].source else {
            fatalError("a gradient is asked of a node of \(node.shape) that is no input of this tape", file: file, line: line)
        }
        guard !byteInlets.contains(where: { $0.node.index == node.index }) else {
            fatalError(
                "the gradient of \"\(name)\" is asked for, but its \(node.shape) are bytes, which have none: take an input of "
                    + "floats instead", file: file, line: line)
        }
        let outlet = Outlet(node: node)
        asked.append((outlet, file, line))
        return outlet
    }
    func isAsked(_ index: Int) -> Bool { asked.contains { $0.outlet.node.index == index } }

    /// Hands `rows` of each node to the inlets and outlets and lets go of them: they hold the tape, it need not hold them.
    ///
    /// - Returns: what each run begins with.
    /// - Precondition: this is the first time; a second program would work in memory that the inlets no longer show.
    func close(
        _ rows: [Floats], gradients: [Floats], in arena: Storage<Float>, file: StaticString, line: UInt
    ) -> [ByteConversion] {
        guard !isCompiled else { fatalError("a tape is compiled once, this one a second time", file: file, line: line) }
        isCompiled = true
        for inlet in inlets { inlet.open(rows[inlet.node.index], in: arena) }
        for outlet in outlets { outlet.open(rows[outlet.node.index], in: arena) }
        for request in asked { request.outlet.open(gradients[request.outlet.node.index], in: arena) }
        let conversions = byteInlets.map { $0.open(rows[$0.node.index], capacity: capacity) }
        inlets = []
        byteInlets = []
        outlets = []
        asked = []
        return conversions
    }
}

/// One row's worth of something on a tape; an index, nothing more.
public struct Node {
    public let tape: Tape
    let index: Int
    public let shape: Shape
}

/// Where the caller writes. Empty until its tape is compiled; then it keeps the memory alive.
public final class Inlet {
    public let node: Node
    private var arena: Storage<Float>?
    /// [capacity, shape.count]
    public private(set) var rows: Floats = .empty
    init(node: Node) { self.node = node }
    fileprivate func open(_ rows: Floats, in arena: Storage<Float>) {
        self.rows = rows
        self.arena = arena
    }
}

/// Where the caller reads. Empty until its tape is compiled; then it keeps the memory alive.
public final class Outlet {
    public let node: Node
    private var arena: Storage<Float>?
    /// [capacity, shape.count], or one row for a reduction.
    public private(set) var rows: Floats = .empty
    init(node: Node) { self.node = node }
    fileprivate func open(_ rows: Floats, in arena: Storage<Float>) {
        self.rows = rows
        self.arena = arena
    }
}
