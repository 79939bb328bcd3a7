// A learned table: whole numbers in, their rows out.
public import Basics

public struct Embedding: Module {
    private let width: Int
    private let table: Parameter

    /// Reserves `NAME.table` [entries, width].
    public init(
        _ name: String, entries: Int, width: Int, table: Initializer = .normal(deviation: 1), in store: ParameterStore,
        using random: inout RandomSource
    ) {
        self.width = width
        self.table = store.reserve("\(name).table", [entries, width], table, using: &random)
    }

    /// x [count] of whole numbers below `entries` → [count · width].
    public func callAsFunction(_ x: Node) -> Node { x.embedded(in: x.tape.parameter(table), width: width) }
}
