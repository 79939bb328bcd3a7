// The same training once whole and twice interrupted, in three folders: what `rl verify-resume` compares.
public import Basics

/// How a training may be interrupted: within this process, by letting go of everything in memory. `scripts/torture` kills real ones.
public enum InterruptionKind: String, CaseIterable, Sendable {
    /// As if by a signal: it saves, and goes on from there.
    case stopped
    /// As if killed without warning: it goes on from the newest checkpoint there is.
    case killed
}

public struct ResumeCheck {
    private let plan: TrainingPlan
    private let folder: String
    private let episodes: Int
    private let attend: () throws -> Void

    /// - Parameters:
    ///   - folder: exists and is empty.
    ///   - episodes: of the final evaluation.
    ///   - attend: called once a step; throws to give up.
    public init(_ plan: TrainingPlan, in folder: String, episodes: Int = 100, attend: @escaping () throws -> Void = {}) {
        self.plan = plan
        self.folder = folder
        self.episodes = episodes
        self.attend = attend
    }

    /// Where the uninterrupted run is.
    public var whole: String { Paths.join(folder, "whole") }

    /// Trains without an interruption.
    public func trainWhole() throws -> RunReport {
        let run = try TrainingRun(plan), files = try RunFolder(new: whole, for: run)
        return try complete(run, files)
    }

    /// Trains with an interruption after step `step`, and compares what there is in the end with the whole run.
    ///
    /// - Parameter altering: see `StoppedRun`.
    public func compare(
        _ kind: InterruptionKind, at step: Int, _ catalogues: Catalogues, altering: ((inout Archive, TrainingRun) -> Void)? = nil
    ) throws -> RunComparison {
        let path = try Folders.claim(Paths.join(folder, kind.rawValue))
        try begin(kind, at: step, in: path)
        var complaints: [String] = []
        let stopped = try StoppedRun(path, catalogues, altering: altering) { complaints.append($0) }
        if let complaint = complaints.first { throw FileError(.malformed, path: path, complaint) }
        _ = try complete(stopped.run, stopped.open())
        return try RunComparison(of: whole, with: path)
    }

    private func begin(_ kind: InterruptionKind, at step: Int, in path: String) throws {
        let run = try TrainingRun(plan), files = try RunFolder(new: path, for: run)
        run.observers = [files]
        defer { run.observers = [] }
        while run.step < step, !run.isFinished {
            try attend()
            try run.advance()
        }
        guard kind == .stopped else { return }
        try files.checkpoint(run)
        try files.interrupt(run)
    }

    private func complete(_ run: TrainingRun, _ files: RunFolder) throws -> RunReport {
        run.observers = [files]
        defer { run.observers = [] }
        while !run.isFinished {
            try attend()
            try run.advance()
        }
        let report = try run.finish(episodes: episodes)
        try files.finish(report)
        return report
    }
}
