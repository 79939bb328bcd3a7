// How much memory this process may ever have: so that what cannot fit is refused before it is asked for.
import Glibc

public enum PhysicalMemory {
    /// Bytes of the machine, or of the control group that the process lives in where that allows less.
    public static let byteCount: Int = {
        let machine = max(1, sysconf(Int32(_SC_PHYS_PAGES))) * max(1, sysconf(Int32(_SC_PAGESIZE)))
        return min(machine, groupLimit() ?? machine)
    }()

    /// The second version's files only: where a container has another kind, the machine's own size stands.
    private static func groupLimit() -> Int? {
        guard let file = fopen("/sys/fs/cgroup/memory.max", "r") else { return nil }
        defer { fclose(file) }
        var digits = [CChar](repeating: 0, count: 32)
        guard fgets(&digits, Int32(digits.count), file) != nil else { return nil }
        let text = digits.prefix { $0 >= 48 && $0 <= 57 }
        return text.isEmpty ? nil : text.reduce(0) { $0.multipliedReportingOverflow(by: 10).partialValue &+ Int($1 - 48) }
    }
}
