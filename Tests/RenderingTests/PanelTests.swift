// The panel: nothing outside, nothing over anything else, whatever its size; what does not fit is left out from the bottom.
import RLCore
import Testing

@testable import Rendering

@Suite("Panel")
struct PanelTests {
    static let widths = [1, 3, 40, 90, 130, 200, 300, 337, 360, 420, 800]
    static let heights = [1, 2, 17, 40, 80, 121, 200, 333, 480, 720, 1000, 1600]

    /// The area of an element, as far as it is painted; letters with what hangs below the line.
    private func area(of element: Scene.Element) -> Rectangle {
        func around(_ points: [Point], _ reach: Double) -> Rectangle {
            let left = points.map(\.x).min() ?? 0, right = points.map(\.x).max() ?? 0
            let top = points.map(\.y).min() ?? 0, bottom = points.map(\.y).max() ?? 0
            return Rectangle(
                x: left - reach, y: top - reach, width: right - left + 2 * reach, height: bottom - top + 2 * reach)
        }
        switch element {
        case .rectangle(let area, _, _): return area
        case .circle(let centre, let radius, _): return around([centre], radius)
        case .polygon(let points, _): return around(points, 0)
        case .line(let points, let width, _): return around(points, width / 2)
        case .pixels(_, _, _, let area): return area
        case .text(let words, let point, let height, let alignment, _):
            let width = Picture.width(of: words, height: height)
            let left =
                switch alignment {
                case .leading: point.x
                case .centre: point.x - width / 2
                case .trailing: point.x - width
                }
            return Rectangle(x: left, y: point.y - height / 2, width: width, height: height * 4 / 3)
        }
    }
    private func isInside(_ inner: Rectangle, _ outer: Rectangle) -> Bool {
        inner.x >= outer.x - 0.01 && inner.y >= outer.y - 0.01 && inner.x + inner.width <= outer.x + outer.width + 0.01
            && inner.y + inner.height <= outer.y + outer.height + 0.01
    }
    private func meet(_ one: Rectangle, _ other: Rectangle) -> Bool {
        min(one.x + one.width, other.x + other.width) - max(one.x, other.x) > 0.01
            && min(one.y + one.height, other.y + other.height) - max(one.y, other.y) > 0.01
    }

