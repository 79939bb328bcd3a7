// Random and damaged documents: our reader and writer against Foundation's.

import Basics
import Foundation
import Testing
import Training

struct JSONOracleTests {
    /// What Foundation read, in our terms.
    private func ours(_ any: Any) -> JSON {
        switch any {
        case is NSNull: return .null
        case let text as String: return .string(text)
        case let values as [Any]: return .array(values.map(ours))
        case let values as [String: Any]:
            return .object(JSONObject(values.sorted { $0.key < $1.key }.map { ($0.key, ours($0.value)) }))
        case let number as NSNumber:
            // Foundation's Boolean is a number whose C type is `char`.
            if String(cString: number.objCType) == "c" { return .bool(number.boolValue) }
            return .number(number.doubleValue)
        default: fatalError("Foundation read \(any)")
        }
    }
    /// What Foundation cannot tell apart made equal: keys sorted, every number a Double.
    private func flattened(_ json: JSON) -> JSON {
        switch json {
        case .integer(let value): .number(Double(value))
        case .array(let values): .array(values.map(flattened))
        case .object(let object):
            .object(JSONObject(object.members.sorted { $0.key < $1.key }.map { ($0.key, flattened($0.value)) }))
        default: json
        }
    }
    /// Equal but for the last digits of numbers: Foundation reads some to a neighbour of the nearest Double.
    private func alike(_ a: JSON?, _ b: JSON) -> Bool {
        switch (a, b) {
        case (.number(let x)?, .number(let y)): abs(x - y) <= 1e-15 * abs(y)
        case (.array(let x)?, .array(let y)): x.count == y.count && zip(x, y).allSatisfy { alike($0, $1) }
        case (.object(let x)?, .object(let y)):
            x.members.map(\.key) == y.members.map(\.key)
                && zip(x.members, y.members).allSatisfy { alike($0.value, $1.value) }
        default: a == b
        }
    }
    private func foundation(_ text: String) throws -> JSON {
        ours(try JSONSerialization.jsonObject(with: Data(text.utf8), options: [.fragmentsAllowed]))
    }

    private func string(_ random: inout RandomSource) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<random.below(12) {
            let bound = [0x20, 0x80, 0x100, 0x800, 0x110000][random.below(5)]
            if let scalar = Unicode.Scalar(UInt32(random.below(bound))) { text.append(scalar) }
        }
        return String(text)
    }
    private func document(_ random: inout RandomSource, depth: Int) -> JSON {
        switch random.below(depth > 4 ? 6 : 8) {
        case 0: return .null
        case 1: return .bool(random.below(2) == 0)
        case 2: return .integer(random.below(2001) - 1000)
        case 3: return .number((random.unit() - 0.5) * [1, 1e-7, 1e9, 1e17, 1e200, 1e-200][random.below(6)])
        case 4, 5: return .string(string(&random))
        case 6: return .array((0..<random.below(6)).map { _ in document(&random, depth: depth + 1) })
        default:
            var object = JSONObject()
            for _ in 0..<random.below(6) { object[string(&random)] = document(&random, depth: depth + 1) }
            return .object(object)
        }
    }

    @Test func randomDocuments() throws {
        var random = RandomSource(seed: 1)
        for _ in 0..<2000 {
            let json = document(&random, depth: 0)
            for text in [JSONWriter.compact(json), JSONWriter.pretty(json)] {
                #expect(try JSONReader.parse(text).json == json)
                #expect(alike(try foundation(text), flattened(json)), "\(text)")
            }
        }
    }

    /// What Foundation wrote, we read alike.
    @Test func foundationsOwnText() throws {
        var random = RandomSource(seed: 2)
        for _ in 0..<500 {
            let text = JSONWriter.compact(.array([document(&random, depth: 0)]))
            let data = try JSONSerialization.data(
                withJSONObject: JSONSerialization.jsonObject(with: Data(text.utf8)), options: [.prettyPrinted])
            #expect(flattened(try JSONReader.parse(Array(data)).json) == flattened(try JSONReader.parse(text).json))
        }
    }

    /// Damaged documents: never a crash, and what Foundation refuses we refuse.
    @Test func damagedDocuments() throws {
        var random = RandomSource(seed: 3)
        var accepted = 0, refused = 0
        for _ in 0..<3000 {
            var bytes = Array(JSONWriter.compact(.array([document(&random, depth: 0)])).utf8)
            for _ in 0...random.below(2) {
                let place = random.below(bytes.count)
                switch random.below(3) {
                case 0: bytes[place] = UInt8(random.below(256))
                case 1: bytes[place] = Array("[]{},:\"\\/-+.eE019tfn ".utf8)[random.below(21)]
                default: bytes.removeSubrange(place...)
                }
                if bytes.isEmpty { bytes = [UInt8(ascii: "[")] }
            }
            let theirs = try? JSONSerialization.jsonObject(with: Data(bytes), options: [.fragmentsAllowed])
            if let node = try? JSONReader.parse(bytes) {
                accepted += 1
                #expect(alike(theirs.map(ours), flattened(node.json)), "\(String(decoding: bytes, as: UTF8.self))")
            } else {
                refused += 1
            }
        }
        #expect(accepted > 100 && refused > 100)
    }
}
