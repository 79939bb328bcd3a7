// Section: single units of the network, what excites them in the states that were met, and what would excite them most of all.

import Agents
import RLCore
import Rendering
import Training

extension Inspection {
    func unitSection(_ lens: NetworkLens) -> InspectionPage.Section? {
        guard let last = lens.layers.indices.last else { return nil }
        var section = InspectionPage.Section(title: "Units")
        // The last hidden layer, and of pictures the last convolution, whose channels answer at every place.
        var groups: [Unit] = []
        if let convolution = lens.layers.lastIndex(where: \.isImage), convolution != last {
            groups += liveliest(lens, convolution, count: 4)
        }
        groups += liveliest(lens, last, count: 6)
        guard !groups.isEmpty else { return nil }
        if case .discrete(let count) = lens.observationSpace {
            stateMaps(lens, groups, states: count, &section)
        } else {
            excitements(lens, groups, &section)
        }
        return section
    }

    /// A number of a layer, or of a convolution all numbers of a channel, and how excited it was in each visit.
    private struct Unit {
        let layer: Int
        let channel: Int
        let excitements: [Float]
    }

    /// Numbers of a layer that belong to one channel.
    private func units(_ layer: NetworkLens.Layer, _ channel: Int) -> [Int] {
        (0..<layer.height * layer.width).map { $0 * layer.channels + channel }
    }
    /// The channels whose excitement differs most over the visits.
    private func liveliest(_ lens: NetworkLens, _ layer: Int, count: Int) -> [Unit] {
        let shape = lens.layers[layer]
        var series = [[Float]](repeating: [], count: shape.channels)
        for visit in visits {
            lens.show(visit.input)
            let said = lens.activations(of: layer)
            var sums = [Float](repeating: 0, count: shape.channels)
            for (j, number) in said.enumerated() { sums[j % shape.channels] += number }
            for channel in sums.indices { series[channel].append(sums[channel]) }
        }
        let spreads = series.map(spread)
        let chosen = spreads.indices.filter { spreads[$0] > 0 }.sorted { spreads[$0] > spreads[$1] }.prefix(count)
        return chosen.map { Unit(layer: layer, channel: $0, excitements: series[$0]) }
    }

    private func excitements(_ lens: NetworkLens, _ groups: [Unit], _ section: inout InspectionPage.Section) {
        let bounds = bounds, mean = meanInput, painter = image.map { seenPicture(lens, $0) }
        section.html.paragraph(
            "The units that differ most from state to state, the four states that excite each most, and the input that gradient ascent "
                + "finds for it between the least and the greatest numbers met, beginning at the mean of all states."
                + (lens.layers.contains(where: \.isImage)
                    ? " A unit of a convolution is its channel, summed over all places." : ""),
            class: "quiet")
        if painter != nil { section.html.raw(channelKey(lens)) }
        section.html.raw("<table class=\"grid\">")
        for unit in groups {
            let scores = unit.excitements, layer = lens.layers[unit.layer]
            let best = strongest(scores, count: 4)
            var cells = best.map { index -> String in
                let picture = HTML.image(Picture(visits[index].scene, side: 240), width: 120, saying: "the world")
                return HTML.figure(picture, rounded(Double(scores[index])), width: 120)
            }
            cells += Array(repeating: "", count: 4 - cells.count)
            let starts = [mean] + best.map { visits[$0].input }
            let found = lens.preferredInput(
                ofUnits: units(layer, unit.channel), inLayer: unit.layer, from: starts, low: bounds.low, high: bounds.high)
            if let painter {
                let picture = HTML.image(painter.picture(found.input), width: 120, saying: "the preferred input")
                cells.append(HTML.figure(picture, "ascent: \(rounded(Double(found.activation)))", width: 120))
            } else {
                cells.append(preference(found.input, bounds))
                cells.append("\(rounded(Double(found.activation)))")
            }
            section.html.pictureRow("\(layer.name), unit \(unit.channel)", cells)
        }
        section.html.raw("</table>")
    }

    /// Where each number of a preferred input lies between its least and its greatest.
    private func preference(_ input: [Float], _ bounds: (low: [Float], high: [Float])) -> String {
        let rows = input.indices.prefix(12).map { i -> String in
            let span = bounds.high[i] - bounds.low[i], share = span > 0 ? Double((input[i] - bounds.low[i]) / span) : 0
            return
                "<div class=\"bar best\" style=\"grid-template-columns:13em 1fr 4.2em\"><span>\(escapedForMarkup(inputName(i)))</span>"
                + "<span><i style=\"width:\(rounded(100 * share, 0))%\"></i></span><span>\(rounded(Double(input[i])))</span></div>"
        }
        return "<div style=\"width:350px\">\(rows.joined())</div>"
    }

    /// Indices of the greatest scores, none of them neighbours in time of another.
    private func strongest(_ scores: [Float], count: Int) -> [Int] {
        var chosen: [Int] = []
        for index in scores.indices.sorted(by: { scores[$0] > scores[$1] }) where chosen.count < count {
            if !chosen.contains(where: { abs($0 - index) < 3 }) { chosen.append(index) }
        }
        return chosen
    }

    /// Of states by number: what each unit says of every state there is.
    private func stateMaps(
        _ lens: NetworkLens, _ groups: [Unit], states: Int, _ section: inout InspectionPage.Section
    ) {
        let layout = try? agent.environment.makeModel(agent.environmentSettings)?.layout
        let isMap = layout.map { ($0.states.compactMap { $0 }.max() ?? 0) < states } ?? false
        section.html.paragraph(
            "The units that differ most from state to state, and what they say of every state there is: the brighter the more.",
            class: "quiet")
        section.html.raw("<div class=\"strip\">")
        for unit in groups {
            let said = (0..<states).map { state -> Float in
                lens.show([Float(state)])
                return lens.activations(of: unit.layer)[unit.channel]
            }
            let numbers = isMap ? layout?.states.map { $0.map { said[$0] } ?? 0 } ?? said : said
            let width = isMap ? layout?.columns ?? states : states
            let picture = Picture(
                tiles: [numbers], width: width, height: numbers.count / width, columns: 1, ColourScale.fitting(numbers))
            let most = said.indices.sorted { said[$0] > said[$1] }.prefix(3).map(String.init).joined(separator: ", ")
            section.html.raw(
                HTML.figure(
                    HTML.image(picture, width: 140, saying: "unit \(unit.channel)"),
                    "\(lens.layers[unit.layer].name), unit \(unit.channel): most in states \(most)", width: 140))
        }
        section.html.raw("</div>")
    }
}
