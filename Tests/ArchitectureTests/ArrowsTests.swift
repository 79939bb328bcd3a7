// The arrows between rooms run down: what the package declares and what the files import, against the table.

import Foundation
import Testing

@Suite("The arrows between rooms")
struct ArrowsTests {
    let package: PackageDescription
    let table = Dictionary(uniqueKeysWithValues: rooms.map { ($0.name, $0) })

    init() throws {
        package = try PackageDescription.load()
    }

    /// The rooms and system modules that a target's files open; in C, the rooms whose headers they include.
    func opened(by target: PackageDescription.Target) throws -> Set<String> {
        var found: Set<String> = []
        for file in try Repository.files(below: target.path) {
            if file.hasSuffix(".swift") { found.formUnion(try Repository.imports(of: file)) }
            if file.hasSuffix(".c") { found.formUnion(try roomsIncluded(by: file)) }
        }
        return found.subtracting([target.name])
    }

    func roomsIncluded(by file: String) throws -> [String] {
        let headers = try Repository.code(of: file).compactMap { $0.prefixMatch(of: #/#include "([^"]+)"/#)?.output.1 }
        return package.rooms.filter { room in
            headers.contains { FileManager.default.fileExists(atPath: "\(Repository.root.path)/\(room.path)/include/\($0)") }
        }.map(\.name)
    }

    @Test("the table itself runs down, and RLCore and Neural do not know each other")
    func tableRunsDown() throws {
        var above: Set<String> = []
        for room in rooms {
            #expect(room.below.isSubset(of: above), "\(room.name) may open a room that does not stand below it")
            above.insert(room.name)
        }
        let core = try #require(table["RLCore"])
        let neural = try #require(table["Neural"])
        #expect(!core.below.contains("Neural") && !neural.below.contains("RLCore"))
        let worlds = try #require(table["Environments"])
        #expect(worlds.below.isDisjoint(with: ["Neural", "CSDL2", "Viewing"]))
        #expect(try #require(table["Agents"]).below.contains("Environments") == false)
    }

    @Test("every room is in the table, and declares nothing that the table forbids")
    func declarations() throws {
        for target in package.rooms {
            let room = try #require(table[target.name], "\(target.name) is in no table: add it to Rooms.swift and the design")
            let forbidden = Set(target.dependencies ?? []).subtracting(room.below)
            #expect(forbidden.isEmpty, "Package.swift lets \(room.name) depend on \(forbidden.sorted())")
        }
    }

    @Test("every import is allowed by the table and declared by the package")
    func importsAreAllowed() throws {
        for target in package.rooms {
            let room = try #require(table[target.name])
            for file in try Repository.files(below: target.path) where file.hasSuffix(".swift") {
                var allowed = room.system.union(target.dependencies ?? []).intersection(room.system.union(room.below))
                if filesThatStartProcesses.contains(file) { allowed.insert("Foundation") }
                let forbidden = try Repository.imports(of: file).subtracting(allowed)
                #expect(forbidden.isEmpty, "\(file) imports \(forbidden.sorted()); \(room.name) may not")
            }
        }
    }

    @Test("every declared dependency is used by some file")
    func declarationsAreUsed() throws {
        for target in package.rooms {
            let unused = Set(target.dependencies ?? []).subtracting(try opened(by: target))
            #expect(unused.isEmpty, "Package.swift lets \(target.name) depend on \(unused.sorted()), which no file imports")
        }
    }
}
