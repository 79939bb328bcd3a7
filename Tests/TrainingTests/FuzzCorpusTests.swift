// Every seed of the fuzzer ends in a value or in a sentence: what once was found stays mended.
import Environments
import Foundation
import RLCore
import Testing

@testable import Training

@Suite struct FuzzCorpusTests {
    private static let corpus = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fuzz/corpus").path

    private static func files(_ reader: String) -> [String] {
        let folder = Paths.join(corpus, reader)
        return ((try? Folders.names(in: folder)) ?? []).map { Paths.join(folder, $0) }
    }

    /// - Returns: whether it was read.
    private func read(_ body: () throws -> Void) -> Bool {
        do {
            try body()
            return true
        } catch {
            #expect(!"\(error)".isEmpty && !"\(error)".contains("\n"))
            return false
        }
    }

    @Test func safetensors() {
        let results = Self.files("safetensors").map { path in read { _ = try SafetensorsFile.read(path) } }
        #expect(results.contains(true) && results.contains(false))
    }
    @Test func presets() {
        let results = Self.files("preset").map { path in
            read {
                let plan = try Preset(path).plan(Catalogues())
                try plan.checkFit()
            }
        }
        #expect(results.contains(true))
    }
    @Test func worlds() {
        let results = Self.files("world").map { path in
            read {
                let world = try WorldFile.read(path, name: "seed")
                _ = try world.makeVector(world.settings, lanes: 2).reset(seed: 1)
            }
        }
        #expect(results.contains(true))
    }
    @Test func recordings() {
        let results = Self.files("recording").map { path in
            read { try Resimulation(Recording.read(path, .builtIn)).verify() }
        }
        #expect(!results.isEmpty)
    }
}
