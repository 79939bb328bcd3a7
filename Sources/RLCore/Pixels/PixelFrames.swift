// A pixel world as an environment: one step is one frame, what is seen is the picture.
public import Basics
public import Kernels

@frozen public struct PixelFrames<World: PixelWorld>: Mortal {
    public var world: World
    /// Seen in colour, [height, width, 3], or in grey, [height, width, 1].
    public let isGrey: Bool

    @inlinable public init(_ world: World, isGrey: Bool) {
        self.world = world
        self.isGrey = isGrey
    }

    @inlinable public var observationSpace: Space {
        .bytes(.image(height: World.height, width: World.width, channels: isGrey ? 1 : 3), stack: 1)
    }
    @inlinable public var actionSpace: Space { .discrete(World.actionCount) }
    @inlinable public var lives: Int { world.lives }

    @inlinable public mutating func reset(using random: inout RandomSource) { world.reset(using: &random) }

    @inlinable public mutating func step(_ action: Action, using random: inout RandomSource) -> Outcome {
        let choice = action.index
        guard choice >= 0 && choice < World.actionCount else {
            fatalError("\(World.self) has actions 0 to \(World.actionCount - 1), got \(choice)")
        }
        let points = world.advance(choice, using: &random)
        return Outcome(reward: points, ending: world.isOver ? .terminated : .running)
    }

    @inlinable public func observe(into row: inout MutableSpan<UInt8>) { paint(into: &row, channels: isGrey ? 1 : 3) }

    /// The picture in colour, one unit a pixel.
    public func draw(on scene: inout Scene) {
        var picture = [UInt8](repeating: 0, count: World.width * World.height * 3)
        var span = picture.mutableSpan
        paint(into: &span, channels: 3)
        scene.bounds = Rectangle(x: 0, y: 0, width: Double(World.width), height: Double(World.height))
        scene.background = .black
        scene.pixels(picture, width: World.width, height: World.height, in: scene.bounds)
    }

    @inlinable func paint(into row: inout MutableSpan<UInt8>, channels: Int) {
        Bytes.over(&row) { world.paint(on: Raster($0, width: World.width, height: World.height, channels: channels)) }
    }

    public var state: [Double] { world.state }
    public func save(into archive: inout Archive) { world.save(into: &archive) }
    public mutating func load(from archive: Archive) throws(ArchiveError) { try world.load(from: archive) }
}
