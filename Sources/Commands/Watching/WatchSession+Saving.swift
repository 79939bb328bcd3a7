// Keeping what is watched: the episode as a recording, the picture as a file.

import Basics
import RLCore
import Rendering
import Training

extension WatchSession {
    /// An episode as a recording: it is played again in a fresh world to take it down.
    func recording(of episode: EpisodeTimeline.Played) throws -> Recording {
        let world = try exhibit.makeWorld()
        let actions = Actions(lanes: 1, space: world.actionSpace)
        let recorder = EpisodeRecorder()
        recorder.begin(world.reset(using: [RandomSource(seed: episode.seed)]).observations)
        for action in episode.actions {
            action.write(to: actions, lane: 0)
            recorder.add(actions, world.step(actions), lane: 0)
        }
        return recorder.recording(of: exhibit.environment, exhibit.settings, seed: episode.seed, agent: player(of: episode))
    }

    /// The episode that is shown, or the one before where it has only begun; nil where nothing has been played.
    var lastPlayed: EpisodeTimeline.Played? { timeline.position > 0 ? timeline.played : finished }

    private func player(of episode: EpisodeTimeline.Played) -> String {
        if episode.personSteps == 0 { return exhibit.player }
        return episode.personSteps == episode.actions.count
            ? "a person" : "\(exhibit.player), and a person for \(counted(episode.personSteps, "step"))"
    }

    func saveRecording() throws -> String {
        let path = freeName("json")
        try recording(of: timeline.played).write(to: path)
        return path
    }

    func savePicture() throws -> String {
        let path = freeName("png")
        try AtomicFile.write(frame(lastSize).png(), to: path, durable: false)
        return path
    }

    /// `cartpole-2000000.json`, or with a number where that is taken.
    private func freeName(_ suffix: String) -> String {
        let base = Paths.join(saveFolder, "\(exhibit.environment.name)-\(timeline.seed)")
        var path = "\(base).\(suffix)", number = 1
        while Folders.kind(of: path) != nil {
            number += 1
            path = "\(base)-\(number).\(suffix)"
        }
        return path
    }
}
