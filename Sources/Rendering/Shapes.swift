// Shapes in pixels: each says how much of a pixel it covers, by area where that is simple and by distance where it is not.
import RLCore

extension Picture {
    /// The exact area of each pixel that an upright rectangle covers.
    mutating func fill(_ shape: Rectangle, _ colour: Colour, _ area: PixelArea) {
        let right = shape.x + shape.width, bottom = shape.y + shape.height
        let (columns, rows) = area.touched(left: shape.x, top: shape.y, right: right, bottom: bottom)
        blend(colour, columns: columns, rows: rows) { x, y in
            overlap(shape.x, right, x) * overlap(shape.y, bottom, y)
        }
    }

    mutating func fillRounded(_ shape: Rectangle, corner: Double, _ colour: Colour, _ area: PixelArea) {
        let halfWidth = shape.width / 2 - corner, halfHeight = shape.height / 2 - corner
        let middle = Point(shape.x + shape.width / 2, shape.y + shape.height / 2)
        let (columns, rows) = area.touched(
            left: shape.x - 1, top: shape.y - 1, right: shape.x + shape.width + 1, bottom: shape.y + shape.height + 1)
        blend(colour, columns: columns, rows: rows) { x, y in
            let across = abs(Double(x) + 0.5 - middle.x) - halfWidth
            let along = abs(Double(y) + 0.5 - middle.y) - halfHeight
            let outside = length(max(across, 0), max(along, 0)) + min(max(across, along), 0)
            return covered(atDistance: outside - corner)
        }
    }

    mutating func fillCircle(_ centre: Point, _ radius: Double, _ colour: Colour, _ area: PixelArea) {
        let (columns, rows) = area.touched(
            left: centre.x - radius - 1, top: centre.y - radius - 1, right: centre.x + radius + 1, bottom: centre.y + radius + 1)
        blend(colour, columns: columns, rows: rows) { x, y in
            covered(atDistance: length(Double(x) + 0.5 - centre.x, Double(y) + 0.5 - centre.y) - radius)
        }
    }

    /// One stroke along several paths, painted once where they cross. Thinner than a pixel, it pales instead of breaking up.
    mutating func stroke(_ paths: [[Point]], _ width: Double, _ colour: Colour, _ area: PixelArea) {
        let half = max(width, 1) / 2
        let strength = min(width, 1)
        let reach = half + 1
        let segments = paths.flatMap { path in
            path.count == 1 ? [Segment(path[0], path[0])] : zip(path, path.dropFirst()).map { Segment($0, $1) }
        }
        guard let first = segments.first else { return }
        var left = first.start.x, right = left, top = first.start.y, bottom = top
        for segment in segments {
            left = min(left, segment.start.x, segment.end.x)
            right = max(right, segment.start.x, segment.end.x)
            top = min(top, segment.start.y, segment.end.y)
            bottom = max(bottom, segment.start.y, segment.end.y)
        }
        let (columns, rows) = area.touched(left: left - reach, top: top - reach, right: right + reach, bottom: bottom + reach)
        var nearest = [Double](repeating: 0, count: columns.count)
        for row in rows {
            let middle = Double(row) + 0.5
            for i in nearest.indices { nearest[i] = reach * reach }
            for segment in segments {
                guard let across = segment.columns(within: reach, ofRow: middle, columns) else { continue }
                for x in across {
                    let distance = segment.squaredDistance(to: Double(x) + 0.5, middle)
                    nearest[x - columns.lowerBound] = min(nearest[x - columns.lowerBound], distance)
                }
            }
            blend(colour, columns: columns, rows: row..<(row + 1)) { x, _ in
                let squared = nearest[x - columns.lowerBound]
                return squared >= reach * reach ? 0 : strength * covered(atDistance: squared.squareRoot() - half)
            }
        }
    }
}

/// How much of pixel `index` lies between `low` and `high`, along one axis.
private func overlap(_ low: Double, _ high: Double, _ index: Int) -> Double {
    max(0, min(high, Double(index + 1)) - max(low, Double(index)))
}

/// How much of a pixel a straight edge covers that passes its centre at this distance in pixels, outside being positive.
private func covered(atDistance distance: Double) -> Double { max(0, min(1, 0.5 - distance)) }

private func length(_ x: Double, _ y: Double) -> Double { (x * x + y * y).squareRoot() }

private struct Segment {
    let start: Point
    let end: Point
    private let alongX: Double
    private let alongY: Double
    private let squaredLength: Double

    init(_ start: Point, _ end: Point) {
        self.start = start
        self.end = end
        alongX = end.x - start.x
        alongY = end.y - start.y
        squaredLength = alongX * alongX + alongY * alongY
    }
    /// The columns, among `all`, whose pixels of the row through `middle` can lie nearer than `reach`; a long path is so looked at only
    /// where it passes. Nil where there are none.
    func columns(within reach: Double, ofRow middle: Double, _ all: Range<Int>) -> Range<Int>? {
        guard min(start.y, end.y) - reach <= middle, max(start.y, end.y) + reach >= middle else { return nil }
        var left = min(start.x, end.x), right = max(start.x, end.x)
        if alongY != 0 {
            // Where the segment is while its height is within reach of the row.
            let slope = alongX / alongY
            let ends = (start.x + (middle - reach - start.y) * slope, start.x + (middle + reach - start.y) * slope)
            left = max(left, min(ends.0, ends.1))
            right = min(right, max(ends.0, ends.1))
        }
        let low = max(Double(all.lowerBound), (left - reach).rounded(.down))
        let high = min(Double(all.upperBound), (right + reach).rounded(.up))
        return low < high ? Int(low)..<Int(high) : nil
    }
    func squaredDistance(to x: Double, _ y: Double) -> Double {
        let fromX = x - start.x, fromY = y - start.y
        let share = squaredLength > 0 ? max(0, min(1, (fromX * alongX + fromY * alongY) / squaredLength)) : 0
        let missX = fromX - share * alongX, missY = fromY - share * alongY
        return missX * missX + missY * missY
    }
}
