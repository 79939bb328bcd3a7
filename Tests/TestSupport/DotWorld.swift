// A tiny pixel world whose every byte can be foretold: a dot that walks along the lines, and lives to lose.
public import Basics
public import RLCore

/// 12 by 10 pixels. Each frame the bright dot, 2 by 2, moves one pixel to the right; on odd frames it is dark (it flickers). Action 1
/// pays 3, action 2 pays −2, action 3 costs one of three lives. A reset draws the line of the dot.
public struct DotWorld: PixelWorld {
    public static let width = 12, height = 10
    public static let actionCount = 4
    public private(set) var time = 0
    public private(set) var line = 0
    public private(set) var lives = 3
    /// The last action, so that tests see which one was done.
    public private(set) var told = 0

    public init() {}

    public var isOver: Bool { lives == 0 }
    public mutating func reset(using random: inout RandomSource) {
        self = DotWorld()
        line = random.below(8)
    }
    public mutating func advance(_ action: Int, using random: inout RandomSource) -> Float {
        if isOver { return 0 }
        time += 1
        told = action
        if action == 3 { lives -= 1 }
        return action == 1 ? 3 : action == 2 ? -2 : 0
    }
    public func paint(on raster: Raster) {
        raster.fill(Colour(10, 20, 30))
        raster.rectangle(x: time % 11, y: line, width: 2, height: 2, time % 2 == 0 ? Colour(250, 200, 150) : Colour(50, 0, 90))
    }
    public var state: [Double] { [Double(time), Double(line), Double(lives), Double(told)] }
    public func save(into archive: inout Archive) { archive.store(state, as: "dot") }
    public mutating func load(from archive: Archive) throws(ArchiveError) {
        let found = try archive.doubles("dot", count: 4).map { Int($0) }
        (time, line, lives, told) = (found[0], found[1], found[2], found[3])
    }
}

extension Environment {
    /// What is seen now, of a world that shows bytes.
    public var seen: [UInt8] {
        var row = [UInt8](repeating: 77, count: observationSpace.shape.count)
        var span = row.mutableSpan
        observe(into: &span)
        return row
    }
}

/// FNV-1a over bytes, to pin them.
public struct Fingerprint {
    public private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325
    public init() {}
    public mutating func add(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
}
