// The order in which an epoch takes the rows of a rollout.
import Basics
import Kernels

final class MinibatchOrder {
    private let storage: Storage<Int32>
    var count: Int { storage.all.count }

    init(rows: Int) {
        storage = Storage(count: rows)
        reset()
    }

    /// 0, 1, 2, …: every rollout begins from here, so that a resumed run shuffles as the unbroken one does.
    func reset() {
        for i in 0..<count { storage.all[i] = Int32(i) }
    }

    /// Draw for draw what `RandomSource.shuffle` does to an array; a generic function of another module would allocate for each swap.
    func shuffle(using random: inout RandomSource) {
        let rows = storage.all
        for i in stride(from: rows.count - 1, to: 0, by: -1) {
            let mask = UInt32.max >> UInt32(i).leadingZeroBitCount
            var j = random.next32() & mask
            while j > i { j = random.next32() & mask }
            let kept = rows[i]
            rows[i] = rows[Int(j)]
            rows[Int(j)] = kept
        }
    }

    /// Row numbers `start ..< start + length`.
    func slice(_ start: Int, _ length: Int) -> Integers { storage.all.slice(start, length) }
}
