// A map in two dimensions on which neighbours stay neighbours: t-SNE (van der Maaten & Hinton 2008), exact, for some hundred points.
public import Basics
import Kernels

/// Places for rows of numbers such that the chance of being somebody's neighbour is alike in the map and among the rows.
///
/// pⱼ|ᵢ ∝ exp(−|xᵢ − xⱼ|²/2σᵢ²), σᵢ such that its perplexity is as asked (section 2), pᵢⱼ = (pⱼ|ᵢ + pᵢ|ⱼ)/2n, and
/// qᵢⱼ ∝ 1/(1 + |yᵢ − yⱼ|²); descent of KL(P‖Q) from the first two principal components, in which far groups begin where they belong
/// (Kobak & Linderman 2021), with momentum, gains and early exaggeration as in the paper. Time and memory grow with the square of n.
public struct NeighbourMap: Sendable {
    /// [rows] of (x, y), their mean at 0.
    public private(set) var places: [SIMD2<Double>]
    /// KL(P‖Q) of these places, in nats.
    public let divergence: Double

    /// - Parameters:
    ///   - rows: of equal width, at least one.
    ///   - perplexity: how many neighbours count, about; at most a third of the other rows is used.
    ///   - random: for a ten-thousandth of the first places, so that equal rows part.
    public init(_ rows: [[Double]], perplexity: Double = 30, iterations: Int = 750, using random: inout RandomSource) {
        let count = rows.count
        let shares = Self.affinities(rows, perplexity: max(1, min(perplexity, Double(count - 1) / 3)))
        let plane = PrincipalComponents(rows, count: 2)
        let spread = plane.variances.first.map { 1e-4 / $0.squareRoot() } ?? 0
        places = rows.map { row in
            let at = plane.coordinates(of: row)
            return SIMD2(at.count > 0 ? at[0] * spread : 0, at.count > 1 ? at[1] * spread : 0)
                + SIMD2(random.normal(), random.normal()) * 1e-8
        }
        var velocity = [SIMD2<Double>](repeating: .zero, count: count), gains = [SIMD2<Double>](repeating: .one, count: count)
        let exaggerated = iterations / 3
        // n over the exaggeration (Belkina et al. 2019), and over the gradient's factor of 4: larger steps tear small groups apart.
        let slow = Double(count) / 48, fast = Double(count) / 4
        for iteration in 0..<iterations {
            let isEarly = iteration < exaggerated
            let slopes = Self.gradient(shares, places, exaggeration: isEarly ? 12 : 1)
            let momentum = isEarly ? 0.5 : 0.8, rate = isEarly ? slow : fast
            for i in 0..<count {
                for axis in 0..<2 {
                    let agrees = (slopes[i][axis] > 0) == (velocity[i][axis] > 0)
                    gains[i][axis] = max(0.01, agrees ? gains[i][axis] * 0.8 : gains[i][axis] + 0.2)
                }
                velocity[i] = momentum * velocity[i] - gains[i] * slopes[i] * rate
                places[i] += velocity[i]
            }
            let centre = places.reduce(.zero, +) / Double(count)
            for i in 0..<count { places[i] -= centre }
        }
        divergence = Self.divergence(shares, places)
    }

    /// pᵢⱼ, [rows, rows]: symmetric, 0 on the diagonal, summing to 1.
    package static func affinities(_ rows: [[Double]], perplexity: Double) -> [Double] {
        let count = rows.count
        guard count > 1 else { return [0] }
        var joint = [Double](repeating: 0, count: count * count)
        for i in 0..<count {
            let distances = rows.map { squaredDistance($0, rows[i]) }
            for (j, share) in conditional(distances, apartFrom: i, perplexity: perplexity).enumerated() {
                joint[i * count + j] += share / Double(2 * count)
                joint[j * count + i] += share / Double(2 * count)
            }
        }
        return joint
    }

    /// pⱼ|ᵢ over all j, from squared distances to i: the precision 1/2σ² is found by halving the interval it must lie in.
    package static func conditional(_ distances: [Double], apartFrom own: Int, perplexity: Double) -> [Double] {
        let target = ScalarMaths.log(perplexity)
        let nearest = distances.indices.filter { $0 != own }.map { distances[$0] }.min() ?? 0
        let mean = distances.reduce(0, +) / Double(max(1, distances.count - 1)) - nearest
        var low = 0.0, high = Double.infinity, precision = mean > 0 ? 1 / mean : 1
        var shares = [Double](repeating: 0, count: distances.count)
        for _ in 0..<100 {
            var sum = 0.0, moment = 0.0
            for j in distances.indices where j != own {
                let distance = distances[j] - nearest
                shares[j] = ScalarMaths.exp(-precision * distance)
                sum += shares[j]
                moment += shares[j] * distance
            }
            // H = log Σ + β·E[d]
            let entropy = ScalarMaths.log(sum) + precision * moment / sum
            for j in shares.indices { shares[j] /= sum }
            if abs(entropy - target) < 1e-10 { break }
            if entropy > target { low = precision } else { high = precision }
            precision = high.isFinite ? (low + high) / 2 : precision * 2
        }
        return shares
    }

    /// ∂KL/∂yᵢ = 4 Σⱼ (pᵢⱼ − qᵢⱼ)(yᵢ − yⱼ)/(1 + |yᵢ − yⱼ|²) (equation 5), P times `exaggeration`.
    package static func gradient(_ shares: [Double], _ places: [SIMD2<Double>], exaggeration: Double = 1) -> [SIMD2<Double>] {
        let count = places.count
        var near = [Double](repeating: 0, count: count * count), sum = 0.0
        for i in 0..<count {
            for j in 0..<i {
                let way = places[i] - places[j]
                let weight = 1 / (1 + (way * way).sum())
                near[i * count + j] = weight
                near[j * count + i] = weight
                sum += 2 * weight
            }
        }
        return (0..<count).map { i in
            var slope = SIMD2<Double>.zero
            for j in 0..<count where j != i {
                let weight = near[i * count + j]
                let pull: Double = 4 * weight * (exaggeration * shares[i * count + j] - weight / sum)
                slope += pull * (places[i] - places[j])
            }
            return slope
        }
    }

    /// KL(P‖Q) in nats.
    package static func divergence(_ shares: [Double], _ places: [SIMD2<Double>]) -> Double {
        let count = places.count
        func weight(_ i: Int, _ j: Int) -> Double {
            let way = places[i] - places[j]
            return 1 / (1 + (way * way).sum())
        }
        var sum = 0.0, total = 0.0
        for i in 0..<count { for j in 0..<count where j != i { sum += weight(i, j) } }
        for i in 0..<count {
            for j in 0..<count where j != i && shares[i * count + j] > 0 {
                let p = shares[i * count + j]
                total += p * (ScalarMaths.log(p) - ScalarMaths.log(weight(i, j) / sum))
            }
        }
        return total
    }
}

private func squaredDistance(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for i in a.indices {
        let way = a[i] - b[i]
        sum += way * way
    }
    return sum
}
