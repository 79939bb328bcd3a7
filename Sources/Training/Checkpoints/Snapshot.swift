// A run between two of its steps, copied so that the run can go on while a second thread writes it down.
import Basics

/// What the segments on disk hold of the logs of a run, such as those of a replay memory.
struct SegmentIndex: Sendable, Equatable {
    struct Segment: Sendable, Equatable {
        let number: Int
        /// Of each log: the row after the last that the segment holds.
        let ends: [String: Int]
    }
    /// Those that hold rows which are still needed, ascending.
    var segments: [Segment] = []
    /// Of each log: the row before which everything is in segments, or needed no more.
    var held: [String: Int] = [:]
}

struct Snapshot: Sendable {
    let step: Int
    /// Everything but what segments hold.
    let state: Archive
    /// What is new since the segment before, and the new segment's number.
    let segment: (number: Int, logs: Archive)?
    /// The numbers of the segments that belong to this state, the new one's included.
    let references: [Int]

    /// - Parameters:
    ///   - tables: the bytes of metrics.csv and evaluations.csv. Not of timing.csv: how long it is depends on the clock, and equal
    ///     seeds give equal checkpoints.
    ///   - number: of the segment that takes what is new in logs; nil leaves it in the state, where the next segment's bytes do
    ///     not depend on it.
    init(_ run: TrainingRun, tables: [Int], index: inout SegmentIndex, segment number: Int?) {
        step = run.step
        var whole = Archive()
        whole.holdElsewhere(index.held)
        run.save(into: &whole)
        whole.store(tables.map(Int64.init), as: "tables")

        let logs = whole.names.filter { whole.stretch($0) != nil }.sorted()
        var state = Archive(), segment = Archive()
        for name in whole.names where whole.stretch(name) == nil { if let tensor = whole[name] { state.store(tensor, as: name) } }
        if let number, !logs.isEmpty {
            LogFile.store(logs, of: whole, into: &segment)
            let ends = logs.map { ($0, whole.stretch($0)?.rows.upperBound ?? 0) }
            index.held = Dictionary(uniqueKeysWithValues: ends)
            index.segments.append(SegmentIndex.Segment(number: number, ends: index.held))
            self.segment = (number, segment)
        } else {
            LogFile.store(logs, of: whole, into: &state)
            self.segment = nil
        }
        index.segments.removeAll { segment in
            logs.allSatisfy { (segment.ends[$0] ?? 0) <= whole.stretch($0)?.first ?? 0 }
        }
        self.state = state
        references = index.segments.map(\.number)
    }
}
