// Section: what the decision depends on, by gradients, by guided gradients and by hiding parts; of vectors, number by number.

import Agents
import RLCore
import Rendering
import Training

extension Inspection {
    func attentionSection(_ lens: NetworkLens) -> InspectionPage.Section? {
        guard lens.hasGradient else { return nil }
        var section = InspectionPage.Section(title: "What it looks at")
        if let image { pictures(lens, image, &section) } else { numbers(lens, &section) }
        return section
    }

    /// How pictures of inputs are painted: dark and bright are the least and greatest number of all.
    func seenPicture(_ lens: NetworkLens, _ image: (height: Int, width: Int, channels: Int)) -> SeenPicture {
        let bounds = bounds
        return SeenPicture(lens, image, low: bounds.low.min() ?? 0, high: bounds.high.max() ?? 1)
    }

    /// What the colours of a picture of what is seen stand for; empty where they are greys.
    func channelKey(_ lens: NetworkLens) -> String {
        let planes = lens.planes(of: meanInput)
        if case .bytes(_, let stack) = lens.observationSpace, stack > 1 { return "" }
        guard planes.count > 1 else { return "" }
        return "<p class=\"quiet\">"
            + channelNames(planes).enumerated().map { index, name in
                "<span class=\"key\" style=\"background:\(SeenPicture.colour(index).hexadecimal)\"></span>\(escapedForMarkup(name))"
            }.joined() + "</p>"
    }

    private func pictures(
        _ lens: NetworkLens, _ image: (height: Int, width: Int, channels: Int), _ section: inout InspectionPage.Section
    ) {
        let painter = seenPicture(lens, image), mean = meanInput
        section.html.paragraph(
            "How much the chosen action's score depends on each place, the brighter the more. The gradient is the largest over the "
                + "channels; guided, only what speaks for the action is followed back through rectified units; hidden means: how far "
                + "the score moves when the place is covered by the mean of all states.", class: "quiet")
        section.html.raw(channelKey(lens))
        var rows: [(name: String, cells: [String])] = [
            ("the world", []), ("the network's view", []), ("gradient", []), ("guided gradient", []), ("hidden", []), ("", []),
        ]
        for frame in frames {
            let visit = visits[frame]
            func add(_ row: Int, _ picture: Picture) {
                rows[row].cells.append(HTML.image(picture, width: 130, saying: rows[row].name))
            }
            add(0, Picture(visit.scene, side: 260))
            add(1, painter.picture(visit.input))
            lens.show(visit.input)
            let plain = lens.saliency()?.values ?? [], guided = lens.saliency(isGuided: true)?.values ?? []
            let hidden = lens.occlusion(of: visit.input, behind: mean)?.values ?? []
            for (row, heat) in [(2, plain), (3, guided), (4, hidden)] { add(row, painter.picture(visit.input, heat: heat)) }
            rows[5].cells.append(escapedForMarkup("step \(visit.step): \(lens.isContinuous ? "" : actionName(lens.chosen))"))
        }
        section.html.raw("<table class=\"grid\">")
        for row in rows { section.html.pictureRow(row.name, row.cells) }
        section.html.raw("</table>")
    }

    /// |∂score/∂x| times what is usual for x to vary: what each number moves the score by.
    private func numbers(_ lens: NetworkLens, _ section: inout InspectionPage.Section) {
        let deviations = deviations
        var sums = [Double](repeating: 0, count: deviations.count), first: [(step: Int, moves: [Double])] = []
        for visit in visits {
            lens.show(visit.input)
            let slopes = lens.gradient(ofScores: lens.chosenSlopes)
            let moves = slopes.indices.map { Double(abs(slopes[$0]) * deviations[$0]) }
            for i in sums.indices { sums[i] += moves[i] / Double(visits.count) }
            if visit.episode == 0 { first.append((visit.step, moves)) }
        }
        section.html.paragraph(
            "How far the chosen action's score moves, by its gradient, when a number of the observation moves by its own standard "
                + "deviation over the states examined.", class: "quiet")
        let total = max(sums.reduce(0, +), .leastNormalMagnitude)
        section.html.table(
            ["number", "deviation", "moves the score by", "share"],
            sums.indices.map {
                [
                    inputName($0), rounded(Double(deviations[$0]), 3), rounded(sums[$0], 3),
                    "\(rounded(100 * sums[$0] / total, 0)) %",
                ]
            }, numbers: [1, 2, 3])
        let shown = sums.indices.sorted { sums[$0] > sums[$1] }.prefix(6)
        if first.count > 1 {
            let chart = LineChart(
                title: "", xName: "step of the first episode", yName: "moves the score by",
                lines: shown.map { index in
                    .init(name: inputName(index), points: first.map { .init(x: Double($0.step), y: $0.moves[index]) })
                }, height: 320, identity: "attention")
            section.html.raw(chart.svg)
        }
        section.json = (
            "attention",
            .object(JSONObject(sums.indices.map { (inputName($0), JSON(sums[$0] / total)) }.uniqued()))
        )
    }
}

extension [(String, JSON)] {
    /// Without those whose key has come before: names are a world's own.
    fileprivate func uniqued() -> Self {
        var keys: Set<String> = []
        return filter { keys.insert($0.0).inserted }
    }
}
