// Rows and actions: what is float stays float, what is bytes stays bytes, and slices are views.
import Basics
import Kernels
import RLCore
import Testing

@Suite struct BatchTests {
    @Test func rowsOfFloatsAreSlicedAndCopied() {
        let storage = RowStorage(count: 4, space: .box(.vector(3), low: [0, 0, 0], high: [1, 1, 1]))
        for i in 0..<12 { storage.rows.floats[i] = Float(i) }
        #expect(storage.rows.count == 4 && storage.rows.width == 3 && storage.rows.bytes.count == 0)
        let middle = storage.rows.slice(1, 2)
        #expect(middle.count == 2 && middle.floats.array == [3, 4, 5, 6, 7, 8])
        storage.rows.copy(0, from: middle, 1)
        #expect(storage.rows.floats.array == [6, 7, 8, 3, 4, 5, 6, 7, 8, 9, 10, 11])
        middle.floats[0] = -1
        #expect(storage.rows.floats[3] == -1)
    }

    @Test func rowsOfBytesAreSlicedAndCopied() {
        let storage = RowStorage(count: 3, space: .bytes(.image(height: 1, width: 2, channels: 2), stack: 1))
        storage.rows.bytes.copy(from: (0..<12).map { UInt8($0) })
        #expect(storage.rows.count == 3 && storage.rows.width == 4 && storage.rows.floats.count == 0)
        storage.rows.copy(2, from: storage.rows.slice(1, 1), 0)
        #expect(storage.rows.bytes.array == [0, 1, 2, 3, 4, 5, 6, 7, 4, 5, 6, 7])
    }

    @Test func actionsKnowTheirKind() {
        let choices = Actions(lanes: 2, space: .discrete(5))
        choices.indices[1] = 4
        #expect(choices[0].index == 0 && choices[1].index == 4 && choices.values.count == 0)
        let thrusts = Actions(lanes: 2, space: .box(.vector(3), low: [-1, -1, -1], high: [1, 1, 1]))
        for i in 0..<6 { thrusts.values[i] = Float(i) }
        #expect(thrusts[1].values.array == [3, 4, 5] && thrusts.indices.count == 0 && thrusts.width == 3)
    }
}
