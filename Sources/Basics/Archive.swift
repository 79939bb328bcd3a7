// Named tensors in memory: what a checkpoint or an agent file holds, before anybody thinks of bytes on a disk.

/// The numbers of one tensor, in the element types that files can hold.
public enum TensorValues: Hashable, Sendable {
    case float32([Float])
    case float64([Double])
    case uint8([UInt8])
    case int32([Int32])
    case int64([Int64])
    case uint64([UInt64])

    public var count: Int {
        switch self {
        case .float32(let values): values.count
        case .float64(let values): values.count
        case .uint8(let values): values.count
        case .int32(let values): values.count
        case .int64(let values): values.count
        case .uint64(let values): values.count
        }
    }
    /// These numbers, then `others`; nil when those are of another type.
    public func followed(by others: TensorValues) -> TensorValues? {
        switch (self, others) {
        case (.float32(let a), .float32(let b)): .float32(a + b)
        case (.float64(let a), .float64(let b)): .float64(a + b)
        case (.uint8(let a), .uint8(let b)): .uint8(a + b)
        case (.int32(let a), .int32(let b)): .int32(a + b)
        case (.int64(let a), .int64(let b)): .int64(a + b)
        case (.uint64(let a), .uint64(let b)): .uint64(a + b)
        default: nil
        }
    }
    /// NumPy's name of the element type.
    public var typeName: String {
        switch self {
        case .float32: "float32"
        case .float64: "float64"
        case .uint8: "uint8"
        case .int32: "int32"
        case .int64: "int64"
        case .uint64: "uint64"
        }
    }
}

public struct Tensor: Hashable, Sendable {
    /// Row-major; the product is `values.count`.
    public let shape: [Int]
    public let values: TensorValues

    /// - Precondition: no number of `shape` is negative, and their product is the number of values.
    public init(shape: [Int], values: TensorValues) {
        precondition(
            shape.allSatisfy { $0 >= 0 } && shape.reduce(1, *) == values.count,
            "a tensor of shape \(shape) cannot hold \(values.count) values")
        self.shape = shape
        self.values = values
    }
}

/// What `Archive` answers when it is asked for something that it does not hold in that form.
public struct ArchiveError: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String
    public init(_ description: String) { self.description = description }
}

/// A dictionary of tensors that keeps the order in which they were stored.
public struct Archive: Hashable, Sendable {
    private var order: [String] = []
    private var tensors: [String: Tensor] = [:]
    /// Put in front of every name while a part of a whole stores or loads itself.
    var prefix = ""
    /// Of the tensors that are stretches of logs, by their whole names: which rows they hold.
    var stretches: [String: LogStretch] = [:]
    /// Of logs, by their whole names: the rows before this one need not be stored.
    var held: [String: Int] = [:]

    public init() {}

    /// Every name in order of storing; inside a part, the part's names without its own.
    public var names: [String] {
        prefix.isEmpty ? order : order.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
    }

    public subscript(_ name: String) -> Tensor? { tensors[prefix + name] }

    /// - Precondition: nothing is stored under `name` yet.
    public mutating func store(_ tensor: Tensor, as name: String) {
        let name = prefix + name
        precondition(tensors[name] == nil, "the archive already holds \"\(name)\"")
        order.append(name)
        tensors[name] = tensor
    }
    public mutating func store(_ values: [Float], shape: [Int]? = nil, as name: String) {
        store(Tensor(shape: shape ?? [values.count], values: .float32(values)), as: name)
    }
    public mutating func store(_ values: [Double], as name: String) {
        store(Tensor(shape: [values.count], values: .float64(values)), as: name)
    }
    public mutating func store(_ values: [UInt8], as name: String) {
        store(Tensor(shape: [values.count], values: .uint8(values)), as: name)
    }
    public mutating func store(_ values: [Int32], as name: String) {
        store(Tensor(shape: [values.count], values: .int32(values)), as: name)
    }
    public mutating func store(_ values: [Int64], as name: String) {
        store(Tensor(shape: [values.count], values: .int64(values)), as: name)
    }
    public mutating func store(_ values: [UInt64], as name: String) {
        store(Tensor(shape: [values.count], values: .uint64(values)), as: name)
    }
    public mutating func store(_ value: Int, as name: String) { store([Int64(value)], as: name) }
    public mutating func store(_ random: RandomSource, as name: String) { store(random.words, as: name) }

    /// `body` stores under `part/…`.
    public mutating func store(part: String, _ body: (inout Archive) -> Void) {
        let outer = prefix
        prefix += part + "/"
        body(&self)
        prefix = outer
    }
    /// The same tensors, seen from inside `part`.
    public func part(_ part: String) -> Archive {
        var inner = self
        inner.prefix += part + "/"
        return inner
    }
}

extension Archive {
    private func find(_ name: String, _ type: String, _ count: Int?) throws(ArchiveError) -> Tensor {
        guard let tensor = tensors[prefix + name] else { throw ArchiveError("\"\(prefix + name)\" is missing") }
        guard tensor.values.typeName == type else {
            throw ArchiveError("\"\(prefix + name)\" holds \(tensor.values.typeName), \(type) is needed")
        }
        if let count, tensor.values.count != count {
            throw ArchiveError("\"\(prefix + name)\" holds \(tensor.values.count) numbers, \(count) are needed")
        }
        return tensor
    }
    /// - Throws: when `name` is missing, holds another type, or (unless `count` is nil) another number of values.
    public func floats(_ name: String, count: Int? = nil) throws(ArchiveError) -> [Float] {
        guard case .float32(let values) = try find(name, "float32", count).values else { return [] }
        return values
    }
    public func doubles(_ name: String, count: Int? = nil) throws(ArchiveError) -> [Double] {
        guard case .float64(let values) = try find(name, "float64", count).values else { return [] }
        return values
    }
    public func bytes(_ name: String, count: Int? = nil) throws(ArchiveError) -> [UInt8] {
        guard case .uint8(let values) = try find(name, "uint8", count).values else { return [] }
        return values
    }
    public func int32s(_ name: String, count: Int? = nil) throws(ArchiveError) -> [Int32] {
        guard case .int32(let values) = try find(name, "int32", count).values else { return [] }
        return values
    }
    public func int64s(_ name: String, count: Int? = nil) throws(ArchiveError) -> [Int64] {
        guard case .int64(let values) = try find(name, "int64", count).values else { return [] }
        return values
    }
    public func words(_ name: String, count: Int? = nil) throws(ArchiveError) -> [UInt64] {
        guard case .uint64(let values) = try find(name, "uint64", count).values else { return [] }
        return values
    }
    public func integer(_ name: String) throws(ArchiveError) -> Int {
        Int(try int64s(name, count: 1)[0])
    }
    public func random(_ name: String) throws(ArchiveError) -> RandomSource {
        guard let random = RandomSource(words: try words(name, count: 5)) else {
            throw ArchiveError("\"\(prefix + name)\" is not the state of a random source")
        }
        return random
    }
}
