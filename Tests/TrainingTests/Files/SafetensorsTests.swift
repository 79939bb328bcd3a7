// Tensor files: round trips, every malformed header by name, and random damage that must never crash.

import Basics
import Foundation
import TestSupport
import Testing
import Training

struct SafetensorsTests {
    private func sample() -> Archive {
        var archive = Archive()
        archive.store([1.5, -0.25, .infinity] as [Float], as: "b")
        archive.store([0.1, .leastNonzeroMagnitude] as [Double], as: "doubles")
        archive.store([1, 2, 255] as [UInt8], as: "bytes")
        archive.store(Tensor(shape: [2, 3], values: .int32([1, -2, 3, .max, .min, 0])), as: "layer/weight")
        archive.store([Int64.min, .max], as: "long")
        archive.store([UInt64.max], as: "words")
        archive.store(Tensor(shape: [], values: .float32([7])), as: "scalar é")
        archive.store(Tensor(shape: [3, 0, 2], values: .float64([])), as: "empty")
        return archive
    }
    private func tensors(_ archive: Archive) -> [String: Tensor] {
        Dictionary(uniqueKeysWithValues: archive.names.map { ($0, archive[$0]!) })
    }
    /// A file with this header, taken literally.
    private func file(_ header: String, data: Int = 0) -> [UInt8] {
        let count = UInt64(header.utf8.count)
        return (0..<8).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) } + Array(header.utf8)
            + [UInt8](repeating: 0, count: data)
    }
    private func failure(_ bytes: [UInt8]) -> FileError? {
        fileFailure { _ = try SafetensorsFile.decode(bytes, path: "w") }
    }

    @Test func roundTrip() throws {
        let metadata = [("step", "100"), ("network", #"{"hidden":[64,64]}"#)]
        let bytes = SafetensorsFile.encode(sample(), metadata: metadata)
        let (archive, read) = try SafetensorsFile.decode(bytes)
        #expect(tensors(archive) == tensors(sample()))
        #expect(
            read["step"] == "100" && read["network"] == #"{"hidden":[64,64]}"# && read["sha256"]?.count == 64 && read.count == 3)
        #expect(SafetensorsFile.encode(archive, metadata: metadata) == bytes)
        let headerLength = bytes[0..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
        #expect(headerLength % 8 == 0)
    }

    /// Memory-mapping readers need every tensor at a multiple of its element's size.
    @Test func tensorsAreAligned() throws {
        let bytes = SafetensorsFile.encode(sample())
        let headerLength = bytes[0..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
        let header = try JSONReader.parse(Array(bytes[8..<8 + headerLength])).json
        let sizes = ["F32": 4, "F64": 8, "U8": 1, "I32": 4, "I64": 8, "U64": 8]
        for name in sample().names {
            let type = try #require(header[name]?["dtype"]?.stringValue)
            let start = try #require(header[name]?["data_offsets"]?.arrayValue?.first?.integerValue)
            #expect((8 + headerLength + start) % sizes[type]! == 0, "\(name)")
        }
    }

    @Test func oneElementTypeKeepsItsOrder() throws {
        var archive = Archive()
        for name in ["z", "a", "m"] { archive.store([Float](repeating: 1, count: 3), as: name) }
        #expect(try SafetensorsFile.decode(SafetensorsFile.encode(archive)).archive == archive)
        #expect(try SafetensorsFile.decode(SafetensorsFile.encode(Archive())).archive == Archive())
    }

    @Test func bitsOfNaNsStay() throws {
        var archive = Archive()
        archive.store([Float(bitPattern: 0x7FC0_1234), Float(bitPattern: 0x7F80_0001), -0.0], as: "x")
        let back = try SafetensorsFile.decode(SafetensorsFile.encode(archive)).archive.floats("x")
        #expect(back.map(\.bitPattern) == [0x7FC0_1234, 0x7F80_0001, 0x8000_0000])
    }

    /// The smallest file, byte for byte, as the format's page describes it.
    @Test func aFileWrittenByHand() throws {
        let header = #"{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}  "#
        var bytes = file(header)
        bytes += [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0]
        let (archive, metadata) = try SafetensorsFile.decode(bytes)
        #expect(try archive.floats("w") == [1, -2] && metadata.isEmpty)
    }

    @Test func onDisk() throws {
        let folder = TemporaryFolder()
        try SafetensorsFile.write(sample(), metadata: [("a", "b")], to: folder("w.safetensors"))
        let (archive, metadata) = try SafetensorsFile.read(folder("w.safetensors"))
        #expect(tensors(archive) == tensors(sample()) && metadata["a"] == "b")
        do { _ = try SafetensorsFile.read(folder("absent")) } catch { #expect(error.exitStatus == 66) }
        do { _ = try SafetensorsFile.read(folder("w.safetensors"), limit: 10) } catch { #expect(error.exitStatus == 65) }
    }

    /// One tensor's header entry with this type, shape and range.
    private static func entry(_ type: String, _ shape: String, _ offsets: String, name: String = "w") -> String {
        #""\#(name)":{"dtype":"\#(type)","shape":\#(shape),"data_offsets":\#(offsets)}"#
    }

    @Test(arguments: [
        ("", 0, "an object|value"), ("[]", 0, "must be an object"), ("{", 0, "in its header"), ("{} x", 0, "has ended"),
        ("{}", 1, "1 bytes after the last"), ("{\(entry("F32", "[1]", "[0,4]"))}", 3, "only 3 bytes"),
        ("{\(entry("F32", "[1]", "[4,8]"))}", 8, "a gap before"),
        ("{\(entry("U8", "[4]", "[0,4]")),\(entry("U8", "[4]", "[2,6]", name: "v"))}", 6, "an overlap at \"v\""),
        ("{\(entry("U8", "[4]", "[0,4]")),\(entry("U8", "[4]", "[0,4]", name: "v"))}", 4, "an overlap"),
        ("{\(entry("U8", "[4]", "[0,4]")),\(entry("U8", "[4]", "[4,8]"))}", 8, "second time"),
        ("{\(entry("F16", "[1]", "[0,2]"))}", 2, "F16"), ("{\(entry("F32", "[2]", "[0,4]"))}", 4, "has 4 bytes"),
        ("{\(entry("F32", "[-1]", "[0,4]"))}", 4, "integers from 0"),
        ("{\(entry("F32", "[1.0]", "[0,4]"))}", 4, "integers from 0"),
        ("{\(entry("F32", "[4611686018427387904,4]", "[0,0]"))}", 0, "too large"),
        ("{\(entry("F64", "[4611686018427387904]", "[0,0]"))}", 0, "too large"),
        ("{\(entry("F32", "[4611686018427387904,4,0]", "[0,0]"))}", 0, "too large"),
        ("{\(entry("F32", "[1]", "[4,0]"))}", 4, "a start and an end"),
        ("{\(entry("F32", "[1]", "[0]"))}", 4, "a start and an end"),
        ("{\(entry("F32", "[1]", "[-4,0]"))}", 4, "integers from 0"),
        ("{\(entry("U8", "[9223372036854775807]", "[0,9223372036854775807]"))}", 4, "only 4 bytes"),
        ("{\(entry("F32", "4", "[0,4]"))}", 4, "must be an array"), ("{\"w\":7}", 0, "must be an object"),
        ("{\"w\":{\"dtype\":\"F32\",\"shape\":[1]}}", 4, "\"data_offsets\" is missing"),
        ("{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"x\":1}}", 4, "unknown key"),
        ("{\"w\":{\"dtype\":4,\"shape\":[1],\"data_offsets\":[0,4]}}", 4, "must be a string"),
        ("{\"__metadata__\":{\"a\":1}}", 0, "\"a\" must be a string"), ("{\"__metadata__\":[]}", 0, "must be an object"),
        ("{\"__metadata__\":{\"sha256\":\"00\"}}", 0, "checksum"),
        (String(repeating: "[", count: 100_000), 0, "levels"),
    ])
    func wrongHeaders(header: String, data: Int, words: String) {
        let error = failure(file(header, data: data))
        #expect(error?.exitStatus == 65 && error?.path == "w")
        #expect(
            words.split(separator: "|").contains { error?.message.contains($0) == true }, "\(error?.description ?? "no error")")
    }

    @Test func wrongLengths() {
        #expect(failure([])?.message.contains("inside the header's length") == true)
        #expect(failure([1, 0, 0, 0, 0, 0, 0])?.message.contains("inside the header's length") == true)
        #expect(failure([9, 0, 0, 0, 0, 0, 0, 0, 0x7B])?.message.contains("inside its header") == true)
        #expect(failure([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF])?.message.contains("is the most") == true)
        #expect(failure([1, 0, 0, 1, 0, 0, 0, 0])?.message.contains("16777216 is the most") == true)
        #expect(failure([0, 0, 0, 1, 0, 0, 0, 0])?.message.contains("inside its header") == true)
        #expect(failure(file("{\"\u{0}")) != nil)
    }

    /// Every single changed bit of the data is noticed.
    @Test func changedDataIsNoticed() {
        let bytes = SafetensorsFile.encode(sample())
        let headerLength = bytes[0..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
        for place in (8 + headerLength)..<bytes.count {
            var damaged = bytes
            damaged[place] ^= 1 << UInt8(place % 8)
            #expect(failure(damaged)?.message.contains("checksum") == true)
        }
    }

    /// Random damage ends in an error or in an archive, never in a crash.
    @Test func damageNeverCrashes() {
        var random = RandomSource(seed: 5)
        let whole = SafetensorsFile.encode(sample(), metadata: [("seed", "0")])
        var refused = 0
        for _ in 0..<5000 {
            var bytes = whole
            for _ in 0...random.below(4) {
                if bytes.isEmpty { break }
                let place = random.below(3) == 0 ? random.below(min(16, bytes.count)) : random.below(bytes.count)
                switch random.below(5) {
                case 0: bytes[place] ^= 1 << UInt8(random.below(8))
                case 1: bytes[place] = UInt8(random.below(256))
                case 2: bytes[place] = Array("0123456789[]{},:\"-".utf8)[random.below(18)]
                case 3: bytes.removeSubrange(place...)
                default: bytes.insert(UInt8(random.below(256)), at: place)
                }
            }
            if let error = failure(bytes) {
                refused += 1
                #expect(error.exitStatus == 65)
            }
        }
        #expect(refused > 4000)
    }
}
