// The few SVG elements that our pictures are made of; text from files cannot become markup.

/// A picture under construction: elements in the order in which they are painted.
struct SVG {
    let width: Double
    let height: Double
    private var lines: [String] = []

    init(width: Double, height: Double) {
        self.width = width
        self.height = height
    }

    enum Anchor: String { case start, middle, end }

    /// How a line looks: dashes tell lines apart where colours cannot.
    struct Stroke {
        var colour = "#000000"
        var width = 1.0
        /// Lengths of dash and gap in turn; empty for a solid line.
        var dashes: [Double] = []
    }

    mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ stroke: Stroke) {
        lines.append(
            "<line x1=\"\(number(x1))\" y1=\"\(number(y1))\" x2=\"\(number(x2))\" y2=\"\(number(y2))\" \(attributes(stroke))/>")
    }
    mutating func polyline(_ points: [(x: Double, y: Double)], _ stroke: Stroke) {
        lines.append(
            "<polyline points=\"\(coordinates(points))\" fill=\"none\" stroke-linejoin=\"round\" \(attributes(stroke))/>")
    }
    mutating func polygon(_ points: [(x: Double, y: Double)], fill: String, opacity: Double) {
        lines.append(
            "<polygon points=\"\(coordinates(points))\" fill=\"\(fill)\" fill-opacity=\"\(opacity)\" stroke=\"none\"/>")
    }
    mutating func rectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double, fill: String) {
        lines.append(
            "<rect x=\"\(number(x))\" y=\"\(number(y))\" width=\"\(number(width))\" height=\"\(number(height))\" fill=\"\(fill)\"/>"
        )
    }
    mutating func circle(_ x: Double, _ y: Double, radius: Double, fill: String) {
        lines.append("<circle cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"\(number(radius))\" fill=\"\(fill)\"/>")
    }
    /// - Parameter source: what the picture is read from, such as a `data:` address.
    mutating func image(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ source: String) {
        lines.append(
            "<image x=\"\(number(x))\" y=\"\(number(y))\" width=\"\(number(width))\" height=\"\(number(height))\" "
                + "href=\"\(source)\"/>")
    }
    /// - Parameter turned: a quarter to the left, as the name of a vertical axis.
    mutating func text(
        _ x: Double, _ y: Double, _ words: String, anchor: Anchor = .start, size: Double? = nil, colour: String? = nil,
        turned: Bool = false
    ) {
        var attributes = "x=\"\(number(x))\" y=\"\(number(y))\" text-anchor=\"\(anchor.rawValue)\""
        if let size { attributes += " font-size=\"\(number(size))\"" }
        if let colour { attributes += " fill=\"\(colour)\"" }
        if turned { attributes += " transform=\"rotate(-90 \(number(x)) \(number(y)))\"" }
        lines.append("<text \(attributes)>\(escapedForMarkup(words))</text>")
    }
    /// What follows, up to the end of `body`, is cut off outside the rectangle.
    mutating func clipped(
        to name: String, _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ body: (inout SVG) -> Void
    ) {
        lines.append(
            "<clipPath id=\"\(name)\"><rect x=\"\(number(x))\" y=\"\(number(y))\" width=\"\(number(width))\" "
                + "height=\"\(number(height))\"/></clipPath>")
        lines.append("<g clip-path=\"url(#\(name))\">")
        body(&self)
        lines.append("</g>")
    }

    /// The whole file on white paper, whatever surrounds it.
    /// - Parameter title: what a browser shows and a screen reader says.
    func document(title: String) -> String {
        let head = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(number(width))\" height=\"\(number(height))\" "
                + "viewBox=\"0 0 \(number(width)) \(number(height))\" font-family=\"Helvetica, Arial, sans-serif\" font-size=\"13\" "
                + "fill=\"#000000\" role=\"img\">",
            "<title>\(escapedForMarkup(title))</title>", "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>",
        ]
        return (head + lines + ["</svg>", ""]).joined(separator: "\n")
    }

    private func attributes(_ stroke: Stroke) -> String {
        let dashes = stroke.dashes.isEmpty ? "" : " stroke-dasharray=\"\(stroke.dashes.map(number).joined(separator: " "))\""
        return "stroke=\"\(stroke.colour)\" stroke-width=\"\(number(stroke.width))\"\(dashes)"
    }
    private func coordinates(_ points: [(x: Double, y: Double)]) -> String {
        points.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
    }
    /// A tenth of a pixel is enough.
    private func number(_ value: Double) -> String {
        let tenths = (value * 10).rounded() / 10
        return tenths == tenths.rounded() && abs(tenths) < 1e9 ? "\(Int(tenths))" : "\(tenths)"
    }
}
