// Section: the states as the last hidden layer sees them, laid out in a plane, coloured by value.

import Agents
import RLCore
import Rendering
import Training

extension Inspection {
    func mapSection(_ lens: NetworkLens) -> InspectionPage.Section? {
        guard let last = lens.layers.indices.last, visits.count > 2 else { return nil }
        var section = InspectionPage.Section(title: "A map of its states")
        var random = random
        guard let map = StateMap(lens, visits.map(\.input), layer: last, using: &random) else { return nil }
        // A policy that estimates no value is coloured by what came.
        let isValued = visits.allSatisfy { $0.insight?.value != nil }
        let values = visits.map { isValued ? $0.insight?.value ?? 0 : $0.future }
        // A few extreme states would leave all others one colour.
        let sorted = values.sorted(), low = sorted[sorted.count / 40], high = sorted[sorted.count - 1 - sorted.count / 40]
        let colours = values.map { ColourScale.sequential.colour(high > low ? ($0 - low) / (high - low) : 0.5).hexadecimal }
        section.html.paragraph(
            "Every dot is a state as layer \(lens.layers[last].name) sees it (\(lens.layers[last].count) numbers), with the world at some "
                + "of them. On the left the two widest directions, which hold "
                + "\(rounded(100 * map.varianceShares.reduce(0, +), 0)) % of the variance; on the right neighbours stay neighbours (t-SNE). Coloured by "
                + (isValued ? "value" : "the discounted return that came")
                + ", from \(rounded(low)) and below (dark) to \(rounded(high)) and above (light).",
            class: "quiet")
        section.html.raw("<div class=\"charts\">")
        for (title, places) in [("principal components", map.components), ("neighbours", map.neighbours)] {
            let pictures = farApart(places, count: 14).map { index -> DotChart.Thumbnail in
                let picture = Picture(visits[index].scene, side: 96)
                return .init(
                    x: places[index].x, y: places[index].y, dataURL: picture.dataURL,
                    shape: Double(picture.height) / Double(picture.width))
            }
            let chart = DotChart(
                title: title, dots: places.indices.map { .init(x: places[$0].x, y: places[$0].y, colour: colours[$0]) },
                thumbnails: pictures, width: 500, height: 500)
            section.html.raw(chart.svg)
        }
        section.html.raw("</div>")
        section.json = ("map", ["layer": JSON(lens.layers[last].name), "variance_shares": JSON(map.varianceShares)])
        return section
    }
}
