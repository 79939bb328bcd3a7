// Acrobot as a picture: two links, their joints, and the height that the tip must pass.
public import RLCore

extension Acrobot {
    /// Metres; the first joint is the origin.
    public func draw(on scene: inout Scene) {
        scene.background = .white
        scene.bounds = Rectangle(x: -2.2, y: -2.2, width: 4.4, height: 4.4)
        scene.line([Point(-2.2, -1), Point(2.2, -1)], width: 0.02, .black)
        // Both angles are counted from straight down.
        let first = Double.pi - one.first, second = first - one.second
        let elbow = Point(0, 0).moved(1, leaning: first)
        for (joint, angle) in [(Point(0, 0), first), (elbow, second)] {
            scene.polygon(bar(from: joint, leaning: angle, length: 1, width: 0.2), Colour(0, 204, 204))
        }
        for joint in [Point(0, 0), elbow] { scene.circle(joint, radius: 0.1, Colour(204, 204, 0)) }
    }
}
