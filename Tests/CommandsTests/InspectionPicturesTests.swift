// The small pictures of an inspection, pixel by pixel, and the places of its dots.
import Agents
import Basics
import Kernels
import RLCore
import Rendering
import Testing

@testable import Commands

@Suite struct InspectionPicturesTests {
    private func grey(_ share: Float) -> Colour {
        let byte = UInt8((share * 100).rounded())
        return Colour(byte, byte, byte)
    }

    /// Three planes of 2 by 1, two in a row: white between them and where the fourth would be.
    @Test func tilesStandApart() {
        let picture = Picture(tiles: [[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]], width: 2, height: 1, columns: 2, grey)
        #expect(picture.width == 5 && picture.height == 3)
        let reds = (0..<3).map { y in (0..<5).map { picture[$0, y].red } }
        #expect(reds == [[10, 20, 255, 30, 40], [255, 255, 255, 255, 255], [50, 60, 255, 255, 255]])
        let units = Picture(tiles: [[0.1], [0.2], [0.3]], width: 1, height: 1, columns: 8, grey)
        #expect(units.width == 3 && units.height == 1 && units[2, 0].red == 30, "single numbers touch")
    }

    @Test func coloursGoFromEndToEnd() {
        #expect(ColourScale.sequential.colour(0) == Colour(68, 1, 84) && ColourScale.sequential.colour(1) == Colour(253, 231, 37))
        #expect(ColourScale.sequential.colour(.nan) == ColourScale.sequential.colour(0))
        #expect(ColourScale.sequential.colour(7) == ColourScale.sequential.colour(1))
        #expect(ColourScale.diverging.colour(0) == Colour(247, 247, 247))
        let (down, up) = (ColourScale.diverging.colour(-1), ColourScale.diverging.colour(1))
        #expect(down.red > down.blue && up.blue > up.red)
        // Without a negative number the scale begins at zero; with one, zero is white.
        #expect(ColourScale.fitting([0, 4])(4) == ColourScale.sequential.colour(1))
        #expect(ColourScale.fitting([-4, 2])(0) == ColourScale.diverging.colour(0))
        #expect(ColourScale.fitting([-4, 2])(2) == ColourScale.diverging.colour(0.5))
        #expect(ColourScale.fitting([0, 4], lifted: true)(1) == ColourScale.sequential.colour(0.5))
        #expect(Colour(1, 171, 255).hexadecimal == "#01abff")
    }

    private func lens(_ channels: Int, stack: Int) throws -> NetworkLens {
        let space = Space.bytes(.image(height: 3, width: 3, channels: channels), stack: stack)
        let algorithm = try AlgorithmCatalogue.builtIn["dqn"]
        let policy = try algorithm.makePolicy(
            AgentContext(
                observationSpace: space, actionSpace: .discrete(2), lanes: 1, steps: 1, random: RandomSource(seed: 0)),
            algorithm.settings)
        return try #require(policy as? any LensProviding).makeLens()
    }

    /// Of planes the first lies on top; of a stack the newest frame is shown, in grey.
    @Test func whatTheNetworkSees() throws {
        var planes = [Float](repeating: 0, count: 18)
        (planes[0], planes[1], planes[3]) = (1, 1, 1)
        let seen = SeenPicture(try lens(2, stack: 1), (3, 3, 2), low: 0, high: 1).picture(planes)
        #expect(seen[0, 0] == SeenPicture.colour(0) && seen[1, 0] == SeenPicture.colour(1) && seen[2, 2] == Colour(18, 22, 32))
        let stacked = SeenPicture(try lens(2, stack: 2), (3, 3, 2), low: 0, high: 1).picture(planes)
        #expect(stacked[0, 0] == .white && stacked[1, 0] == .white && stacked[2, 2] == .black)
        let old = SeenPicture(try lens(2, stack: 2), (3, 3, 2), low: 0, high: 1).picture([1] + [Float](repeating: 0, count: 17))
        #expect(old[0, 0] == .black)
        // The hottest place is the brightest of all.
        let heat: [Float] = [0, 0, 0, 0, 5, 0, 0, 0, 0]
        let hot = SeenPicture(try lens(2, stack: 1), (3, 3, 2), low: 0, high: 1).picture(planes, heat: heat)
        #expect(hot[1, 1] == Colour(255, 245, 160) && hot[0, 0].red < 110)
    }

    @Test func farApartMeansFar() {
        let line = [0.0, 1, 10, 4, 10].map { SIMD2($0, 0) }
        #expect(farApart(line, count: 3) == [0, 2, 3])
        #expect(farApart(line, count: 9) == [0, 2, 3, 1], "equal places are taken once")
        #expect(farApart([], count: 3).isEmpty)
    }

    /// Where both quantities are equal, a dot lies on the diagonal: both axes have one scale.
    @Test func equalQuantitiesLieOnTheDiagonal() throws {
        let chart = DotChart(
            names: ("a", "b"), dots: [.init(x: 2, y: 2, colour: "#000000"), .init(x: 0, y: 8, colour: "#000000")],
            hasDiagonal: true,
            width: 400, height: 400)
        let line = try #require(
            chart.svg.firstMatch(of: #/<line x1="([\d.]+)" y1="([\d.]+)" x2="([\d.]+)" y2="([\d.]+)"[^>]*dasharray/#))
        let dot = try #require(chart.svg.firstMatch(of: #/<circle cx="([\d.]+)" cy="([\d.]+)"/#))
        func number(_ text: Substring) throws -> Double { try #require(Double(text)) }
        let (x1, y1) = (try number(line.output.1), try number(line.output.2))
        let (x2, y2) = (try number(line.output.3), try number(line.output.4))
        let share = (try number(dot.output.1) - x1) / (x2 - x1)
        #expect(abs(share - (try number(dot.output.2) - y1) / (y2 - y1)) < 0.002 && abs(share - 0.2) < 0.06)
    }
}
