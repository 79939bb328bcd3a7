// Every primitive of the table against its twin in Double, forward and backward.
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
}
