// Rows of bytes on their way into a network: pixels stay bytes from the game through the replay memory to here.
import Basics
public import Kernels

/// Where the caller writes bytes. Empty until its tape is compiled; then it keeps the memory alive.
public final class ByteInlet {
    /// The floats: each byte times `scale`. Nobody can want their gradient.
    public let node: Node
    public let scale: Float
    private var memory: Storage<UInt8>?
    /// [capacity, shape.count]
    public private(set) var rows: Bytes = .empty

    init(node: Node, scale: Float) {
        self.node = node
        self.scale = scale
    }

    func open(_ values: Floats, capacity: Int) -> ByteConversion {
        let memory = Storage<UInt8>(count: capacity * node.shape.count)
        self.memory = memory
        rows = memory.all
        return ByteConversion(memory: memory, values: values, width: node.shape.count, scale: scale)
    }
}

/// What a run begins with: the bytes of an inlet made floats.
struct ByteConversion {
    let memory: Storage<UInt8>
    let values: Floats
    let width: Int
    let scale: Float
    var byteCount: Int { memory.all.count }

    func run(rows: Int) {
        ByteScaling.run(memory.all.slice(0, rows * width), by: scale, into: values.slice(0, rows * width))
    }
}
