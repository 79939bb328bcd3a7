// Cart-Pole as a picture: the track, a black cart, a brown pole and the joint between them.
public import RLCore

extension CartPole {
    /// Metres; the cart's centre runs along y = 0.
    public func draw(on scene: inout Scene) {
        let limit = CartPole.positionLimit
        scene.background = .white
        scene.bounds = Rectangle(x: -limit, y: -2.4, width: 2 * limit, height: 3.2)
        scene.line([Point(-limit - 1, 0), Point(limit + 1, 0)], width: 0.01, .black)
        scene.rectangle(Rectangle(x: one.x - 0.2, y: -0.12, width: 0.4, height: 0.24), .black)
        let joint = Point(one.x, -0.06)
        scene.polygon(bar(from: joint, leaning: one.angle, length: CartPole.poleLength, width: 0.08), Colour(202, 152, 101))
        scene.circle(joint, radius: 0.04, Colour(129, 132, 203))
    }
}
