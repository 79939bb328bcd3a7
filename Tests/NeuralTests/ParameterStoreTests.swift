// The store of everything learned: layout, copies, blending, clipping, saving and refusing what is damaged.
import Basics
import Kernels
import Neural
import TestSupport
import Testing

@Suite struct ParameterStoreTests {
    private func store() -> (store: ParameterStore, matrix: Parameter, row: Parameter) {
        var random = RandomSource(seed: 2)
        let store = ParameterStore()
        let matrix = store.reserve("matrix", [3, 7], .normal(deviation: 1), using: &random)
        let row = store.reserve("row", [5], .uniform(bound: 1), using: &random)
        return (store, matrix, row)
    }

    @Test func tensorsStartOnCacheLinesWithZerosBetween() {
        let (store, matrix, row) = store()
        #expect(matrix.offset == 0 && matrix.count == 21 && row.offset == 32 && store.count == 48)
        #expect(
            store.values.slice(21, 11).array.allSatisfy { $0 == 0 } && store.values.slice(37, 11).array.allSatisfy { $0 == 0 })
        #expect(store.values(of: matrix).array.allSatisfy { $0 != 0 })
        #expect(store.gradients.array.allSatisfy { $0 == 0 })
        store.gradients(of: row).fill(3)
        #expect(store.gradients[32] == 3 && store.gradients[36] == 3 && store.gradients[37] == 0 && store.values[32] != 3)
    }

    @Test func aCopyIsEqualAndApart() {
        let (store, matrix, _) = store()
        let copy = store.copy()
        expectSameBits(copy.values.array, store.values.array)
        #expect(copy.parameters == store.parameters)
        let before = store.values.array
        copy.values(of: matrix).fill(9)
        expectSameBits(store.values.array, before)
        store.copyValues(from: copy)
        #expect(store.values(of: matrix).array.allSatisfy { $0 == 9 })
    }

    @Test(arguments: [Float(0), 0.005, 0.5, 1])
    func blendingMovesByTau(_ tau: Float) {
        let (store, _, _) = store()
        let other = store.copy()
        var random = RandomSource(seed: 3)
        other.values.copy(from: random.floats(48))
        let expected = zip(store.values.array, other.values.array).map { Double(1 - tau) * Double($0) + Double(tau) * Double($1) }
        store.blend(toward: other, by: tau)
        expectClose(store.values.array, expected, absolute: 3e-7)
        if tau == 1 { expectSameBits(store.values.array, other.values.array) }
    }

    @Test func clippingKeepsTheDirectionAndTellsTheNorm() {
        let (store, matrix, row) = store()
        store.gradients(of: matrix)[0] = 3
        store.gradients(of: row)[1] = -4
        #expect(store.gradientNorm == 5)
        #expect(store.clipGradients(toNorm: 6) == 5)
        #expect(store.gradients[0] == 3)
        #expect(store.clipGradients(toNorm: 2) == 5)
        expectClose([store.gradients[0], store.gradients[33], store.gradientNorm], [1.2, -1.6, 2], absolute: 1e-6)
    }

    @Test func whatIsSavedIsLoaded() throws {
        let (store, _, _) = store()
        var archive = Archive()
        store.save(into: &archive)
        #expect(archive.names == ["matrix", "row"] && archive["matrix"]?.shape == [3, 7])
        let other = store.copy()
        other.values.fill(0)
        try other.load(from: archive)
        expectSameBits(other.values.array, store.values.array)
    }

    /// The first tensor is sound in each archive: it must not be taken when the second is refused.
    @Test(
        arguments: [
            ("missing", nil, [5]), ("shape [1, 5], [5] is needed", 1, [1, 5]), ("holds 4 numbers, 5 are needed", 1, [4]),
            ("holds nan at index 0", Float.nan, [5]), ("holds inf at index 0", Float.infinity, [5]),
        ] as [(String, Float?, [Int])])
    func damageIsRefusedAndChangesNothing(_ message: String, _ value: Float?, _ shape: [Int]) {
        let (store, _, _) = store()
        let before = store.values.array
        var archive = Archive()
        archive.store(Array(repeating: Float(1), count: 21), shape: [3, 7], as: "matrix")
        if let value { archive.store(Array(repeating: value, count: shape.reduce(1, *)), shape: shape, as: "row") }
        let error = #expect(throws: ArchiveError.self) { try store.load(from: archive) }
        #expect(error?.description.contains("\"row\"") == true && error?.description.contains(message) == true, "\(error as Any)")
        expectSameBits(store.values.array, before)
    }

    @Test func aNameIsReservedOnceAndBeforeTheFirstUse() async {
        await #expect(processExitsWith: .failure) {
            var random = RandomSource(seed: 1)
            let store = ParameterStore()
            _ = store.reserve("w", [1], .constant(0), using: &random)
            _ = store.reserve("w", [2], .constant(0), using: &random)
        }
        await #expect(processExitsWith: .failure) {
            var random = RandomSource(seed: 1)
            let store = ParameterStore()
            _ = store.reserve("w", [1], .constant(0), using: &random)
            _ = store.values
            _ = store.reserve("v", [2], .constant(0), using: &random)
        }
    }
}
