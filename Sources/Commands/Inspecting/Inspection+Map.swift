// Section: the states as the last hidden layer sees them, laid out in a plane, coloured by value.

import Agents
import Neural
import RLCore
import Rendering
import Training

extension Inspection {
    func mapSection(_ lens: NetworkLens) -> InspectionPage.Section? {
        guard let last = lens.layers.indices.last, visits.count > 2 else { return nil }
        var section = InspectionPage.Section(title: "A map of its states")
        let rows = visits.map { visit -> [Double] in
            lens.show(visit.input)
            return lens.activations(of: last).map { Double($0) }
        }
        let components = PrincipalComponents(rows, count: 2)
        guard components.directions.count > 0 else { return nil }
        var random = random
        let neighbours = NeighbourMap(rows, using: &random)
        // A policy that estimates no value is coloured by what came.
        let isValued = visits.allSatisfy { $0.insight?.value != nil }
        let values = visits.map { isValued ? $0.insight?.value ?? 0 : $0.future }
        // A few extreme states would leave all others one colour.
        let sorted = values.sorted(), low = sorted[sorted.count / 40], high = sorted[sorted.count - 1 - sorted.count / 40]
        let colours = values.map { ColourScale.sequential.colour(high > low ? ($0 - low) / (high - low) : 0.5).hexadecimal }
        let shares = components.variances.map { $0 / components.totalVariance }
        section.html.paragraph(
            "Every dot is a state as layer \(lens.layers[last].name) sees it (\(lens.layers[last].count) numbers), with the world at some "
                + "of them. On the left the two widest directions, which hold "
                + "\(rounded(100 * shares.reduce(0, +), 0)) % of the variance; on the right neighbours stay neighbours (t-SNE). Coloured by "
                + (isValued ? "value" : "the discounted return that came")
                + ", from \(rounded(low)) and below (dark) to \(rounded(high)) and above (light).",
            class: "quiet")
        let plane = rows.map { row -> SIMD2<Double> in
            let at = components.coordinates(of: row)
            return SIMD2(at[0], at.count > 1 ? at[1] : 0)
        }
        section.html.raw("<div class=\"charts\">")
        for (title, places) in [("principal components", plane), ("neighbours", neighbours.places)] {
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
        section.json = ("map", ["layer": JSON(lens.layers[last].name), "variance_shares": JSON(shares)])
        return section
    }
}
