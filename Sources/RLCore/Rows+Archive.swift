// Observations saved and loaded, floats as floats and bytes as bytes.
public import Basics
import Kernels

extension Rows {
    public func save(as name: String, into archive: inout Archive) {
        if bytes.count > 0 { archive.store(bytes.array, as: name) } else { archive.store(floats.array, as: name) }
    }
    /// - Throws: when there are not exactly as many numbers of this kind.
    public func load(_ name: String, from archive: Archive) throws(ArchiveError) {
        if bytes.count > 0 {
            bytes.copy(from: try archive.bytes(name, count: bytes.count))
        } else {
            floats.copy(from: try archive.floats(name, count: floats.count))
        }
    }
}
