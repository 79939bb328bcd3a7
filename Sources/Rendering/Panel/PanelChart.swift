// A small line chart of the panel: one series over steps, with axes in round numbers.
import RLCore

struct PanelChart: PanelSection {
    /// One point of the series, with the half width of a band around it.
    struct Sample: Hashable {
        let x: Double
        let y: Double
        var band = 0.0
    }
    let title: String
    /// What it says now, beside the title.
    let now: String
    let colour: Colour
    /// Pieces without gaps, x ascending.
    let pieces: [[Sample]]
    /// What lies at the left and right end.
    let across: (low: Double, high: Double)
    /// Whether every sample is marked with a dot.
    let hasDots: Bool
    /// What the last number would be if it were exact.
    var exact: Double?

    /// The value estimate over the steps of an episode; nil where there are less than two.
    init?(values: [Double?], exact: Double?) {
        var pieces: [[Sample]] = [[]]
        for (step, value) in values.enumerated() {
            if let value, value.isFinite {
                pieces[pieces.count - 1].append(Sample(x: Double(step), y: value))
            } else if pieces[pieces.count - 1].count > 0 {
                pieces.append([])
            }
        }
        pieces.removeAll(where: \.isEmpty)
        guard pieces.reduce(0, { $0 + $1.count }) > 1 else { return nil }
        let now = (values.last ?? nil).map { figure($0) }
        self.init("value estimate", now ?? "", PanelStyle.plain, pieces, to: Double(values.count - 1))
        self.exact = exact.flatMap { $0.isFinite ? $0 : nil }
    }

    init(returns: [Double]) {
        let samples = returns.enumerated().map { Sample(x: Double($0.offset), y: $0.element) }.filter(\.y.isFinite)
        self.init("return", figure(returns.last ?? 0), PanelStyle.return, [samples], to: Double(returns.count - 1))
    }

    init(finishedReturns: [Double]) {
        let samples = finishedReturns.enumerated().map { Sample(x: Double($0.offset + 1), y: $0.element) }.filter(\.y.isFinite)
        let mean = finishedReturns.reduce(0, +) / Double(finishedReturns.count)
        self.init(
            "returns of \(finishedReturns.count) episodes", "mean \(figure(mean))", PanelStyle.return, [samples], from: 1,
            to: Double(finishedReturns.count), hasDots: true)
    }

    init(learningCurve: [PanelContents.CurvePoint]) {
        let samples = learningCurve.map { Sample(x: Double($0.step), y: $0.meanReturn, band: $0.deviation) }
        self.init(
            "learning curve", figure(learningCurve.last?.meanReturn ?? 0), PanelStyle.curve, [samples.filter(\.y.isFinite)],
            to: learningCurve.map { Double($0.step) }.max() ?? 1, hasDots: true)
    }

    private init(
        _ title: String, _ now: String, _ colour: Colour, _ pieces: [[Sample]], from start: Double = 0, to end: Double,
        hasDots: Bool = false
    ) {
        self.title = title
        self.now = now
        self.colour = colour
        self.pieces = pieces
        self.hasDots = hasDots
        across = (start, max(end, start + 1))
    }

    func leastHeight(_ style: PanelStyle) -> Double { style.heading + 5 * style.text }
    func idealHeight(_ style: PanelStyle) -> Double { style.heading + 11 * style.text }

    func draw(in area: Rectangle, with pen: inout PanelPen) {
        let body = pen.heading(title, now: now, colour, in: area)
        let frame = ChartFrame(along: heights, across: across, in: body, pen.style)
        frame.draw(with: &pen)
        for piece in pieces where !piece.isEmpty { draw(piece, frame, with: &pen) }
        if let exact { pen.dot(frame.point(across.high, exact), radius: 0.3 * pen.style.text, PanelStyle.exact) }
        if let last = pieces.last?.last {
            pen.dot(frame.point(last.x, last.y), radius: 0.3 * pen.style.text, colour)
        }
    }

    /// From the least to the greatest number, bands included; around a single one some room, so that it is never empty.
    private var heights: (low: Double, high: Double) {
        var low = Double.infinity, high = -Double.infinity
        for sample in pieces.joined() {
            low = min(low, sample.y - sample.band)
            high = max(high, sample.y + sample.band)
        }
        if let exact { (low, high) = (min(low, exact), max(high, exact)) }
        guard low.isFinite, high.isFinite else { return (0, 1) }
        guard high - low <= abs(high) * 1e-6 else { return (low, high) }
        let room = high == 0 ? 1 : 0.5 * abs(high)
        return (low - room, high + room)
    }

