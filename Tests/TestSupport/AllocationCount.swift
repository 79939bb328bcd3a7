// How often the process has asked for memory.
import CMallocCount

/// Calls of malloc and its relatives since the process began, on all threads.
public func allocationCount() -> Int { malloc_count() }
