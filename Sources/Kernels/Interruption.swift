// Ctrl-C as a question asked between two steps, not as an end in the middle of one.

import CKernels

/// SIGINT, SIGTERM and SIGHUP, remembered so that a run can save before it stops.
///
/// A second SIGINT ends the process at once with status 130. Signals that the parent had us ignore (`nohup`) stay ignored.
public enum Interruption {
    /// From now on the signals are remembered and no longer end the process.
    public static func watch() { ckernels_watch_signals() }
    /// The first signal that arrived since `watch`, or nil. Costs one load, so it may be asked at every step.
    public static var pending: Int32? {
        let signal = ckernels_pending_signal()
        return signal == 0 ? nil : signal
    }
    /// Gives the signals their usual effect again and forgets what was remembered.
    public static func unwatch() { ckernels_unwatch_signals() }
}
