// What `rl bench variance` has measured, as a picture: bars on a logarithmic scale, one group for each policy.

import Agents
import Glibc
import Measuring

struct VariancePicture {
    private let report: VarianceReport
    private let lowest: Double
    private let highest: Double

    private static let colours = ["#7f3b08", "#b35806", "#e08214", "#8073ac", "#542788"]
    private static let (width, height, left, right, top, bottom) = (900.0, 460.0, 70.0, 20.0, 50.0, 90.0)

    /// Whole powers of ten around everything that was measured.
    init(_ report: VarianceReport) {
        self.report = report
        let estimates = report.policies.flatMap(\.variance.estimates)
        let low = estimates.map { max($0.low, 1e-30) }.min() ?? 1, high = estimates.map { max($0.high, 1e-30) }.max() ?? 10
        lowest = floor(log10(low))
        highest = max(lowest + 1, ceil(log10(high)))
    }

    /// The place of a trace, in pixels from the top.
    private func y(_ value: Double) -> Double {
        let share = (log10(max(value, 1e-30)) - lowest) / (highest - lowest)
        return Self.height - Self.bottom - max(0, min(1, share)) * (Self.height - Self.bottom - Self.top)
    }

    var svg: String {
        var lines = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(number(Self.width)) \(number(Self.height))\" "
                + "font-family=\"sans-serif\" font-size=\"13\">",
            "<title>Variance of the policy gradient</title>",
            "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>",
            text(
                Self.left, 24,
                "Trace of the gradient's covariance, \(grouped(report.batches)) batches of \(counted(report.episodes, "episode")), "
                    + "\(report.environment); bars: 95 % intervals"),
        ]
        for exponent in Int(lowest)...Int(highest) {
            let y = y(pow(10, Double(exponent)))
            lines.append(
                "<line x1=\"\(number(Self.left))\" x2=\"\(number(Self.width - Self.right))\" y1=\"\(number(y))\" y2=\"\(number(y))\" "
                    + "stroke=\"#cccccc\"/>")
            lines.append(text(Self.left - 8, y + 4, "10\(superscript(exponent))", anchor: "end"))
        }
        let group = (Self.width - Self.left - Self.right) / Double(max(1, report.policies.count))
        let credits = GradientSampler.Credit.allCases
        let bar = group * 0.8 / Double(credits.count), base = Self.height - Self.bottom
        for (g, policy) in report.policies.enumerated() {
            let start = Self.left + group * (Double(g) + 0.1)
            for (i, estimate) in policy.variance.estimates.enumerated() {
                let x = start + bar * Double(i), top = y(estimate.trace), middle = x + bar * 0.45
                lines.append(
                    "<rect x=\"\(number(x))\" y=\"\(number(top))\" width=\"\(number(bar * 0.9))\" height=\"\(number(base - top))\" "
                        + "fill=\"\(Self.colours[i % Self.colours.count])\"/>")
                lines.append(
                    "<line x1=\"\(number(middle))\" x2=\"\(number(middle))\" y1=\"\(number(y(estimate.low)))\" "
                        + "y2=\"\(number(y(estimate.high)))\" stroke=\"#000000\" stroke-width=\"2\"/>")
            }
            lines.append(
                text(
                    start + group * 0.4, base + 20,
                    "\(policy.name): step \(grouped(policy.step)), mean return \(rounded(policy.variance.meanReturn, 1))",
                    anchor: "middle"))
        }
        for (i, credit) in credits.enumerated() {
            let x = Self.left + Double(i) * (Self.width - Self.left - Self.right) / Double(credits.count)
            lines.append(
                "<rect x=\"\(number(x))\" y=\"\(number(Self.height - 40))\" width=\"12\" height=\"12\" "
                    + "fill=\"\(Self.colours[i % Self.colours.count])\"/>")
            lines.append(text(x + 18, Self.height - 29, VarianceReport.title(credit)))
        }
        return (lines + ["</svg>", ""]).joined(separator: "\n")
    }

    private func text(_ x: Double, _ y: Double, _ words: String, anchor: String = "start") -> String {
        // Names come from files: what would be markup must not become any.
        var escaped = ""
        for character in words {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            default: escaped.append(character)
            }
        }
        return "<text x=\"\(number(x))\" y=\"\(number(y))\" text-anchor=\"\(anchor)\">\(escaped)</text>"
    }

    /// A tenth of a pixel is enough.
    private func number(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }

    private func superscript(_ exponent: Int) -> String {
        String("\(exponent)".map { $0 == "-" ? "⁻" : Array("⁰¹²³⁴⁵⁶⁷⁸⁹")[Int(String($0)) ?? 0] })
    }
}
