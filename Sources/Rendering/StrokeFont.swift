// Text as strokes of a pen, so that it is sharp at every size and needs no font file.
public import RLCore

/// A capital is 6 units high: 0 is its top, 2 the top of an x, 6 the baseline, 8 the depth of a g.
enum StrokeFont {
    struct Glyph: Sendable {
        /// In font units.
        let strokes: [[Point]]
        let width: Double
    }
    static let capitalHeight = 6.0
    /// Width of the pen.
    static let pen = 0.72
    /// Between the pens of two letters.
    static let gap = 1.5
    static let space = 2.4

    /// A letter that the font does not have is an empty box.
    static func glyph(_ letter: Character) -> Glyph { glyphs[letter] ?? missing }

    static let glyphs: [Character: Glyph] = drawings.mapValues { Glyph(drawing: $0) }
    private static let missing = Glyph(drawing: "M0 0 L3 0 L3 6 L0 6 L0 0")

    /// In font units, without the pen's own width at both ends.
    static func width(of words: String) -> Double {
        let widths = words.map { $0 == " " ? space - gap : glyph($0).width }
        return widths.reduce(0, +) + gap * Double(max(0, widths.count - 1))
    }
}

extension StrokeFont.Glyph {
    /// - Parameter drawing: `M x y` puts the pen down, `L x y` draws a line, `Q cx cy x y` a quadratic curve.
    init(drawing: String) {
        var paths: [[Point]] = []
        var numbers: [Double] = []
        var verb: Character = "M"
        func finish() {
            let end = { (i: Int) in Point(numbers[i], numbers[i + 1]) }
            switch (verb, numbers.count) {
            case (_, 0): return
            case ("M", 2): paths.append([end(0)])
            case ("L", 2): paths[paths.count - 1].append(end(0))
            case ("Q", 4):
                let start = paths[paths.count - 1].last ?? end(0)
                let pieces = 8
                for i in 1...pieces {
                    let t = Double(i) / Double(pieces), s = 1 - t
                    paths[paths.count - 1].append(
                        Point(
                            s * s * start.x + 2 * s * t * end(0).x + t * t * end(2).x,
                            s * s * start.y + 2 * s * t * end(0).y + t * t * end(2).y))
                }
            default: fatalError("the font's drawing \"\(drawing)\" has \(numbers.count) numbers after \(verb)")
            }
        }
        for word in drawing.split(separator: " ") {
            if let first = word.first, "MLQ".contains(first) {
                finish()
                verb = first
                numbers = []
            }
            let digits = word.drop { "MLQ".contains($0) }
            guard let number = Double(digits) else { fatalError("the font's drawing \"\(drawing)\" holds \"\(word)\"") }
            numbers.append(number)
        }
        finish()
        strokes = paths
        width = paths.joined().map(\.x).max() ?? 0
    }
}

extension Picture {
    /// Pixels that a line of text takes, `height` being a capital's.
    public static func width(of words: String, height: Double) -> Double {
        (StrokeFont.width(of: words) + StrokeFont.pen) * height / StrokeFont.capitalHeight
    }

    /// `words`, or their beginning with an ellipsis; empty where not even that fits.
    public static func fitted(_ words: String, in room: Double, height: Double) -> String {
        if width(of: words, height: height) <= room { return words }
        // No letter is narrower than a twentieth of its height, so more than that need not be measured.
        let letters = Array(words.prefix(max(0, Int(min(10_000, 20 * room / height)))))
        func shortened(_ count: Int) -> String {
            var rest = letters.prefix(count)
            while rest.last == " " { rest.removeLast() }
            return rest.isEmpty ? "" : String(rest) + "…"
        }
        // The most letters that fit, by halving: a longer text is never narrower.
        var low = 0, high = letters.count
        while low < high {
            let middle = (low + high + 1) / 2
            if width(of: shortened(middle), height: height) <= room { low = middle } else { high = middle - 1 }
        }
        return shortened(low)
    }

    /// One line of text in pixels; `point` is halfway up a capital.
    public mutating func write(
        _ words: String, at point: Point, height: Double, _ colour: Colour, _ alignment: TextAlignment = .centre,
        in area: PixelArea? = nil
    ) {
        let area = area ?? self.area
        let scale = height / StrokeFont.capitalHeight
        let width = StrokeFont.width(of: words) * scale
        let pen = StrokeFont.pen * scale
        let start: Double
        switch alignment {
        case .leading: start = point.x + pen / 2
        case .centre: start = point.x - width / 2
        case .trailing: start = point.x - width - pen / 2
        }
        let top = point.y - height / 2
        var x = start
        for letter in words {
            if letter == " " {
                x += StrokeFont.space * scale
                continue
            }
            let glyph = StrokeFont.glyph(letter)
            stroke(glyph.strokes.map { path in path.map { Point(x + $0.x * scale, top + $0.y * scale) } }, pen, colour, area)
            x += (glyph.width + StrokeFont.gap) * scale
        }
    }
}
