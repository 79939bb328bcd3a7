// Jobs in child processes, as many at a time as there are cores.

import Glibc
import Kernels

struct ProcessPool<Name: Hashable & Comparable> {
    struct Job {
        let name: Name
        /// The program and its arguments.
        let words: [String]
        /// Whether what it says on standard error is dropped.
        var isMute = false
    }
    let width: Int

    init(atMost jobs: Int) { width = max(1, min(jobs, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))) }

    /// Runs all jobs, until a signal comes or the clock reaches `deadline`; then those that run are asked to save and to end.
    ///
    /// - Parameters:
    ///   - deadline: on the monotonic clock.
    ///   - ended: told of each job that came to its own end.
    ///   - look: called some hundred times a second with how many run.
    /// - Returns: whether all jobs came to their own end.
    func run(
        _ jobs: [Job], until deadline: Double = .infinity, ended: (Name, Int32, [UInt8]) throws -> Void, look: (Int) -> Void
    ) throws -> Bool {
        var waiting = jobs[...], running: [Name: ChildProcess] = [:], isStopping = false
        while !(waiting.isEmpty && running.isEmpty) {
            if !isStopping, Interruption.pending != nil || monotonicSeconds() >= deadline {
                isStopping = true
                waiting = []
                // Ctrl-C reaches the children by itself, `kill` and the clock do not; one that was told already takes no notice.
                for child in running.values { child.terminate() }
            }
            while running.count < width, let job = waiting.popFirst() {
                running[job.name] = try ChildProcess(job.words, isMute: job.isMute)
            }
            for (name, child) in running.sorted(by: { $0.key < $1.key }) {
                guard let ending = child.poll() else { continue }
                running[name] = nil
                if !isStopping || ending.status == 0 { try ended(name, ending.status, ending.output) }
            }
            look(running.count)
            if !running.isEmpty { usleep(2000) }
        }
        return !isStopping
    }
}
