// What `rl bench variance` has measured, as a picture: bars on a logarithmic scale, one group for each policy.

import Agents
import Measuring

struct VariancePicture {
    private let report: VarianceReport
    /// Whole powers of ten around everything that was measured.
    private let axis: Axis
    private let frame: Frame

    init(_ report: VarianceReport) {
        self.report = report
        axis = Axis(logarithmicAround: report.policies.flatMap(\.variance.estimates).flatMap { [$0.low, $0.high] })
        var frame = Frame(width: 900, height: 460)
        frame.bottomMargin = 90
        self.frame = frame
    }

    var svg: String {
        var svg = SVG(width: frame.width, height: frame.height)
        svg.text(
            frame.left, 24,
            "Trace of the gradient's covariance, \(grouped(report.batches)) batches of \(counted(report.episodes, "episode")), "
                + "\(report.environment); bars: 95 % intervals")
        frame.drawLevels(axis, on: &svg)
        let group = frame.innerWidth / Double(max(1, report.policies.count))
        for (g, policy) in report.policies.enumerated() {
            drawBars(policy, from: frame.left + group * (Double(g) + 0.1), width: group * 0.8, on: &svg)
        }
        let credits = GradientSampler.Credit.allCases
        for (i, credit) in credits.enumerated() {
            let x = frame.left + Double(i) * frame.innerWidth / Double(credits.count)
            svg.rectangle(x, frame.height - 40, 12, 12, fill: Palette.colour(i))
            svg.text(x + 18, frame.height - 29, VarianceReport.title(credit))
        }
        return svg.document(title: "Variance of the policy gradient")
    }

    private func drawBars(_ policy: VarianceReport.Policy, from start: Double, width: Double, on svg: inout SVG) {
        let bar = width / Double(GradientSampler.Credit.allCases.count)
        for (i, estimate) in policy.variance.estimates.enumerated() {
            let x = start + bar * Double(i), top = y(estimate.trace), middle = x + bar * 0.45
            svg.rectangle(x, top, bar * 0.9, frame.bottom - top, fill: Palette.colour(i))
            svg.line(middle, y(estimate.low), middle, y(estimate.high), SVG.Stroke(width: 2))
        }
        svg.text(
            start + width / 2, frame.bottom + 20,
            "\(policy.name): step \(grouped(policy.step)), mean return \(rounded(policy.variance.meanReturn, 1))", anchor: .middle
        )
    }
    private func y(_ value: Double) -> Double { frame.y(max(0, min(1, axis.share(value)))) }
}
