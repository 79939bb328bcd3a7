// Cross-validation that keeps the classes' shares: every fold has as many of each as any other, give or take one.
public import Basics

public struct StratifiedFolds: Hashable, Sendable {
    /// The rows of each fold, shuffled.
    public let folds: [[Int]]

    /// - Parameter labels: the class of each row.
    public init(labels: [Int], folds count: Int, using random: inout RandomSource) {
        guard count >= 2 && labels.count >= count else {
            fatalError("\(labels.count) rows in \(count) folds; two folds at least")
        }
        var folds = [[Int]](repeating: [], count: count), next = 0
        for label in Set(labels).sorted() {
            var rows = labels.indices.filter { labels[$0] == label }
            random.shuffle(&rows)
            // Where one class ends the next goes on, so that the folds' sizes differ by one at most.
            for row in rows {
                folds[next % count].append(row)
                next += 1
            }
        }
        for i in folds.indices { random.shuffle(&folds[i]) }
        self.folds = folds
    }

    /// The rows of all folds but one.
    public func training(without fold: Int) -> [Int] { folds.indices.filter { $0 != fold }.flatMap { folds[$0] } }
}
