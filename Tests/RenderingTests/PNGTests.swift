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
}
