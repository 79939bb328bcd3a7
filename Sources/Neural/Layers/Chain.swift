// Modules one after the other, and a module that is added to what it was given.

/// y = last(…(second(first(x))))
public struct Chain: Module {
    private let modules: [any Module]
    public init(_ modules: any Module...) { self.modules = modules }
    public init(_ modules: [any Module]) { self.modules = modules }
    public func callAsFunction(_ x: Node) -> Node { modules.reduce(x) { $1($0) } }
}

/// y = x + body(x) (He et al. 2016, equation 1); the body keeps the shape.
public struct Residual: Module {
    private let body: any Module
    public init(_ body: any Module) { self.body = body }
    public func callAsFunction(_ x: Node) -> Node { x.adding(body(x)) }
}
