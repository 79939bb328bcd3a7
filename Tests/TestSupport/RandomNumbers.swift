// Random arrays for tests: the same in every run.
public import Basics

extension RandomSource {
    /// Standard normal draws times `deviation`.
    public mutating func floats(_ count: Int, deviation: Double = 1) -> [Float] {
        (0..<count).map { _ in Float(deviation * normal()) }
    }
}
