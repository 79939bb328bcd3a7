// The loop between a session and the front that shows it: sixty pictures a second, whatever the world's own pace.

import Glibc
import Kernels
import Rendering
import Viewing

struct ViewerLoop {
    let session: WatchSession
    let front: any Front
    /// The run that is followed.
    var follower: RunFollower?
    /// Ends after so many pictures, each a sixtieth of a second of the session's time, painted as fast as can be; nil: the clock's
    /// time, until somebody quits.
    var frames: Int?

    static let picturesPerSecond = 60.0

    /// - Returns: the signal that ended it, nil when somebody quit or everything was shown.
    func run() throws -> Int32? {
        Interruption.watch()
        defer { Interruption.unwatch() }
        let start = monotonicSeconds()
        var painted: (revision: Int, size: PictureSize)?
        var count = 0
        while !session.isOver {
            if let signal = Interruption.pending { return signal }
            if let frames, count >= frames { return nil }
            let begun = monotonicSeconds()
            for event in try front.events() { session.handle(event) }
            let time = frames == nil ? begun - start : Double(count) / ViewerLoop.picturesPerSecond
            follower?.look(at: time, for: session)
            session.advance(to: time)
            let size = front.pictureSize
            if frames != nil || painted?.revision != session.revision || painted?.size != size {
                painted = (session.revision, size)
                if let front = front as? any SessionFront {
                    try front.show(session)
                } else {
                    try front.show(session.frame(size))
                }
            }
            count += 1
            let left = begun + 1 / ViewerLoop.picturesPerSecond - monotonicSeconds()
            if frames == nil, left > 0 { usleep(UInt32(left * 1e6)) }
        }
        return nil
    }
}
