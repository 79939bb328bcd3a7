// An episode as pictures, one for each step: the world alone, or with the panel beside it.

import Environments
import RLCore
import Rendering
import Training

protocol Reel {
    /// Offers the picture after each step, beginning with the reset's, number 0, until `show` has seen enough. What is not asked for is
    /// not painted.
    ///
    /// - Parameter show: returns whether it wants the next.
    func eachPicture(_ show: (Int, () -> Picture) throws -> Bool) throws
}

/// What a recording shows when it is played again.
struct RecordingReel: Reel {
    let recording: Recording
    let size: PictureSize

    func eachPicture(_ show: (Int, () -> Picture) throws -> Bool) throws {
        let play = try Resimulation(recording)
        func picture() -> Picture {
            var scene = Scene()
            play.world.drawFinal(0, on: &scene)
            return Picture(scene, width: size.width, height: size.height)
        }
        guard try show(0, picture) else { return }
        while play.advance() { guard try show(play.step, picture) else { return } }
    }
}

/// What a viewer shows of an episode from its start to its end: of an agent also what it thinks at every step.
struct PanelReel: Reel {
    let session: WatchSession
    let size: PictureSize

    func eachPicture(_ show: (Int, () -> Picture) throws -> Bool) throws {
        func picture() -> Picture { session.frame(size, isFilm: true) }
        guard try show(0, picture) else { return }
        while !session.episodeIsOver {
            session.perform(.stepForward)
            guard try show(session.timeline.position, picture) else { return }
        }
    }
}

extension Recording {
    /// The recording at `path`, played once from its start to its end.
    ///
    /// - Throws: `FileError` for what is none; `CommandFailure` where it no longer plays as it was recorded.
    static func verified(_ path: String, _ environments: EnvironmentCatalogue) throws -> Recording {
        let recording = try read(path, environments), play = try Resimulation(recording)
        do throws(ReplayDifference) { try play.verify() } catch {
            throw CommandFailure("this recording no longer plays as it was recorded: \(error)")
        }
        return recording
    }
}
