// A painted pixel is covered as much as geometry says.
import RLCore
import Rendering
import Testing

@Suite("Painter")
struct PainterTests {
    private func scene(_ width: Double, _ height: Double, _ draw: (inout Scene) -> Void) -> Scene {
        var scene = Scene(bounds: Rectangle(x: 0, y: 0, width: width, height: height))
        draw(&scene)
        return scene
    }
    /// How black a picture is, in pixels.
    private func ink(_ picture: Picture) -> Double {
        stride(from: 0, to: picture.pixels.count, by: 3).reduce(0) { $0 + Double(255 - picture.pixels[$1]) / 255 }
    }

    @Test("a rectangle's border is as dark as the share of the pixel that it covers")
    func rectangleBorder() {
        let picture = Picture(
            scene(4, 4) { $0.rectangle(Rectangle(x: 1, y: 1.5, width: 2.25, height: 1), .black) }, width: 4, height: 4)
        #expect(picture[0, 2] == .white)
        #expect(picture[1, 1] == Colour(128, 128, 128))
        #expect(picture[2, 1] == Colour(128, 128, 128))
        #expect(abs(Int(picture[3, 1].red) - 223) <= 1)
        #expect(picture[1, 3] == .white)
    }

    @Test("areas are what they should be", arguments: [1.0, 3, 7.5])
    func areas(scale: Double) {
        let size = Int(20 * scale)
        let circle = Picture(scene(20, 20) { $0.circle(Point(10, 10), radius: 6, .black) }, width: size, height: size)
        #expect(abs(ink(circle) / (scale * scale) - Double.pi * 36) < 0.5)
        let triangle = Picture(
            scene(20, 20) { $0.polygon([Point(2.3, 3.1), Point(17.7, 5), Point(8, 18.2)], .black) }, width: size, height: size)
        #expect(abs(ink(triangle) / (scale * scale) - 111.125) < 0.5)
        let line = Picture(scene(20, 20) { $0.line([Point(4, 4), Point(16, 13)], width: 2, .black) }, width: size, height: size)
        #expect(abs(ink(line) / (scale * scale) - (15 * 2 + Double.pi)) < 0.5)
        let rounded = Picture(
            scene(20, 20) { $0.rectangle(Rectangle(x: 3, y: 4, width: 12, height: 9), corner: 2, .black) }, width: size,
            height: size)
        #expect(abs(ink(rounded) / (scale * scale) - (108 - (4 - Double.pi) * 4)) < 0.6)
    }

    @Test("a polygon fills by the non-zero rule, whichever way it runs, also beyond the picture")
    func polygonRule() {
        let square = [Point(-5, -5), Point(15, -5), Point(15, 15), Point(-5, 15)]
        for points in [square, square.reversed(), square + square] {
            let picture = Picture(scene(10, 10) { $0.polygon(points, .black) }, width: 10, height: 10)
            #expect(picture == Picture(width: 10, height: 10, .black))
        }
    }

    @Test("a stroke is painted once where it crosses itself")
    func crossing() {
        let path = [Point(2, 2), Point(8, 8), Point(8, 2), Point(2, 8)]
        let grey = Colour(0, 0, 0, opacity: 100)
        let picture = Picture(scene(10, 10) { $0.line(path, width: 2, grey) }, width: 10, height: 10)
        #expect(picture.pixels.min() == 155)
    }

    @Test("opacity mixes with what is below")
    func opacity() {
        let picture = Picture(
            scene(2, 2) { $0.rectangle(Rectangle(x: 0, y: 0, width: 2, height: 2), Colour(200, 100, 0, opacity: 51)) },
            width: 2, height: 2)
        #expect(picture[0, 0] == Colour(244, 224, 204))
    }

    @Test("a scene is not stretched, and its background fills the rest")
    func fitting() {
        var scene = scene(10, 10) { $0.rectangle(Rectangle(x: 0, y: 0, width: 10, height: 10), .black) }
        scene.background = Colour(1, 2, 3)
        let picture = Picture(scene, width: 30, height: 10)
        #expect(picture[9, 5] == Colour(1, 2, 3) && picture[10, 5] == .black && picture[19, 5] == .black)
        #expect(picture[20, 5] == Colour(1, 2, 3))
    }

    @Test("a scene painted into an area leaves the rest alone")
    func area() {
        var picture = Picture(width: 20, height: 20, Colour(9, 9, 9))
        picture.paint(
            scene(4, 4) { $0.circle(Point(2, 2), radius: 40, .black) }, in: PixelArea(x: 5, y: 6, width: 7, height: 8))
        for y in 0..<20 {
            for x in 0..<20 where !(5..<12).contains(x) || !(6..<14).contains(y) { #expect(picture[x, y] == Colour(9, 9, 9)) }
        }
        #expect(picture[8, 9] == .black)
        // Half outside the picture is no trap.
        picture.paint(scene(4, 4) { _ in }, in: PixelArea(x: -5, y: 15, width: 10, height: 10))
        #expect(picture[0, 19] == .white)
    }

    @Test("a pixel game's picture is copied exactly at its own size, sharp at twice, averaged at half")
    func pixels() {
        let bytes: [UInt8] = (0..<(4 * 2 * 3)).map { UInt8($0 * 10) }
        let whole = scene(4, 2) { $0.pixels(bytes, width: 4, height: 2, in: Rectangle(x: 0, y: 0, width: 4, height: 2)) }
        #expect(Picture(whole, width: 4, height: 2).pixels == bytes)
        let twice = Picture(whole, width: 8, height: 4)
        #expect(twice[6, 3] == twice[7, 2] && twice[6, 3] == Colour(210, 220, 230))
        let half = Picture(whole, width: 2, height: 1)
        let mean = (Int(bytes[0]) + Int(bytes[3]) + Int(bytes[12]) + Int(bytes[15])) / 4
        #expect(Int(half[0, 0].red) == mean)
    }
}
