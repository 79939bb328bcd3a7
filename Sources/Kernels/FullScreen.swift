// The whole terminal as a program's own page, given back as it was however the program ends.

import CKernels

/// The alternate screen without a cursor; keys come one by one and are not shown. Ctrl-C and Ctrl-Z stay signals.
///
/// The terminal is given back by `leave`, at an exit, at a crash, and at a second Ctrl-C that `Interruption` obeys.
public enum FullScreen {
    /// - Returns: false where one of the descriptors is no terminal; nothing has changed then.
    public static func enter(input: Int32, output: Int32) -> Bool { ckernels_enter_terminal(input, output) == 0 }
    public static func leave() { ckernels_leave_terminal() }
    /// Whether Ctrl-Z was pressed since this was asked last. Whoever is told leaves, stops the process, and enters again.
    public static func takeStopRequest() -> Bool { ckernels_take_stop_request() != 0 }
}
