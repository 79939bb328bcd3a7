// The reader of import lines, on which the tests of the arrows stand.

import Testing

@Suite("Import lines")
struct ImportLinesTests {
    @Test(
        "an import is recognised in every form",
        arguments: [
            "import Basics", "public import Basics", "@testable import Basics", "  import struct Basics.Shape",
            "@_spi(Tests) package import Basics", "import Basics.Shape",
        ])
    func importForms(line: String) {
        #expect(Repository.module(importedBy: line) == "Basics")
    }

    @Test("what only looks like an import is none", arguments: ["// import Basics", "important Basics", "let import = 1"])
    func notImports(line: String) {
        #expect(Repository.module(importedBy: line) == nil)
    }
}
