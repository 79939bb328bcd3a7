// A game that is its picture: it moves one frame at a time and paints itself.
public import Basics

/// What a game must say so that the standard preprocessing (`PixelPreprocessing`) makes an environment of it.
///
/// A value, as every world: a copy is a snapshot. Its picture is a function of the value, so a copy paints the same; keep the value
/// small, for the last two frames are kept as two values and painted when somebody looks.
public protocol PixelWorld: Sendable, Equatable {
    /// Pixels of the picture, across and down.
    static var width: Int { get }
    static var height: Int { get }
    /// Actions are 0 ..< actionCount; 0 must be to do nothing.
    static var actionCount: Int { get }

    /// Begins a game.
    mutating func reset(using random: inout RandomSource)
    /// Advances one frame and returns the points that it paid. When the game is over nothing moves, nothing is paid, nothing is drawn.
    mutating func advance(_ action: Int, using random: inout RandomSource) -> Float
    var isOver: Bool { get }
    /// What is left, the one being played included; 0 in a game without lives.
    var lives: Int { get }

    /// Paints every pixel.
    func paint(on raster: Raster)

    /// The whole state as numbers, in the order stated on the game's page.
    var state: [Double] { get }
    func save(into archive: inout Archive)
    mutating func load(from archive: Archive) throws(ArchiveError)
}

extension PixelWorld {
    @inlinable public static var width: Int { 160 }
    @inlinable public static var height: Int { 210 }
    @inlinable public var lives: Int { 0 }
}
