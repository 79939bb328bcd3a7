// Dots in a plane: a map whose places mean nothing but nearness, or one quantity against another.

import RLCore

struct DotChart {
    struct Dot {
        let x: Double
        let y: Double
        let colour: String
    }
    /// A picture that stands at its dot's place.
    struct Thumbnail {
        let x: Double
        let y: Double
        let dataURL: String
        /// Height over width.
        let shape: Double
    }

    var title = ""
    /// Nil: a map, without axes.
    var names: (x: String, y: String)?
    var dots: [Dot]
    var thumbnails: [Thumbnail] = []
    /// Draws where both quantities are equal.
    var hasDiagonal = false
    var width = 470.0
    var height = 470.0

    var svg: String {
        var svg = SVG(width: width, height: height)
        var frame = Frame(width: width, height: height)
        let all = dots.flatMap { [$0.x, $0.y] }
        let x: Axis, y: Axis
        if let names {
            // One scale for both, so that equal quantities lie on the diagonal.
            x = Axis(around: hasDiagonal ? all : dots.map(\.x), count: 5)
            y = Axis(around: hasDiagonal ? all : dots.map(\.y), count: 5)
            frame.left = (y.ticks.map { textWidth($0.label) }.max() ?? 0) + 38
            frame.top = title.isEmpty ? 14 : 38
            frame.draw(x, y, xName: names.x, yName: names.y, on: &svg)
        } else {
            x = Self.margin(dots.map(\.x))
            y = Self.margin(dots.map(\.y))
            (frame.left, frame.top, frame.rightMargin, frame.bottomMargin) = (6, title.isEmpty ? 6 : 34, 6, 6)
            let edge = SVG.Stroke(colour: "#dddddd")
            for (a, b, c, d) in [
                (frame.left, frame.top, frame.right, frame.top), (frame.right, frame.top, frame.right, frame.bottom),
                (frame.right, frame.bottom, frame.left, frame.bottom), (frame.left, frame.bottom, frame.left, frame.top),
            ] { svg.line(a, b, c, d, edge) }
        }
        if !title.isEmpty { svg.text(frame.left, 22, title, size: 14) }
        if hasDiagonal {
            svg.line(frame.x(0), frame.y(0), frame.x(1), frame.y(1), SVG.Stroke(colour: "#888888", dashes: [4, 4]))
        }
        for dot in dots { svg.circle(frame.x(x.share(dot.x)), frame.y(y.share(dot.y)), radius: 3, fill: dot.colour) }
        for thumbnail in thumbnails {
            let side = min(width, height) * 0.1, high = side * thumbnail.shape
            let left = min(frame.right - side - 1, max(frame.left + 1, frame.x(x.share(thumbnail.x)) + 5))
            let top = min(frame.bottom - high - 1, max(frame.top + 1, frame.y(y.share(thumbnail.y)) + 5))
            svg.rectangle(left - 1, top - 1, side + 2, high + 2, fill: "#444444")
            svg.image(left, top, side, high, thumbnail.dataURL)
        }
        return svg.document(title: title.isEmpty ? names.map { "\($0.y) against \($0.x)" } ?? "a map" : title)
    }

    /// A tenth of room on both sides.
    private static func margin(_ values: [Double]) -> Axis {
        let low = values.min() ?? 0, high = values.max() ?? 1, room = max((high - low) * 0.08, 1e-9)
        return Axis(around: [low - room, high + room], count: 6, isTight: true)
    }
}

/// Indices of places far from each other: the first, then always the one farthest from those chosen.
func farApart(_ places: [SIMD2<Double>], count: Int) -> [Int] {
    guard !places.isEmpty else { return [] }
    func squared(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> Double {
        let way = a - b
        return (way * way).sum()
    }
    var chosen = [0], distances = places.map { squared($0, places[0]) }
    while chosen.count < min(count, places.count) {
        guard let next = distances.indices.max(by: { distances[$0] < distances[$1] }), distances[next] > 0 else { break }
        chosen.append(next)
        for i in distances.indices { distances[i] = min(distances[i], squared(places[i], places[next])) }
    }
    return chosen
}
