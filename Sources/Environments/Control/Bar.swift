// A straight piece of a machine as four corners.
import Kernels
import RLCore

/// A bar of `length` and `width` that starts in the middle of its short side; `angle` 0 points up, a positive one to the right.
func bar(from start: Point, leaning angle: Double, length: Double, width: Double) -> [Point] {
    let end = start.moved(length, leaning: angle)
    let (sine, cosine) = sineAndCosine(angle)
    let side = Point(cosine * width / 2, sine * width / 2)
    return [
        Point(start.x - side.x, start.y - side.y), Point(end.x - side.x, end.y - side.y), Point(end.x + side.x, end.y + side.y),
        Point(start.x + side.x, start.y + side.y),
    ]
}

extension Point {
    /// The point at `distance`; `angle` 0 is above this one, a positive one to the right.
    func moved(_ distance: Double, leaning angle: Double) -> Point {
        let (sine, cosine) = sineAndCosine(angle)
        return Point(x + distance * sine, y - distance * cosine)
    }
}
