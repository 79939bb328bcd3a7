// Memory that is needed for the length of a call, without asking the allocator at every call.
import Synchronization

/// Lends one block of bytes to one borrower at a time; contents are whatever the last one left.
///
/// Values that are copied may share a scratch, also between threads: it holds nothing that is theirs. Whoever comes while the block
/// is lent gets a block from the allocator for that call, so the answer never depends on who else borrows.
public final class Scratch: Sendable {
    private let storage: Storage<UInt8>
    private let isLent = Atomic(false)

    public init(count: Int) { storage = Storage(count: count) }

    public var count: Int { storage.all.count }

    public func lend(_ body: (Bytes) -> Void) {
        guard !isLent.exchange(true, ordering: .acquiring) else {
            let own = Storage<UInt8>(count: count)
            return withExtendedLifetime(own) { body(own.all) }
        }
        defer { isLent.store(false, ordering: .releasing) }
        body(storage.all)
    }
}
