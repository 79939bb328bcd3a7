// An episode as pictures, one for each step: the world alone, or with the panel beside it.

import RLCore
import Rendering
import Training

protocol Reel {
    /// Shows the picture after each step, beginning with the reset's, number 0.
    func eachPicture(_ show: (Int, Picture) throws -> Void) throws
}

/// What a recording shows when it is played again.
struct RecordingReel: Reel {
    let recording: Recording
    let size: PictureSize

    func eachPicture(_ show: (Int, Picture) throws -> Void) throws {
        let play = try Resimulation(recording)
        func picture() -> Picture {
            var scene = Scene()
            play.world.drawFinal(0, on: &scene)
            return Picture(scene, width: size.width, height: size.height)
        }
        try show(0, picture())
        while play.advance() { try show(play.step, picture()) }
        if let difference = play.difference { throw ReelFailure.differs(difference) }
    }
}

/// What a viewer shows of an episode from its start to its end: of an agent also what it thinks at every step.
struct PanelReel: Reel {
    let session: WatchSession
    let size: PictureSize

    func eachPicture(_ show: (Int, Picture) throws -> Void) throws {
        try show(0, session.frame(size, isFilm: true))
        while !session.episodeIsOver {
            session.perform(.stepForward)
            try show(session.timeline.position, session.frame(size, isFilm: true))
        }
    }
}

enum ReelFailure {
    static func differs(_ difference: ReplayDifference) -> CommandFailure {
        CommandFailure("this recording no longer plays as it was recorded: \(difference)")
    }
}
