// Views and their memory: zeroed, aligned, with slack behind; slices, copies and what traps.
import Kernels
import TestSupport
import Testing

@Suite struct BufferTests {
    @Test(arguments: [0, 1, 15, 16, 1000])
    func storageIsZeroedAlignedAndHasSlack(_ count: Int) {
        let floats = Storage<Float>(count: count), bytes = Storage<UInt8>(count: count)
        #expect(floats.all.count == count && floats.all.array.allSatisfy { $0 == 0 } && bytes.all.array.allSatisfy { $0 == 0 })
        #expect(Int(bitPattern: floats.all.base) % 64 == 0 && Int(bitPattern: bytes.all.base) % 64 == 0)
        for i in count..<count + 16 { #expect(floats.all.base[i] == 0) }
    }

    @Test func slicesAndRowsShareMemory() {
        let storage = Storage<Int32>(count: 12)
        storage.all.copy(from: Array(0..<12))
        #expect(storage.all.slice(3, 4).array == [3, 4, 5, 6] && storage.all.row(2, width: 4).array == [8, 9, 10, 11])
        storage.all.row(1, width: 4)[0] = -1
        #expect(storage.all[4] == -1)
        storage.all.slice(2, 3).fill(7)
        #expect(storage.all.array == [0, 1, 7, 7, 7, 5, 6, 7, 8, 9, 10, 11])
        storage.all.withSpan { $0[11] = 5 }
        #expect(storage.all[11] == 5)
        #expect(Floats.empty.array.isEmpty)
    }

    @Test func copiesMayOverlap() {
        let storage = Storage<Float>(count: 8)
        storage.all.copy(from: [0, 1, 2, 3, 4, 5, 6, 7])
        storage.all.slice(2, 6).copy(from: storage.all.slice(0, 6))
        #expect(storage.all.array == [0, 1, 0, 1, 2, 3, 4, 5])
    }

    @Test func countsAreRoundedUpToCacheLines() { #expect([0, 1, 16, 17].map(roundedToVector) == [0, 16, 16, 32]) }

    @Test func anIndexOrSliceOutsideTraps() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            print(Storage<Float>(count: 3).all[3])
        }
        #expect(result.lastWords.contains("1 numbers from index 3 on, in a buffer of 3"))
        await #expect(processExitsWith: .failure) { print(Storage<Float>(count: 3).all[-1]) }
        await #expect(processExitsWith: .failure) { print(Storage<Float>(count: 3).all.slice(2, 2).count) }
    }

    @Test func aCopyOfAnotherLengthTrapsWithBothNumbers() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            Storage<Float>(count: 3).all.copy(from: [1, 2])
        }
        #expect(result.lastWords.contains("copy of 2 numbers into 3"))
    }
}
