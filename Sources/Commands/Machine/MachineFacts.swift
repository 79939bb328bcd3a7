// What `rl doctor` knows about the machine, gathered without judging.

/// Plain facts; `findings` judges them, so every judgement can be tested on machines that we do not have.
package struct MachineFacts {
    /// Model name from `/proc/cpuinfo`, empty where it says none.
    package var processor = ""
    /// Vector features of the CPU, as `Kernels.Processor` names them.
    package var features: [String] = []
    /// The features that the binary was built to use.
    package var builtFor: [String] = []
    /// Cores that are switched on.
    package var cores = 1
    /// Cores that this process may run on.
    package var usableCores = 1
    /// CPU time that the control group allows, in cores; nil for no limit.
    package var quota: Double?

    /// The CPU whose kernels OpenBLAS chose.
    package var blasCore = ""
    package var blasConfiguration = ""
    package var blasThreads = 1

    package var environment: [String: String] = [:]
    /// Bytes free in the current folder for this user; nil when the system does not tell.
    package var freeBytes: UInt64?
    package var canWriteHere = true
    /// Where `ffmpeg` was found.
    package var ffmpeg: String?
    package var isTerminal = false
    /// Columns of the terminal.
    package var columns = 80
    package var hasColor = false

    package init() {}
}
