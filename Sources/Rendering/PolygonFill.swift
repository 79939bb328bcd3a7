// Fills a polygon with the exact area that it covers of each pixel.
import RLCore

extension Picture {
    /// Row by row: each edge adds, to all pixels on its right, the signed area between itself and their right side. What edges going
    /// up and down leave is the winding number, weighted by area; its size, at most 1, is the coverage.
    mutating func fillPolygon(_ points: [Point], _ colour: Colour, _ area: PixelArea) {
        guard points.count > 2 else { return }
        var left = points[0].x, right = left, top = points[0].y, bottom = top
        for point in points {
            left = min(left, point.x)
            right = max(right, point.x)
            top = min(top, point.y)
            bottom = max(bottom, point.y)
        }
        let (columns, rows) = area.touched(left: left, top: top, right: right, bottom: bottom)
        guard !columns.isEmpty else { return }
        // The difference from one pixel's coverage to the next, so that an edge touches only the pixels that it crosses.
        var changes = [Double](repeating: 0, count: columns.count + 2)
        var coverage = [Double](repeating: 0, count: columns.count)
        for row in rows {
            for i in changes.indices { changes[i] = 0 }
            for (index, start) in points.enumerated() {
                let end = points[index + 1 == points.count ? 0 : index + 1]
                Edge(start, end, row: Double(row), origin: Double(columns.lowerBound), width: Double(columns.count))?
                    .add(to: &changes)
            }
            var sum = 0.0
            for i in coverage.indices {
                sum += changes[i]
                coverage[i] = min(1, abs(sum))
            }
            blend(colour, columns: columns, rows: row..<(row + 1)) { x, _ in coverage[x - columns.lowerBound] }
        }
    }
}

/// The piece of a polygon's edge that lies in one row of pixels; x counts from the first column painted.
private struct Edge {
    let low: Double
    let high: Double
    /// Height of the piece, negative where the edge runs upwards.
    let rise: Double

    init?(_ start: Point, _ end: Point, row: Double, origin: Double, width: Double) {
        guard start.y != end.y else { return nil }
        let top = max(min(start.y, end.y), row)
        let bottom = min(max(start.y, end.y), row + 1)
        guard top < bottom else { return nil }
        let slope = (end.x - start.x) / (end.y - start.y)
        // What lies left or right of the columns counts as lying on their border.
        let first = min(max(start.x + (top - start.y) * slope - origin, 0), width)
        let last = min(max(start.x + (bottom - start.y) * slope - origin, 0), width)
        low = min(first, last)
        high = max(first, last)
        rise = start.y < end.y ? bottom - top : top - bottom
    }

    /// The area right of the edge and left of x, for an edge of height 1.
    private func areaLeft(of x: Double) -> Double {
        if x <= low { return 0 }
        if x >= high { return x - (low + high) / 2 }
        return (x - low) * (x - low) / (2 * (high - low))
    }

    func add(to changes: inout [Double]) {
        var before = 0.0
        var x = Int(low)
        while before < 1 && x < changes.count {
            let covered = areaLeft(of: Double(x + 1)) - areaLeft(of: Double(x))
            changes[x] += rise * (covered - before)
            before = covered
            if Double(x) >= high {
                break
            }
            x += 1
        }
    }
}
