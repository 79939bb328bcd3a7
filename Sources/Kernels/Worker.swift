// A second thread that waits for work: the only place in the house where two things happen at once.
import Glibc

/// One thread, started once, that runs what it is handed while its owner does something else.
///
/// What it runs must touch nothing that the owner touches before `wait` returns; the mutex of both calls orders everything else.
public final class Worker: @unchecked Sendable {
    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private let changed: UnsafeMutablePointer<pthread_cond_t>
    private var thread = pthread_t()
    private enum Phase { case idle, asked, running, leaving }
    private var phase = Phase.idle
    private var work: (() -> Void)?

    public init() {
        lock = .allocate(capacity: 1)
        changed = .allocate(capacity: 1)
        pthread_mutex_init(lock, nil)
        pthread_cond_init(changed, nil)
        let box = Unmanaged.passUnretained(self).toOpaque()
        let failure = pthread_create(
            &thread, nil,
            {
                Worker.live($0!); return nil
            }, box)
        guard failure == 0 else { fatalError("no second thread: the system answers \(failure)") }
    }
    deinit {
        enter(.leaving)
        pthread_join(thread, nil)
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(lock)
        changed.deallocate()
        lock.deallocate()
    }

    /// What every later `start` runs; set once, so that handing over allocates nothing.
    ///
    /// The worker keeps it alive; capture no strong reference to the worker's owner.
    public func prepare(_ body: @escaping () -> Void) {
        pthread_mutex_lock(lock)
        guard phase == .idle else { fatalError("a worker is prepared while it runs") }
        work = body
        pthread_mutex_unlock(lock)
    }
    /// Begins the prepared work on the other thread and returns at once.
    public func start() { enter(.asked) }
    /// Whether nothing is being done: what `wait` would return at once for.
    public var isIdle: Bool {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        return phase == .idle
    }
    /// Returns when the work is done.
    public func wait() {
        pthread_mutex_lock(lock)
        while phase != .idle { pthread_cond_wait(changed, lock) }
        pthread_mutex_unlock(lock)
    }

    private func enter(_ next: Phase) {
        pthread_mutex_lock(lock)
        while phase != .idle { pthread_cond_wait(changed, lock) }
        guard next == .leaving || work != nil else { fatalError("a worker is started before it is prepared") }
        phase = next
        pthread_cond_broadcast(changed)
        pthread_mutex_unlock(lock)
    }

    /// The thread's life. The owner's `deinit` waits for its end, so the reference need not be counted.
    private static func live(_ box: UnsafeMutableRawPointer) {
        let worker = Unmanaged<Worker>.fromOpaque(box)
        worker._withUnsafeGuaranteedRef { me in
            pthread_mutex_lock(me.lock)
            while true {
                while me.phase == .idle { pthread_cond_wait(me.changed, me.lock) }
                if me.phase == .leaving { break }
                me.phase = .running
                let work = me.work
                pthread_mutex_unlock(me.lock)
                work?()
                pthread_mutex_lock(me.lock)
                me.phase = .idle
                pthread_cond_broadcast(me.changed)
            }
            pthread_mutex_unlock(me.lock)
        }
    }
}
