// Every primitive of the table against its twin in Double, forward and backward; and the laws that hold for all of them.
import Foundation
import Neural
import TestSupport
import Testing

@Suite struct PrimitiveGradientTests {
    @Test(arguments: PrimitiveTable.all)
    func agreesWithItsTwinAndItsCentralDifferences(_ subject: PrimitiveCase) throws {
        for rows in PrimitiveTable.rowCounts { try checkGradients(of: subject, rows: rows) }
    }

    @Test(arguments: PrimitiveTable.all)
    func aRowsBitsDependOnItAlone(_ subject: PrimitiveCase) throws {
        try checkRowsAreIndependent(of: subject, rows: 13)
    }

    /// The contract asks for three words, so that a call finds its primitive in place.
    @Test func noPrimitiveIsBoxed() {
        for subject in PrimitiveTable.all {
            func size<P: Primitive>(_: P) -> Int { MemoryLayout<P>.size }
            #expect(size(subject.primitive) <= 24, "\(subject.testDescription)")
        }
    }

    /// A primitive without a row in the table would be held to no law. `StopGradient` is no derivative; `TapeTests` has it.
    @Test func noPrimitiveIsMissingFromTheTable() throws {
        let folder = URL(filePath: #filePath).appending(path: "../../../Sources/Neural/Primitives").standardized
        var declared: Set<String> = []
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            for match in try String(contentsOf: file, encoding: .utf8).matches(of: /struct (\w+): Primitive/) {
                declared.insert(String(match.1))
            }
        }
        #expect(declared.count > 40)
        let tried = Set(PrimitiveTable.all.map { "\(type(of: $0.primitive))" })
        #expect(declared.subtracting(tried) == ["StopGradient"])
    }
}
