// Text: every letter is there, stands where it should and says something.
import RLCore
import Testing

@testable import Rendering

@Suite("Stroke font")
struct StrokeFontTests {
    @Test("every printable ASCII character has its own drawing")
    func ascii() {
        for code in 33...126 {
            let letter = Character(UnicodeScalar(UInt8(code)))
            #expect(StrokeFont.glyphs[letter] != nil, "\(letter) is missing")
        }
        let drawings = StrokeFont.drawings.filter { !["—", "–", "-", "−"].contains($0.key) }.values
        #expect(Set(drawings).count == drawings.count)
    }

    @Test("strokes stay between the ascender and the deepest bracket")
    func heights() {
        for (letter, glyph) in StrokeFont.glyphs {
            for point in glyph.strokes.joined() {
                #expect(point.y >= -1 && point.y <= 8.1 && point.x >= -0.4, "\(letter) leaves its line at \(point)")
            }
        }
    }

    @Test("the width told is the width painted", arguments: [TextAlignment.leading, .centre, .trailing])
    func width(alignment: TextAlignment) {
        let words = "Return 500.0", height = 24.0
        var picture = Picture(width: 500, height: 60)
        picture.write(words, at: Point(250, 30), height: height, .black, alignment)
        let inked = (0..<500).filter { x in (0..<60).contains { picture[x, $0].red < 128 } }
        let told = Picture.width(of: words, height: height)
        let left =
            switch alignment {
            case .leading: 250.0
            case .centre: 250 - told / 2
            case .trailing: 250 - told
            }
        #expect(abs(Double(inked.first ?? 0) - left) <= 1.5)
        #expect(abs(Double((inked.last ?? 0) + 1) - (left + told)) <= 1.5)
        let rows = (0..<60).filter { y in (0..<500).contains { picture[$0, y].red < 128 } }
        #expect(abs((rows.first ?? 0) - 17) <= 1 && abs((rows.last ?? 0) - 43) <= 1)
    }

    /// The longest beginning with an ellipsis that fits, however long the words are.
    @Test func whatIsTooLongIsCut() {
        let words = "a return of 500 after 12,000 steps"
        for room in stride(from: 0.0, through: 400, by: 7) {
            let shown = Picture.fitted(words, in: room, height: 10)
            let candidates = (0...words.count).reversed().map { count -> String in
                var text = String(words.prefix(count))
                if count == words.count { return text }
                while text.last == " " { text.removeLast() }
                return text.isEmpty ? "" : text + "…"
            }
            #expect(shown == candidates.first { $0.isEmpty || Picture.width(of: $0, height: 10) <= room })
        }
        let endless = String(repeating: "i", count: 200_000)
        #expect(Picture.width(of: Picture.fitted(endless, in: 300, height: 10), height: 10) > 290)
    }
}
