// Follows a run while it trains: looks whether its files have changed, and gives the session the newest weights and the curve.

import Glibc
import Rendering
import Training

/// Only reads, and at most twice a second: the training neither waits for it nor learns of it.
final class RunFollower {
    private let path: String
    private let catalogues: Catalogues
    private var seen: [String: FileStamp] = [:]
    private var nextLook = 0.0
    private static let interval = 0.5

    init(_ path: String, _ catalogues: Catalogues) {
        self.path = path
        self.catalogues = catalogues
    }

    /// - Parameter time: in seconds, as `WatchSession.advance` is told.
    func look(at time: Double, for session: WatchSession) {
        guard time >= nextLook else { return }
        nextLook = time + RunFollower.interval
        do {
            if hasChanged(RunFolder.bestName) {
                session.adopt(try AgentFile.read(Paths.join(path, RunFolder.bestName), catalogues))
            }
            let isNew = hasChanged(RunFolder.evaluationsName)
            if hasChanged(RunFolder.planName) || isNew {
                session.follow(try curve(), status: try status())
            }
        } catch {
            // Files are replaced as a whole, so this is no half of one: say it, and look again when it changes.
            session.tell("the run cannot be read: \(sentence(of: error))")
        }
    }

    private func hasChanged(_ name: String) -> Bool {
        guard let stamp = FileStamp(Paths.join(path, name)), stamp != seen[name] else { return false }
        seen[name] = stamp
        return true
    }

    private func status() throws -> String {
        try JSONReader.read(Paths.join(path, RunFolder.planName)).json["status"]?.stringValue ?? "unknown"
    }

    /// From evaluations.csv, whose last line may be unfinished while the run writes it.
    private func curve() throws -> [PanelContents.CurvePoint] {
        let file = Paths.join(path, RunFolder.evaluationsName)
        guard Folders.kind(of: file) != nil else { return [] }
        let lines = String(decoding: try readFile(file, limit: 64 << 20), as: UTF8.self).split(separator: "\n")
        return lines.dropFirst().compactMap { line in
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            guard fields.count == 6, let step = Int(fields[0]), let mean = Double(fields[1]), let deviation = Double(fields[2])
            else { return nil }
            return PanelContents.CurvePoint(step: step, meanReturn: mean, deviation: deviation)
        }
    }
}

/// Tells one version of a file from another without reading it.
struct FileStamp: Hashable {
    private let inode: UInt64
    private let size: Int
    private let seconds: Int
    private let nanoseconds: Int

    /// Nil where there is no such file.
    init?(_ path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        inode = UInt64(status.st_ino)
        size = Int(status.st_size)
        seconds = status.st_mtim.tv_sec
        nanoseconds = status.st_mtim.tv_nsec
    }
}
