// One continuous action for worlds that the tests step by hand.
import Kernels
import RLCore

/// An action of one number, and the memory that it points into.
struct Push {
    private let storage = Storage<Float>(count: 1)
    func callAsFunction(_ value: Float) -> Action {
        storage.all[0] = value
        return .continuous(storage.all)
    }
}
