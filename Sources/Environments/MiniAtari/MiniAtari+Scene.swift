// What a mini-Atari game looks like to people: every cell that is set, as a rounded rectangle in its channel's colour.
public import RLCore

extension MiniAtari {
    /// One unit is a cell. The first channel lies on top, as what matters most to a player.
    public func draw(on scene: inout Scene) {
        let planes = Game.planes
        scene.bounds = Rectangle(x: 0, y: 0, width: 10, height: 10)
        scene.background = .night
        var screen = [UInt8](repeating: 0, count: 100 * planes.count)
        var span = screen.mutableSpan
        game.paint(on: &span)
        for (channel, plane) in planes.enumerated().reversed() {
            guard let colour = plane.colour else { continue }
            let side = 1 - 2 * plane.inset
            for cell in 0..<100 where screen[cell * planes.count + channel] == 1 {
                let corner = Rectangle(
                    x: Double(cell % 10) + plane.inset, y: Double(cell / 10) + plane.inset, width: side, height: side)
                scene.rectangle(corner, corner: 0.2 * side, colour)
            }
        }
    }
}
