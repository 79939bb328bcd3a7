// SHA-256 against published digests.

import Basics
import Foundation
import Testing
import Training

/// Vectors of NIST's example files for FIPS 180-4.
struct SHA256Tests {
    private func hex(_ bytes: [UInt8]) -> String { SHA256.hex(of: bytes.span) }

    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
        ),
    ])
    func examples(text: String, digest: String) { #expect(hex(Array(text.utf8)) == digest) }

    @Test func millionTimesA() {
        let bytes = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
        #expect(hex(bytes) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    /// However the bytes are cut, the digest is that of the whole.
    @Test func piecesAreTheWhole() {
        var random = RandomSource(seed: 4)
        for count in [1, 55, 56, 63, 64, 65, 119, 120, 128, 1000] {
            let bytes = (0..<count).map { _ in UInt8(random.below(256)) }
            var hash = SHA256()
            var start = 0
            while start < count {
                let end = min(count, start + random.below(90))
                hash.update(bytes.span.extracting(start..<end))
                start = end
            }
            #expect(hash.digest().map { String(format: "%02x", $0) }.joined() == hex(bytes))
        }
    }
}
