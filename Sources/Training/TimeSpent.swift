// What a run has spent by a row of its timing.csv: a run that goes on goes on from there.

/// In seconds. Of clocks that went mad, whose rows hold no numbers, nothing is carried over.
struct TimeSpent: Hashable, Sendable {
    var seconds = 0.0
    var times = PhaseTimes()
    /// What the run itself has waited for checkpoints, and what the second thread has spent on them.
    var checkpoint = 0.0
    var written = 0.0
    /// Until the first evaluation that reached the world's threshold, as the row of timing.csv at or after it says.
    var secondsToSolve: Double?

    static let columns = ["step", "seconds", "act", "worlds", "learn", "report", "checkpoint", "written"]

    init() {}

    /// - Parameters:
    ///   - timing, evaluations: up to where the run goes on.
    ///   - threshold: the world's; nil where it has none.
    init(timing: CSVTable, evaluations: CSVTable, threshold: Double?) {
        guard timing.columns == Self.columns, let last = timing.rows.last, last.allSatisfy(\.isFinite) else { return }
        seconds = last[1]
        times = PhaseTimes(act: last[2], worlds: last[3], learn: last[4], report: last[5])
        (checkpoint, written) = (last[6], last[7])
        guard let threshold, let steps = evaluations["step"], let means = evaluations["mean_return"],
            let first = zip(steps, means).first(where: { $0.1 >= threshold })
        else { return }
        secondsToSolve = timing.rows.first { $0[0] >= first.0 }?[1]
    }
}
