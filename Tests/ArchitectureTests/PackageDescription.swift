// The package as SwiftPM itself describes it, read from the file that scripts/test writes before the tests start.

import Foundation

/// `swift package describe --type json`, as far as the arrows between rooms need it.
struct PackageDescription: Decodable {
    struct Target: Decodable {
        let name: String
        let path: String
        let dependencies: [String]?

        enum CodingKeys: String, CodingKey {
            case name, path
            case dependencies = "target_dependencies"
        }
    }

    let targets: [Target]

    /// The targets under `Sources`.
    var rooms: [Target] { targets.filter { $0.path.hasPrefix("Sources/") } }

    /// Why the description cannot be trusted, with what to do about it.
    struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    /// SwiftPM waits for itself for ever when asked inside `swift test`, so the description must be there already.
    static func load() throws -> PackageDescription {
        let file =
            ProcessInfo.processInfo.environment["BELLMAN_PACKAGE_DESCRIPTION"].map { URL(filePath: $0) }
            ?? Repository.root.appending(path: ".build/package-description.json")
        let manifest = Repository.root.appending(path: "Package.swift")
        guard let written = try? time(of: file) else {
            throw Missing(description: "\(file.path) is missing: run scripts/test, which writes it before the tests")
        }
        guard written >= (try time(of: manifest)) else {
            throw Missing(description: "\(file.path) is older than Package.swift: run scripts/test, which writes it anew")
        }
        return try JSONDecoder().decode(PackageDescription.self, from: Data(contentsOf: file))
    }

    private static func time(of file: URL) throws -> Date {
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
        return attributes[.modificationDate] as? Date ?? .distantPast
    }
}
