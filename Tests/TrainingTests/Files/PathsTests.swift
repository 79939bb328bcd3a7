// Taking paths apart, and the names that are refused.

import Foundation
import Testing
import Training

struct PathsTests {
    @Test(arguments: [
        ("a", ".", "a"), ("a/b", "a", "b"), ("/a", "/", "a"), ("/", "/", "/"), ("a/b/", "a", "b"), ("a//b", "a", "b"),
        ("./a", ".", "a"),
    ])
    func parts(path: String, folder: String, name: String) {
        #expect(Paths.folder(of: path) == folder && Paths.name(of: path) == name)
    }

    @Test func joining() {
        #expect(Paths.join("a", "b") == "a/b" && Paths.join("a/", "b") == "a/b" && Paths.join("", "b") == "b")
    }

    @Test(arguments: ["dqn-cartpole", "a", "frozenlake-8x8", "π", "a.b", String(repeating: "x", count: 200)])
    func goodNames(name: String) throws {
        #expect(Paths.complaint(aboutName: name) == nil)
        try Paths.validate(name: name)
    }

    @Test(arguments: [
        "", "a/b", "/etc/passwd", "..", "../x", "a..b", ".", ".hidden", "-rf", "a\nb", "a\u{0}b", "\u{1B}[2J",
        String(repeating: "x", count: 201),
    ])
    func badNames(name: String) {
        do {
            try Paths.validate(name: name, in: "f.json")
            Issue.record("accepted")
        } catch { #expect(error.exitStatus == 65 && error.path == "f.json") }
    }
}
