// The vocabulary of charts: nice numbers, places, escapes, and lines that can be told apart.
import Testing

@testable import Commands
@testable import Training

@Suite struct ChartTests {
    @Test(
        arguments: [
            ([0, 500], ["0", "100", "200", "300", "400", "500"]), ([0.13, 0.97], ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
            ([-200, -90], ["-200", "-180", "-160", "-140", "-120", "-100", "-80"]),
            ([0, 41_000], ["0", "10 k", "20 k", "30 k", "40 k", "50 k"]),
            ([0, 2_900_000], ["0", "0.5 M", "1 M", "1.5 M", "2 M", "2.5 M", "3 M"]),
            ([7, 7], ["6.2", "6.4", "6.6", "6.8", "7.0", "7.2", "7.4", "7.6", "7.8"]),
            ([0.001, 0.0049], ["0.001", "0.002", "0.003", "0.004", "0.005"]),
        ] as [([Double], [String])])
    func ticksAreNiceNumbers(_ values: [Double], _ labels: [String]) {
        let axis = Axis(around: values, count: 5)
        #expect(axis.ticks.map(\.label) == labels)
        #expect(axis.low <= values[0] && values[1] <= axis.high)
        #expect(axis.share(axis.low) == 0 && axis.share(axis.high) == 1)
    }

    @Test func aTightAxisEndsWithItsValues() {
        let axis = Axis(around: [300, 41_000], count: 6, isTight: true)
        #expect(axis.low == 300 && axis.high == 41_000 && axis.ticks.map(\.label).suffix(3) == ["30 k", "35 k", "40 k"])
    }

    @Test func numbersThatAreNoneMakeNoAxis() {
        let axis = Axis(around: [.nan, 3, .infinity, 5], count: 2)
        #expect(axis.low == 3 && axis.high == 5)
        #expect(Axis(around: [Double]()).ticks.count > 2)
    }

    /// Every number that a Double can be has a place, and a dozen ticks at the most.
    @Test(
        arguments: [
            [-1.7e308, 500], [-1.7e308, 1.7e308], [1.7e308], [-1.7e308], [.leastNonzeroMagnitude],
            [0, .leastNonzeroMagnitude], [.leastNormalMagnitude / 4, .leastNormalMagnitude],
            [1, 1.0.nextUp],
            [1e300, 1e300.nextUp], [9e15, 9e15 + 2], [-1e19, 1e-19],
        ] as [[Double]])
    func anAxisOfAnyNumbers(_ values: [Double]) {
        for axis in [Axis(around: values, count: 5), Axis(around: values, isTight: true), Axis(logarithmicAround: values)] {
            #expect(axis.low < axis.high && axis.low.isFinite && axis.high.isFinite, "\(values)")
            #expect(axis.ticks.count <= 20 && axis.ticks.allSatisfy { $0.value.isFinite }, "\(values)")
        }
        let svg = LineChart(title: "", xName: "", yName: "", lines: [LineChart.Line(name: "", points: line(values))]).svg
        #expect(!svg.contains("nan") && !svg.contains("inf"), "\(values)")
    }

    @Test func powersOfTen() {
        let axis = Axis(logarithmicAround: [0.02, 300])
        #expect(axis.ticks.map(\.label) == ["10⁻²", "10⁻¹", "10⁰", "10¹", "10²", "10³"])
        #expect(axis.share(0.01) == 0 && abs(axis.share(1) - 0.4) < 1e-12)
    }

    @Test func textCannotBecomeMarkup() {
        #expect(escapedForMarkup("<a b='c'>&\"\u{1b}") == "&lt;a b=&#39;c&#39;&gt;&amp;&quot;\u{FFFD}")
        let chart = LineChart(
            title: "<script>", xName: "a&b", yName: "\"y\"", lines: [LineChart.Line(name: "</svg>", points: line([1, 2]))])
        let svg = chart.svg
        #expect(!svg.contains("<script") && svg.contains("&lt;script&gt;") && svg.contains("a&amp;b"))
        #expect(svg.hasSuffix("</svg>\n") && svg.firstRange(of: "</svg>")?.upperBound == svg.index(before: svg.endIndex))
    }

    private func line(_ values: [Double]) -> [LineChart.Point] {
        values.enumerated().map { LineChart.Point(x: Double($0.offset), y: $0.element) }
    }

    /// Without colours: dashes and colours together do not repeat before the thirty-sixth line.
    @Test func linesCanBeToldApart() {
        let looks = (0..<35).map { "\(Palette.stroke($0).colour) \(Palette.stroke($0).dashes)" }
        #expect(Set(looks).count == 35)
        #expect(Set((0..<5).map { "\(Palette.stroke($0).dashes)" }).count == 5)
    }

    @Test func aGapBreaksTheLineAndAPointAloneIsADot() {
        let svg = LineChart(
            title: "", xName: "", yName: "", lines: [LineChart.Line(name: "", points: line([1, 2, .nan, 3, .nan, 4, 5]))]
        ).svg
        #expect(svg.matches(of: #/<polyline /#).count == 2 && svg.matches(of: #/<circle /#).count == 1)
        #expect(!svg.contains("nan") && !svg.contains("inf"))
    }
}
