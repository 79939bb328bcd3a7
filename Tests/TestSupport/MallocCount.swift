// How often the memory allocator is called: the promise that running allocates nothing is a number.
import CMallocCount

public enum MallocCount {
    /// Calls of malloc and its family by this thread while `body` runs.
    public static func during(_ body: () throws -> Void) rethrows -> Int {
        let before = malloc_count()
        try body()
        return malloc_count() - before
    }
}
