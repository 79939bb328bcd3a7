// Both Mountain Cars as a picture: the hills, the flag, and a car that leans with the slope.
import Kernels
import RLCore

extension Valley {
    /// How high the ground is drawn.
    static func height(at position: Double) -> Double { 0.45 * sine(3 * position) + 0.55 }

    /// Positions across, heights upwards: y = −height.
    static func draw(car position: Double, goal: Double, on scene: inout Scene) {
        scene.background = .white
        scene.bounds = Rectangle(x: left, y: -1.2, width: right - left, height: 1.2)
        let ground = (0...120).map { i in
            let x = left + (right - left) * Double(i) / 120
            return Point(x, -height(at: x))
        }
        scene.polygon(ground + [Point(right, 0), Point(left, 0)], Colour(236, 236, 232))
        scene.line(ground, width: 0.006, .black)

        let foot = Point(goal, -height(at: goal))
        scene.line([foot, Point(goal, foot.y - 0.15)], width: 0.006, .black)
        scene.polygon(
            [Point(goal, foot.y - 0.15), Point(goal, foot.y - 0.12), Point(goal + 0.075, foot.y - 0.135)], Colour(204, 204, 0))

        // Along the ground and away from it, both of length one.
        let slope = 1.35 * cosine(3 * position)
        let length = (1 + slope * slope).squareRoot()
        let along = Point(1 / length, -slope / length), away = Point(-slope / length, -1 / length)
        let place = Point(position, -height(at: position))
        func corner(_ forward: Double, _ up: Double) -> Point {
            Point(place.x + forward * along.x + up * away.x, place.y + forward * along.y + up * away.y)
        }
        scene.polygon([corner(-0.06, 0.03), corner(-0.06, 0.09), corner(0.06, 0.09), corner(0.06, 0.03)], .black)
        for wheel in [-0.03, 0.03] { scene.circle(corner(wheel, 0.03), radius: 0.024, Colour(128, 128, 128)) }
    }
}
