// Saving and loading what is learned, the whole store or a part of it by name.
public import Basics
import Kernels

extension ParameterStore {
    /// Each tensor under its name and shape.
    public func save(into archive: inout Archive) {
        for parameter in parameters { archive.store(values(of: parameter).array, shape: parameter.shape, as: parameter.name) }
        saveStates(into: &archive)
    }

    /// - Throws: when a tensor is missing or has another shape; then nothing has been changed.
    public func load(from archive: Archive) throws(ArchiveError) {
        let found = try tensors(of: parameters, in: archive) { $0 }
        try loadStates(from: archive)
        place(found)
    }

    /// Part of a network, without its running states: the parameters whose names begin with `prefix`, from tensors whose names begin with `other` instead, as a
    /// torso trained elsewhere has them.
    ///
    /// - Returns: what was loaded.
    /// - Throws: when there is no such parameter, or a tensor is missing or has another shape; then nothing has been changed.
    @discardableResult
    public func load(_ prefix: String, from archive: Archive, named other: String? = nil) throws(ArchiveError) -> [Parameter] {
        let chosen = parameters.filter { $0.name.hasPrefix(prefix) }
        guard !chosen.isEmpty else { throw ArchiveError("no parameter's name begins with \"\(prefix)\"") }
        place(try tensors(of: chosen, in: archive) { (other ?? prefix) + $0.dropFirst(prefix.count) })
        return chosen
    }

    private func tensors(
        of chosen: [Parameter], in archive: Archive, name: (String) -> String
    ) throws(ArchiveError) -> [(Parameter, [Float])] {
        var found: [(Parameter, [Float])] = []
        for parameter in chosen {
            let source = name(parameter.name)
            let numbers = try archive.floats(source, count: parameter.count)
            if let shape = archive[source]?.shape, shape != parameter.shape {
                throw ArchiveError("\"\(source)\" has shape \(shape), \(parameter.shape) is needed")
            }
            if let bad = numbers.firstIndex(where: { !$0.isFinite }) {
                throw ArchiveError("\"\(source)\" holds \(numbers[bad]) at index \(bad)")
            }
            found.append((parameter, numbers))
        }
        return found
    }
    private func place(_ tensors: [(Parameter, [Float])]) {
        for (parameter, numbers) in tensors { values(of: parameter).copy(from: numbers) }
    }
}
