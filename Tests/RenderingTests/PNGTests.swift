// A PNG file holds the picture that was written.
import RLCore
import Rendering
import Testing

@Suite("PNG")
struct PNGTests {
    @Test("a file begins as PNG files do and tells its size")
    func header() {
        let bytes = Picture(width: 300, height: 7, Colour(1, 2, 3)).png()
        #expect(Array(bytes.prefix(8)) == [137, 80, 78, 71, 13, 10, 26, 10])
        #expect(Array(bytes[16..<24]) == [0, 0, 1, 44, 0, 0, 0, 7])
        // 8 bits a channel, RGB.
        #expect(Array(bytes[24..<26]) == [8, 2])
        #expect(bytes.suffix(8) == [73, 69, 78, 68, 174, 66, 96, 130])
        #expect(bytes.count < 300)
    }

    @Test("pixels that do not shrink fit")
    func noise() {
        var state: UInt32 = 1
        let pixels = (0..<(101 * 53 * 3)).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(state >> 24)
        }
        #expect(Picture(width: 101, height: 53, pixels: pixels).png().count > 101 * 53 * 3)
    }

    @Test("what was written is read")
    func roundTrip() throws {
        let pixels = (0..<(7 * 5 * 3)).map { UInt8($0 * 2) }
        let picture = Picture(width: 7, height: 5, pixels: pixels)
        #expect(try #require(Picture(png: picture.png())) == picture)
    }

    @Test("what is no PNG file, or half of one, is nothing")
    func damaged() {
        let bytes = Picture(width: 64, height: 64, Colour(1, 2, 3)).png()
        #expect(Picture(png: []) == nil)
        #expect(Picture(png: Array("no picture at all".utf8)) == nil)
        for length in [8, 20, 40, bytes.count - 20] { #expect(Picture(png: Array(bytes.prefix(length))) == nil) }
        // A width beyond the largest picture there may be, in a header whose check sum is right.
        let wide: [UInt8] = [
            137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 255, 255, 0, 0, 255, 255, 8, 2, 0, 0, 0, 57, 103,
            78, 7,
        ]
        #expect(Picture(png: wide) == nil)
    }
}
