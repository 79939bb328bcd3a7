// Lent memory is one borrower's alone.
import Kernels
import TestSupport
import Testing

@Suite struct ScratchTests {
    @Test func theNextBorrowerFindsWhatTheLastOneLeft() {
        let scratch = Scratch(count: 5)
        scratch.lend { $0.fill(9) }
        scratch.lend { #expect($0.array == [9, 9, 9, 9, 9]) }
    }
    @Test func twoBorrowersAtOnceHaveTwoBlocks() {
        let scratch = Scratch(count: 3)
        scratch.lend { mine in
            mine.fill(1)
            scratch.lend { yours in
                #expect(yours.count == 3)
                yours.fill(2)
            }
            #expect(mine.array == [1, 1, 1])
        }
        scratch.lend { #expect($0.array == [1, 1, 1]) }
    }
    @Test func oneBorrowerAllocatesNothing() {
        let scratch = Scratch(count: 1000)
        var sum = 0
        #expect(MallocCount.during { for _ in 0..<10 { scratch.lend { sum += Int($0[0]) } } } == 0)
        #expect(MallocCount.during { scratch.lend { _ in scratch.lend { sum += Int($0[0]) } } } > 0)
        #expect(sum == 0)
    }
}
