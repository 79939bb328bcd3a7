// Lines over a common axis, each perhaps with a band: learning curves and performance profiles.

import Training

struct LineChart {
    struct Point {
        let x: Double
        let y: Double
        /// The band around y.
        var interval: Interval?
    }
    struct Line {
        let name: String
        /// In the order of x; a y that is not finite breaks the line.
        let points: [Point]
    }
    struct Threshold {
        let value: Double
        let name: String
    }

    var title: String
    var xName: String
    var yName: String
    var lines: [Line]
    var thresholds: [Threshold] = []
    var width = 760.0
    var height = 440.0
    /// Tells its clip path from those of other charts on the same page.
    var identity = "plot"

    var svg: String {
        let values = lines.flatMap { line in line.points.flatMap { [$0.y, $0.interval?.low ?? $0.y, $0.interval?.high ?? $0.y] } }
        let x = Axis(around: lines.flatMap { $0.points.map(\.x) }, count: 6, isTight: true)
        let y = Axis(around: values + thresholds.map(\.value), count: 5)
        let legend = Legend(lines.count > 1 || lines.contains { !$0.name.isEmpty } ? lines.map(\.name) : [], width: width - 90)
        let widest = y.ticks.map { textWidth($0.label) }.max() ?? 0
        var frame = Frame(width: width, height: height)
        frame.left = widest + 38
        frame.top = (title.isEmpty ? 14 : 38) + legend.height
        var svg = SVG(width: width, height: height)
        if !title.isEmpty { svg.text(frame.left, 24, title, size: 15) }
        legend.draw(on: &svg, x: frame.left, y: title.isEmpty ? 14 : 38)
        frame.draw(x, y, xName: xName, yName: yName, on: &svg)
        svg.clipped(to: identity, frame.left, frame.top - 2, frame.innerWidth, frame.innerHeight + 4) { svg in
            for (i, line) in lines.enumerated() { drawBand(line, i, frame, x, y, on: &svg) }
            for threshold in thresholds {
                let place = frame.y(y.share(threshold.value))
                svg.line(frame.left, place, frame.right, place, Palette.threshold)
            }
            for (i, line) in lines.enumerated() { drawLine(line, i, frame, x, y, on: &svg) }
        }
        // Curves begin low and end high: at the left the name hides nothing.
        for threshold in thresholds {
            svg.text(
                frame.left + 6, frame.y(y.share(threshold.value)) - 4, threshold.name, size: 11,
                colour: Palette.threshold.colour)
        }
        return svg.document(title: title.isEmpty ? yName : title)
    }

    /// The points of a line without gaps, one list for each stretch of it.
    private func stretches(_ line: Line) -> [[Point]] {
        line.points.split { !$0.y.isFinite || !$0.x.isFinite }.map(Array.init)
    }

    private func drawBand(_ line: Line, _ index: Int, _ frame: Frame, _ x: Axis, _ y: Axis, on svg: inout SVG) {
        for stretch in stretches(line) {
            let banded = stretch.compactMap { point in point.interval.map { (x: frame.x(x.share(point.x)), interval: $0) } }
            guard banded.count > 1 else { continue }
            let upper = banded.map { (x: $0.x, y: frame.y(y.share($0.interval.high))) }
            let lower = banded.reversed().map { (x: $0.x, y: frame.y(y.share($0.interval.low))) }
            svg.polygon(upper + lower, fill: Palette.colour(index), opacity: 0.2)
        }
    }
    private func drawLine(_ line: Line, _ index: Int, _ frame: Frame, _ x: Axis, _ y: Axis, on svg: inout SVG) {
        for stretch in stretches(line) {
            let points = stretch.map { (x: frame.x(x.share($0.x)), y: frame.y(y.share($0.y))) }
            if points.count == 1 {
                svg.circle(points[0].x, points[0].y, radius: 2.5, fill: Palette.colour(index))
            } else {
                svg.polyline(points, Palette.stroke(index))
            }
        }
    }
}
