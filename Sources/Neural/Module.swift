// A part of a network: it owns addresses of parameters, not numbers, so one recipe serves any store of its layout.

public protocol Module {
    func callAsFunction(_ x: Node) -> Node
}
