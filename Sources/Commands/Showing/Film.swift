// An episode as files: PNG pictures by ourselves, GIF and MP4 by ffmpeg.

import Glibc
import Kernels
import Rendering
import Training

struct Film {
    let reel: any Reel
    /// Steps shown in a second.
    let pace: Double

    init(_ reel: any Reel, pace: Double) {
        self.reel = reel
        self.pace = pace
    }

    /// `NAME-00000.png` and so on, or one picture alone as `path`.
    ///
    /// - Returns: the files written.
    func writePictures(to path: String, only step: Int?) throws -> [String] {
        var written: [String] = []
        var steps = 0
        let stem = path.dropLast(".png".count)
        try reel.eachPicture { number, picture in
            steps = number
            guard step == nil || step == number else { return true }
            let file = step == nil ? "\(stem)-\(numbered(number)).png" : path
            try AtomicFile.write(picture().png(), to: file, durable: false)
            written.append(file)
            return step == nil
        }
        if let step, written.isEmpty {
            throw UsageError("--step \(step) is beyond this episode's \(counted(steps, "step"))")
        }
        return written
    }

    /// Through pictures in a folder of their own, which is removed again, also when ffmpeg fails or a signal comes.
    ///
    /// - Returns: the signal that stopped it, and then there is no film.
    func encode(_ kind: FilmKind, to path: String, searchPath: String) throws -> Int32? {
        guard let encoder = findProgram("ffmpeg", path: searchPath) else {
            throw CommandFailure(
                "films need ffmpeg, which is not installed; install it with: apt-get install ffmpeg, or write .png pictures")
        }
        guard Folders.kind(of: path) != .folder else { throw FileError(.cannotWrite, path: path, "this is a folder") }
        let folder = try Folders.claim(Paths.join(Paths.folder(of: path), ".\(Paths.name(of: path)).frames"))
        Interruption.watch()
        defer {
            try? Folders.remove(folder)
            Interruption.unwatch()
        }
        try reel.eachPicture { number, picture in
            try AtomicFile.write(picture().png(), to: Paths.join(folder, "\(numbered(number)).png"), durable: false)
            return Interruption.pending == nil
        }
        if let signal = Interruption.pending { return signal }
        let result = Paths.join(folder, "film.\(kind == .gif ? "gif" : "mp4")")
        let input = ["-nostdin", "-y", "-loglevel", "error", "-framerate", "\(pace)", "-i", Paths.join(folder, "%05d.png")]
        // GIF: one palette for the whole film, without dithering, whose noise no frame shares with the next. MP4: even sides, and the
        // pixels that every player knows.
        let settings =
            kind == .gif
            ? ["-vf", "split[a][b];[a]palettegen=stats_mode=full[p];[b][p]paletteuse=dither=none", "-loop", "0"]
            : [
                "-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2", "-c:v", "libx264", "-crf", "18", "-pix_fmt", "yuv420p", "-movflags",
                "+faststart",
            ]
        let process = try ChildProcess([encoder] + input + settings + [result])
        var status = process.poll()?.status
        while status == nil {
            usleep(2000)
            if Interruption.pending != nil { process.terminate() }
            status = process.poll()?.status
        }
        if let signal = Interruption.pending { return signal }
        guard status == 0 else { throw CommandFailure("ffmpeg failed with status \(status ?? 1), see its message above") }
        try Folders.move(result, to: path)
        return nil
    }

    private func numbered(_ number: Int) -> String {
        let digits = "\(number)"
        return String(repeating: "0", count: max(0, 5 - digits.count)) + digits
    }
}