    private func draw(_ piece: [Sample], _ frame: ChartFrame, with pen: inout PanelPen) {
        let unit = pen.style.text / 10
        if piece.contains(where: { $0.band > 0 }) && piece.count > 1 {
            let upper = piece.map { frame.point($0.x, $0.y + $0.band) }
            let lower = piece.reversed().map { frame.point($0.x, $0.y - $0.band) }
            pen.polygon(upper + lower, colour.faded(to: 60))
        }
        let points = thinned(piece, to: Int(frame.plot.width)).map { frame.point($0.x, $0.y) }
        if points.count > 1 { pen.line(points, width: 1.6 * unit, colour) }
        // Dots that touch each other say nothing.
        if hasDots && Double(piece.count) * 0.6 * pen.style.text < frame.plot.width {
            for point in points { pen.dot(point, radius: 0.22 * pen.style.text, colour) }
        }
    }

    /// At most four samples for each column of pixels: its first, least, greatest and last, which together look like all of them.
    private func thinned(_ piece: [Sample], to columns: Int) -> [Sample] {
        guard columns > 0, piece.count > 4 * columns else { return piece }
        var result: [Sample] = []
        for column in 0..<columns {
            let part = piece[(column * piece.count / columns)..<((column + 1) * piece.count / columns)]
            guard let first = part.indices.first, let last = part.indices.last else { continue }
            var least = first, greatest = first
            for i in part.indices {
                if piece[i].y < piece[least].y { least = i }
                if piece[i].y > piece[greatest].y { greatest = i }
            }
            result += Set([first, least, greatest, last]).sorted().map { piece[$0] }
        }
        return result
    }
}

/// A chart's plot with its axes: where numbers lie, and the round ones among them.
struct ChartFrame {
    /// Where the line runs.
    let plot: Rectangle
    private let along: (low: Double, high: Double)
    private let across: (low: Double, high: Double)
    private let rows: Ticks
    private let columns: Ticks
    /// What the labels left of the plot may take.
    private let room: Double

    init(along: (low: Double, high: Double), across: (low: Double, high: Double), in area: Rectangle, _ style: PanelStyle) {
        self.across = across
        let axis = 1.9 * style.small
        let height = area.height - axis - style.small / 2
        rows = Ticks(around: along.low, along.high, most: max(2, min(6, Int(height / (2 * style.small)))))
        self.along = (min(along.low, rows.values.first ?? along.low), max(along.high, rows.values.last ?? along.high))
        let widest = rows.labels.reduce(0) { max($0, Picture.width(of: $1, height: style.small)) }
        let left = min(widest + 0.7 * style.small, 0.4 * area.width)
        // A hair more than the widest label, whose width is a sum of fractions.
        room = left - 0.7 * style.small + 0.01
        // Half a label stands above the plot; so does half the last dot right of it.
        plot = Rectangle(
            x: area.x + left, y: area.y + style.small / 2, width: max(1, area.width - left - 0.4 * style.text),
            height: max(1, height))
        columns = Ticks(
            from: across.low, to: across.high, most: max(2, Int(plot.width / (4.5 * style.small))), isWhole: true)
    }

    /// Pixels of a number, never outside the plot.
    func point(_ x: Double, _ y: Double) -> Point {
        func share(_ value: Double, _ ends: (low: Double, high: Double)) -> Double {
            max(0, min(1, (value - ends.low) / (ends.high - ends.low)))
        }
        return Point(plot.x + share(x, across) * plot.width, plot.y + (1 - share(y, along)) * plot.height)
    }

    func draw(with pen: inout PanelPen) {
        let style = pen.style
        let unit = style.text / 10, right = plot.x + plot.width, bottom = plot.y + plot.height
        pen.fill(plot, PanelStyle.well)
        for (value, label) in zip(rows.values, rows.labels) {
            let y = point(across.low, value).y
            pen.line([Point(plot.x, y), Point(right, y)], width: unit * (value == 0 ? 1.4 : 0.8), PanelStyle.rule)
            pen.write(
                label, at: Point(plot.x - 0.5 * style.small, y), room: room, height: style.small,
                PanelStyle.faint, .trailing)
        }
        pen.line([Point(plot.x, bottom), Point(right, bottom)], width: unit, PanelStyle.rule)
        var free = plot.x
        for (value, label) in zip(columns.values, columns.labels) {
            let x = point(value, along.low).x
            let width = Picture.width(of: label, height: style.small)
            // At the ends labels move inside.
            let start = max(plot.x, min(right - width, x - width / 2))
            guard start >= free, start + width <= right + 0.01 else { continue }
            free = start + width + style.small
            pen.line([Point(x, bottom), Point(x, bottom + 0.35 * style.small)], width: unit, PanelStyle.rule)
            pen.write(
                label, at: Point(start, bottom + 1.2 * style.small), room: width + 0.01, height: style.small, PanelStyle.faint)
        }
    }
}
