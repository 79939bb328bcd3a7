// The rows of the losses that compare a row with a label, with probabilities, or with samples.
import Basics
import Glibc
import Kernels
import Neural
import TestSupport

extension PrimitiveTable {
    static let rowLosses: [PrimitiveCase] = [classLosses, quantiles].flatMap { $0 }

    private static func logShares(_ row: ArraySlice<Double>) -> [Double] {
        let sum = row.reduce(0) { $0 + Glibc.exp($1) }
        return row.map { $0 - Glibc.log(sum) }
    }

    private static let classLosses: [PrimitiveCase] = [1, 2, 5, 16, 19, 30].flatMap { (width: Int) -> [PrimitiveCase] in
        let scores = Shape.vector(width), labels = OperandNumbers.indices(width)
        func hinge(_ squared: Bool) -> PrimitiveCase {
            PrimitiveCase(Hinge(margin: 0.7, squared: squared), [scores, .vector(1)], .normal, labels) { x, rows in
                (0..<rows).map { r in
                    let own = Int(x[1][r].rounded()), row = Array(x[0][r * width..<(r + 1) * width])
                    return row.indices.filter { $0 != own }.reduce(0) { sum, c in
                        let excess = max(0, row[c] - row[own] + Double(Float(0.7)))
                        return sum + (squared ? excess * excess : excess)
                    }
                }
            }
        }
        return [
            PrimitiveCase(LabelCrossEntropy(), [scores, .vector(1)], .normal, labels) { x, rows in
                (0..<rows).map { -logShares(x[0][$0 * width..<($0 + 1) * width])[Int(x[1][$0].rounded())] }
            },
            PrimitiveCase(CrossEntropy(), [scores, scores], .normal, .between(0.01, 1)) { x, rows in
                (0..<rows).map { r in
                    zip(logShares(x[0][r * width..<(r + 1) * width]), x[1][r * width..<(r + 1) * width])
                        .reduce(0) { $0 - $1.0 * $1.1 }
                }
            },
            hinge(false), hinge(true),
        ]
    }

    private static let quantiles: [PrimitiveCase] = [(1, 1), (2, 3), (5, 4), (17, 2)].flatMap { n, m -> [PrimitiveCase] in
        [Float(1), 0.5, 0].map { threshold in
            PrimitiveCase(QuantileHuber(threshold: threshold), [.vector(n), .vector(m)], .normal, .normal) { x, rows in
                (0..<rows).map { r in
                    var total = 0.0
                    for i in 0..<n {
                        for j in 0..<m {
                            let u = x[1][r * m + j] - x[0][r * n + i], k = Double(threshold)
                            let loss = threshold == 0 ? abs(u) : abs(u) <= k ? u * u / 2 : k * (abs(u) - k / 2)
                            total += abs((Double(i) + 0.5) / Double(n) - (u < 0 ? 1 : 0)) * loss / Double(m)
                        }
                    }
                    return total
                }
            }
        }
    }
}
