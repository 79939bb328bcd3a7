// `events.out.tfevents.…`: the scalars of a run as TensorBoard reads them.

import Glibc

/// TFRecords of `tensorflow.Event` messages. Equal seeds give files that differ in the wall times alone, which are 8 bytes everywhere.
final class TensorBoardLog: RunLog {
    /// TensorBoard takes every file with `tfevents` in its name; the number is where other writers put the time.
    static let name = "events.out.tfevents.0.rl"
    let file: AppendingFile

    /// - Parameter step: of a run that goes on, the last step whose records are kept; nil starts afresh.
    init(in folder: String, resumingAt step: Int?) throws(FileError) {
        let path = Paths.join(folder, Self.name)
        let kept = try step.map { step throws(FileError) in try EventRecords.length(path, upTo: step) } ?? 0
        file = try AppendingFile(path, keeping: kept)
        if kept == 0 {
            var event = ProtocolBuffer()
            event.add(1, double: Self.now())
            event.add(3, text: "brain.Event:2")
            try file.append(bytes: EventRecords.record(event.bytes))
        }
    }

    func report(_ row: ReportRow, seconds: Double) throws(FileError) {
        var scalars = zip(row.columns, row.values).dropFirst().filter { $0.1.isFinite }.map { column, value in
            (ScalarTags.tag(of: column, among: row.columns), value)
        }
        if seconds > 0 { scalars.append((ScalarTags.speed, Double(row.step) / seconds)) }
        try append(scalars, step: row.step)
    }
    func evaluate(_ row: EvaluationRow) throws(FileError) {
        try append([(ScalarTags.tag(of: "mean_return", among: []), row.mean)], step: row.step)
    }
    func ring(_ alarm: Alarm) throws(FileError) {}

    /// `Event { double wall_time = 1; int64 step = 2; Summary summary = 5 }`, `Summary { repeated Value value = 1 }`,
    /// `Value { string tag = 1; float simple_value = 2 }`.
    private func append(_ scalars: [(tag: String, value: Double)], step: Int) throws(FileError) {
        var summary = ProtocolBuffer()
        for scalar in scalars {
            var value = ProtocolBuffer()
            value.add(1, text: scalar.tag)
            value.add(2, float: Float(scalar.value))
            summary.add(1, message: value)
        }
        var event = ProtocolBuffer()
        event.add(1, double: Self.now())
        event.add(2, integer: step)
        event.add(5, message: summary)
        try file.append(bytes: EventRecords.record(event.bytes))
    }

    /// Seconds since 1970.
    private static func now() -> Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