    @Test("everything lies inside, and no words meet others or a picture", arguments: PanelExamples.all.keys.sorted())
    func layout(name: String) throws {
        let contents = try #require(PanelExamples.all[name])
        for width in Self.widths {
            for height in Self.heights {
                let panel = Panel(contents, width: width, height: height)
                let whole = Rectangle(x: 0, y: 0, width: Double(width), height: Double(height))
                var words: [Rectangle] = [], pictures = panel.insets.map(\.area)
                for element in panel.scene.elements {
                    let area = area(of: element)
                    #expect(isInside(area, whole), "\(name) at \(width) by \(height): \(element) lies outside")
                    switch element {
                    case .text: words.append(area)
                    case .pixels: pictures.append(area)
                    default: break
                    }
                }
                for (index, area) in words.enumerated() {
                    for other in words[(index + 1)...] + pictures {
                        #expect(!meet(area, other), "\(name) at \(width) by \(height): \(area) meets \(other)")
                    }
                }
                for (index, area) in pictures.enumerated() {
                    #expect(isInside(area, whole), "\(name) at \(width) by \(height): a picture lies outside")
                    for other in pictures[(index + 1)...] { #expect(!meet(area, other)) }
                }
            }
        }
    }

    @Test("painting leaves the pixels around its area alone", arguments: [(1, 1), (50, 30), (140, 90), (301, 222)])
    func surroundings(width: Int, height: Int) {
        let ground = Colour(1, 200, 3)
        for contents in PanelExamples.all.values {
            var picture = Picture(width: width + 20, height: height + 14, ground)
            picture.paintPanel(contents, in: PixelArea(x: 9, y: 6, width: width, height: height))
            for y in 0..<picture.height {
                for x in 0..<picture.width where !(9..<(9 + width)).contains(x) || !(6..<(6 + height)).contains(y) {
                    guard picture[x, y] != ground else { continue }
                    Issue.record("\(contents.title): painted outside at \(x), \(y)")
                    return
                }
            }
        }
    }

    @Test("the higher the panel, the more it tells, and what it told it still tells")
    func growing() {
        for (name, contents) in PanelExamples.all {
            var before: [String] = []
            for height in stride(from: 20, through: 1200, by: 20) {
                let words = Panel(contents, width: 340, height: height).scene.elements.compactMap { element -> String? in
                    if case .text(let words, _, let size, _, _) = element, size >= PanelStyle(width: 340).text {
                        words
                    } else {
                        nil
                    }
                }
                // Numbers of axes and names that are shortened come and go; headings and facts stay.
                let headings = words.filter { contents.headings.contains($0) }
                #expect(Set(before).isSubset(of: headings), "\(name) at height \(height)")
                before = headings
            }
            #expect(before.count >= 2, "\(name) tells nothing even when it is high")
        }
    }

    @Test("the chosen action stands out, and bars of negative values lie left of the axis")
    func bars() throws {
        let contents = PanelExamples.breakout
        let bars = try #require(PanelBars(contents))
        #expect(bars.rows.map(\.isChosen) == [false, false, false, true, false, false])
        #expect(bars.range.low == -1.12 && bars.range.high == 5.32)
        let panel = Panel(contents, width: 360, height: 720)
        func bar(_ colour: Colour) -> [Rectangle] {
            panel.scene.elements.compactMap {
                if case .rectangle(let area, _, colour) = $0 { area } else { nil }
            }
        }
        let chosen = try #require(bar(PanelStyle.chosen).first), others = bar(PanelStyle.plain)
        try #require(others.count == 5)
        // Lengths are to each other as the values are.
        #expect(abs(others[0].width / chosen.width - 4.91 / 5.32) < 1e-9)
        #expect(abs(others[2].x + others[2].width - chosen.x) < 1e-9)
        #expect(abs(others[2].width / chosen.width - 1.12 / 5.32) < 1e-9)
    }

    @Test("a charted line passes where its numbers are, and a thousand times as many of them look the same")
    func charts() {
        func lines(_ returns: [Double]) -> [[Point]] {
            var contents = PanelContents(title: "")
            contents.returns = returns
            return Panel(contents, width: 360, height: 300).scene.elements.compactMap {
                if case .line(let points, _, PanelStyle.return) = $0 { points } else { nil }
            }
        }
        let few = lines([0, 10, 5])
        #expect(few.count == 1 && few[0].count == 3)
        let (left, middle, right) = (few[0][0], few[0][1], few[0][2])
        #expect(abs(middle.x - (left.x + right.x) / 2) < 1e-9)
        #expect(abs((left.y - right.y) / (left.y - middle.y) - 0.5) < 1e-9)
        let many = lines((0..<100_000).map { $0 == 50_000 ? 10 : 5 * Double($0) / 100_000 })
        #expect(many[0].count < 2000)
        // The one point that stands out is kept.
        #expect(abs((many[0].map(\.y).min() ?? 0) - middle.y) < 1e-9)
    }

    @Test("planes of cells have a colour each, pictures are grey, and the hottest place is the brightest")
    func sight() throws {
        func pictures(_ contents: PanelContents) -> [[UInt8]] {
            Panel(contents, width: 400, height: 1000).scene.elements.compactMap {
                if case .pixels(let bytes, _, _, _) = $0 { bytes } else { nil }
            }
        }
        let cells = pictures(PanelExamples.breakout)
        #expect(cells.count == 5)
        #expect(Array(cells[1][(94 * 3)..<(95 * 3)]) == [86, 180, 233] && Array(cells[2][(53 * 3)..<(54 * 3)]) == [230, 159, 0])
        let brightness = (0..<100).map { Int(cells[0][3 * $0]) + Int(cells[0][3 * $0 + 1]) }
        #expect(brightness.indices.max { brightness[$0] < brightness[$1] } == 53)
        let frames = pictures(PanelExamples.pixels)
        #expect(frames.count == 5)
        // Brighter pixels stay brighter, in all planes by the same measure.
        #expect(frames[1][3 * (30 * 84 + 4)] > frames[1][3 * (40 * 84 + 41)] && frames[1][3 * (40 * 84 + 41)] > frames[1][0])
    }

    @Test("nothing but a title, and not even that")
    func little() {
        #expect(Panel(PanelContents(title: "dqn"), width: 300, height: 300).scene.elements.count == 1)
        #expect(Panel(PanelContents(title: ""), width: 300, height: 300).scene.elements.isEmpty)
    }
}

extension PanelContents {
    /// Words that a panel of these contents shows whole.
    fileprivate var headings: Set<String> {
        Set(
            [
                title, "action values", "action probabilities", "value estimate", "return", "learning curve",
                "what the network sees",
                "values of the states", "action: mean ± deviation",
            ] + facts.map(\.value))
    }
}

@Suite("Golden pictures of the panel")
struct GoldenPanelTests {
    private static let least = 0.9998

    private func painted(_ contents: PanelContents) -> Picture {
        var picture = Picture(width: 300, height: 540, .night)
        picture.paintPanel(contents, in: picture.area)
        return picture
    }

    @Test("as it was", arguments: ["breakout", "frozenlake", "pendulum", "following"])
    func asItWas(name: String) throws {
        let contents = try #require(PanelExamples.all[name])
        try Golden.expect(painted(contents), like: "panels/\(name)", least: Self.least)
    }

    @Test("another digit is another picture")
    func digit() {
        var contents = PanelExamples.following
        let kept = painted(contents)
        contents.facts[1].value = "4"
        #expect(Golden.agreement(painted(contents), kept) < Self.least)
        #expect(Golden.agreement(painted(PanelExamples.following), kept) == 1)
    }
}
