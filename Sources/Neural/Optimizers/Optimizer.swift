// What turns gradients into better parameters: one pass over the flat blocks of a store.
public import Basics

public protocol Optimizer: AnyObject {
    /// One step against the store's gradients.
    func apply(to parameters: ParameterStore, learningRate: Float)
    /// The moments and counters, so that a resumed run takes the same steps.
    func save(into archive: inout Archive)
    func load(from archive: Archive) throws(ArchiveError)
}
