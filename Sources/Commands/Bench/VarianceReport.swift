// What `rl bench variance` has measured, as a table and as one JSON document.

package import Agents
package import Measuring
package import Training

package struct VarianceReport {
    package struct Policy {
        /// `start`, `middle` or `end`.
        package let name: String
        package let step: Int
        package let variance: PolicyVariance

        package init(name: String, step: Int, variance: PolicyVariance) {
            self.name = name
            self.step = step
            self.variance = variance
        }
    }
    package let preset: String
    package let environment: String
    package let seed: UInt64
    package let batches: Int
    package let episodes: Int
    package let discount: Double
    package var policies: [Policy] = []

    package init(preset: String, environment: String, seed: UInt64, batches: Int, episodes: Int, discount: Double) {
        self.preset = preset
        self.environment = environment
        self.seed = seed
        self.batches = batches
        self.episodes = episodes
        self.discount = discount
    }

    package static func title(_ credit: GradientSampler.Credit) -> String {
        switch credit {
        case .none: "whole episode"
        case .rewardToGo: "reward to go"
        case .discount: "discounted"
        case .movingAverage: "less moving average"
        case .value: "less learned value"
        }
    }

    package func show(on output: Output) {
        output.line(
            "Trace of the covariance of the policy gradient: \(grouped(batches)) batches of \(counted(episodes, "episode")), "
                + "\(environment), γ = \(plain(discount)), 95 % intervals.")
        output.line()
        let titles = GradientSampler.Credit.allCases.map(Self.title), width = (titles.map(\.count).max() ?? 0) + 2
        output.line(
            "".padded(to: width)
                + policies.map { "\($0.name), step \(grouped($0.step))".padded(to: Self.column) }.joined(), .bold)
        output.line(
            "mean return".padded(to: width)
                + policies.map { rounded($0.variance.meanReturn, 1).padded(to: Self.column) }.joined())
        for (i, title) in titles.enumerated() {
            output.line(
                title.padded(to: width)
                    + policies.map { policy in
                        let estimate = policy.variance.estimates[i]
                        let interval = "[\(Self.digits(estimate.low)), \(Self.digits(estimate.high))]"
                        return "\(Self.digits(estimate.trace)) \(interval)".padded(to: Self.column)
                    }.joined())
        }
    }
    private static let column = 34

    /// Three digits that count.
    static func digits(_ value: Double) -> String {
        let size = abs(value)
        return rounded(value, size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3)
    }

    package var json: JSON {
        [
            "preset": JSON(preset), "environment": JSON(environment), "seed": JSON(seed: seed), "batches": JSON(batches),
            "episodes": JSON(episodes), "discount": JSON(discount),
            "policies": .array(
                policies.map { policy in
                    [
                        "name": JSON(policy.name), "step": JSON(policy.step),
                        "mean_return": JSON(policy.variance.meanReturn),
                        "variants": .array(
                            zip(GradientSampler.Credit.allCases, policy.variance.estimates).map { credit, estimate in
                                [
                                    "name": JSON(credit.rawValue), "trace": JSON(estimate.trace),
                                    "ci95": .array([JSON(estimate.low), JSON(estimate.high)]),
                                ]
                            }),
                    ]
                }),
        ]
    }
}
