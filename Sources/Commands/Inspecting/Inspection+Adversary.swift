// Section: how little must change before the agent decides otherwise.

import Agents
import RLCore
import Rendering
import Training

extension Inspection {
    func adversarySection(_ lens: NetworkLens) -> InspectionPage.Section? {
        guard lens.hasGradient, !lens.isContinuous, lens.scores.count > 1 else { return nil }
        var section = InspectionPage.Section(title: "How little flips a decision")
        // A picture's numbers share one scale and stay within it; those of a vector each have their own.
        let met = bounds, low = met.low.min() ?? 0, high = met.high.max() ?? 1
        let count = met.low.count
        let widths = image == nil ? deviations : [Float](repeating: high - low, count: count)
        let limits =
            image == nil ? nil : (low: [Float](repeating: low, count: count), high: [Float](repeating: high, count: count))
        let unit = image == nil ? "standard deviations of each number" : "shares of the range of a number"
        let tried = sample(count > 10_000 ? 40 : 200)
        var random = random
        let curve = FlipCurve(
            lens, tried.map(\.input), sizes: Self.sizes(to: image == nil ? 4 : 1), widths: widths, bounds: limits, using: &random)
        let end = (curve.flipped.firstIndex { $0 >= 0.98 } ?? curve.sizes.count - 1) + 1
        section.html.paragraph(
            "One step of size ε against the gradient of the best action's lead over the next (the fast gradient sign method), in "
                + "\(unit), in \(counted(tried.count, "state")); beside it, as a control, a step of the same size with random signs.",
            class: "quiet")
        func line(_ name: String, _ shares: [Double]) -> LineChart.Line {
            .init(
                name: name,
                points: [.init(x: 0, y: 0)] + zip(curve.sizes, shares).prefix(end).map { .init(x: Double($0), y: 100 * $1) })
        }
        let chart = LineChart(
            title: "", xName: "ε", yName: "% of decisions flipped",
            lines: [line("against the gradient", curve.flipped), line("random signs", curve.flippedByNoise)], height: 300,
            identity: "adversary")
        section.html.raw(chart.svg)
        if let weakest = curve.smallest.indices.filter({ curve.smallest[$0] != nil }).min(by: {
            (curve.smallest[$0] ?? 0) < (curve.smallest[$1] ?? 0)
        }), let index = curve.smallest[weakest] {
            example(lens, tried[weakest], size: curve.sizes[index], widths, limits, &section)
        }
        let half = curve.flipped.firstIndex { $0 >= 0.5 }.map { Double(curve.sizes[$0]) }
        section.json = (
            "flips",
            [
                "states": JSON(tried.count), "sizes": JSON(curve.sizes.map { Double($0) }), "flipped": JSON(curve.flipped),
                "flipped_by_noise": JSON(curve.flippedByNoise), "half_flipped_at": JSON(half),
            ]
        )
        return section
    }

    /// Forty sizes, each a constant factor above the one before, from a thousandth of the last.
    private static func sizes(to last: Float) -> [Float] {
        var size = last, sizes: [Float] = []
        for _ in 0..<40 {
            sizes.append(size)
            size *= 0.8377
        }
        return sizes.reversed()
    }

    private func example(
        _ lens: NetworkLens, _ visit: Visit, size: Float, _ widths: [Float], _ limits: (low: [Float], high: [Float])?,
        _ section: inout InspectionPage.Section
    ) {
        lens.show(visit.input)
        let before = lens.scores, was = lens.chosen
        let changed = FlipCurve.moved(visit.input, by: size, lens.stepAgainstTheLead(), widths, limits)
        lens.show(changed)
        let after = lens.scores, becomes = lens.chosen
        let change = changed.indices.map { changed[$0] - visit.input[$0] }
        section.html.paragraph(
            "The least of them all: ε = \(rounded(Double(size), 3)) turns \(actionName(was)) into \(actionName(becomes)), "
                + "in episode \(visit.episode + 1), step \(visit.step).")
        section.html.raw("<div class=\"strip\">")
        section.html.raw(
            HTML.figure(
                HTML.image(Picture(visit.scene, side: 320), saying: "the world"), "the world: \(actionName(was))", width: 160))
        if let image {
            let painter = seenPicture(lens, image)
            for (picture, words) in [
                (painter.picture(visit.input), "the network's view"), (painter.picture(change: change), "the change, enlarged"),
                (painter.picture(changed), "the view changed: \(actionName(becomes))"),
            ] { section.html.raw(HTML.figure(HTML.image(picture, saying: words), words, width: 160)) }
        }
        section.html.raw("</div>")
        if image == nil {
            section.html.table(
                ["number", "before", "change", "after"],
                changed.indices.map {
                    [
                        inputName($0), rounded(Double(visit.input[$0]), 4), rounded(Double(change[$0]), 4),
                        rounded(Double(changed[$0]), 4),
                    ]
                }, numbers: [1, 2, 3])
        }
        section.html.table(
            [lens.hasValues ? "value of" : "preference for", "before", "after"],
            before.indices.map { [actionName($0), rounded(before[$0], 3), rounded(after[$0], 3)] }, numbers: [1, 2])
    }
}
