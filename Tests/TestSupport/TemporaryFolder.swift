// A folder for one test, removed when the test lets go of it.

import Foundation

public final class TemporaryFolder {
    public let path: String

    public init() {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("bellman-test-\(UUID().uuidString)").path
        try! FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// A path inside.
    public func callAsFunction(_ name: String) -> String { path + "/" + name }
    public func bytes(_ name: String) -> [UInt8]? { FileManager.default.contents(atPath: self(name)).map(Array.init) }
    public func text(_ name: String) -> String? { bytes(name).map { String(decoding: $0, as: UTF8.self) } }
    /// Everything inside, hidden files too, sorted.
    public var names: [String] { try! FileManager.default.contentsOfDirectory(atPath: path).sorted() }
}
