// The pendulum as a picture: the rod, its axle, and an arrow round it for the torque of the last step.
public import RLCore

extension Pendulum {
    /// Metres; the axle is the origin.
    public func draw(on scene: inout Scene) {
        scene.background = .white
        scene.bounds = Rectangle(x: -1.4, y: -1.4, width: 2.8, height: 2.8)
        // A positive angle leans to the left: it grows against the clock.
        scene.line([Point(0, 0), Point(0, 0).moved(1, leaning: -one.angle)], width: 0.2, Colour(204, 77, 77))
        drawTorque(on: &scene)
        scene.circle(Point(0, 0), radius: 0.05, .black)
    }

    /// Three quarters of a circle with a head; the stronger, the larger. Nothing where there is no torque.
    private func drawTorque(on scene: inout Scene) {
        let strength = one.torque.magnitude / Double(Pendulum.torqueLimit)
        guard strength > 0 else { return }
        let radius = 0.15 + 0.35 * strength, turn = one.torque > 0 ? -1.0 : 1.0
        let ink = Colour(40, 40, 48)
        func point(_ share: Double, _ radius: Double) -> Point {
            Point(0, 0).moved(radius, leaning: turn * (share - 0.5) * 1.5 * .pi)
        }
        scene.line((0...36).map { point(Double($0) / 36, radius) }, width: 0.03, ink)
        // The head reaches further by as much as it is wide.
        let size = 0.04 + 0.06 * strength
        scene.polygon([point(1, radius - size), point(1 + size / radius / 2, radius), point(1, radius + size)], ink)
    }
}
