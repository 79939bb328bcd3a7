// Where pictures are shown and keys are read: what a window and a terminal have in common.
public import Rendering

/// Something that happened at a front.
public enum FrontEvent: Hashable, Sendable {
    /// A key went down; `isRepeat` where it only stayed down for long.
    case pressed(Key, isRepeat: Bool)
    case released(Key)
    /// No key is down any more, whatever was pressed before: the front is no longer the one that is typed into.
    case releasedAll
    /// In pixels of the picture shown last.
    case clicked(x: Int, y: Int)
    /// Steps of the mouse's wheel, away from the person being positive.
    case scrolled(Int)
    /// Whoever watches closed the front.
    case closed
}

public protocol Front: AnyObject {
    /// Pixels of the picture to show next; follows the window's or the terminal's size.
    var pictureSize: PictureSize { get }
    /// What happened since the last call, in order. Never waits.
    ///
    /// - Throws: when the front is gone, such as a window whose display is.
    func events() throws -> [FrontEvent]
    /// - Throws: when the front is gone.
    func show(_ picture: Picture) throws
}
