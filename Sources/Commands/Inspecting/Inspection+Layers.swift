// Sections: what the network's first layer looks for, and what its layers say of the frames.

import Agents
import Basics
import RLCore
import Rendering
import Training

extension Inspection {
    /// Weights of the first hidden layer, as pictures that lie as its input lies.
    func filterSection(_ lens: NetworkLens) -> InspectionPage.Section? {
        guard let layer = lens.layers.first else { return nil }
        var section = InspectionPage.Section(title: "First layer")
        let shape = layer.weightShape, colour = ColourScale.fitting(layer.weights)
        switch (image, shape.count) {
        case (let image?, 4): convolution(image, layer, lens, colour, &section)
        case (_, 2) where isState(lens): table(layer, colour, &section)
        default:
            section.html.paragraph(
                "Weights of layer \(layer.name): a row for each number of the observation, a column for each of "
                    + "\(counted(shape[shape.count - 1], "unit")), in the order of their strongest input. Blue adds, orange takes away.",
                class: "quiet")
            dense(layer, colour, &section)
        }
        return section
    }

    private func isState(_ lens: NetworkLens) -> Bool { if case .discrete = lens.observationSpace { true } else { false } }

    private func convolution(
        _ image: (height: Int, width: Int, channels: Int), _ layer: NetworkLens.Layer, _ lens: NetworkLens,
        _ colour: (Float) -> Colour, _ section: inout InspectionPage.Section
    ) {
        let kernel = layer.weightShape[0], channels = layer.weightShape[2], filters = layer.weightShape[3]
        let names = channelNames(lens.planes(of: meanInput))
        section.html.paragraph(
            "The \(filters) filters of layer \(layer.name), \(kernel) × \(kernel), one beside the other; a row for each channel that "
                + "they read. Blue adds, orange takes away; the strongest weight is \(rounded(Double(largest(layer.weights)))).",
            class: "quiet")
        section.html.raw("<table class=\"grid\">")
        for channel in 0..<channels {
            let tiles = (0..<filters).map { filter in
                (0..<kernel * kernel).map { layer.weights[($0 * channels + channel) * filters + filter] }
            }
            let picture = Picture(tiles: tiles, width: kernel, height: kernel, columns: filters, colour)
            let scale = max(1, min(12, 860 / picture.width))
            section.html.pictureRow(
                names.indices.contains(channel) ? names[channel] : "channel \(channel)",
                [HTML.image(picture, width: picture.width * scale, saying: "filters on channel \(channel)")])
        }
        section.html.raw("</table>")
    }

    /// Units in the order of the input that moves them most.
    private func dense(_ layer: NetworkLens.Layer, _ colour: (Float) -> Colour, _ section: inout InspectionPage.Section) {
        let units = layer.weightShape[1], inputs = layer.weightShape[0]
        guard inputs <= 64 else { return }
        func weight(_ input: Int, _ unit: Int) -> Float { layer.weights[input * units + unit] }
        let order = (0..<units).sorted { a, b in
            func rank(_ unit: Int) -> (Int, Float) {
                let strongest = (0..<inputs).max { abs(weight($0, unit)) < abs(weight($1, unit)) } ?? 0
                return (strongest, weight(strongest, unit))
            }
            return rank(a) < rank(b)
        }
        section.html.raw("<table class=\"grid\">")
        for input in 0..<inputs {
            let picture = Picture(tiles: order.map { [weight(input, $0)] }, width: 1, height: 1, columns: units, colour)
            let norm = (0..<units).reduce(0.0) { $0 + Double(weight(input, $1)) * Double(weight(input, $1)) }.squareRoot()
            let row = "<img class=\"cells\" src=\"\(picture.dataURL)\" style=\"width:700px;height:22px\" alt=\"weights\">"
            section.html.pictureRow(inputName(input), [row, "length \(rounded(norm))"])
        }
        section.html.raw("</table>")
    }

    /// A table of states: where they lie in a plane, a small map for each unit; the units that differ most first.
    private func table(_ layer: NetworkLens.Layer, _ colour: (Float) -> Colour, _ section: inout InspectionPage.Section) {
        let states = layer.weightShape[0], units = layer.weightShape[1]
        func column(_ unit: Int) -> [Float] { (0..<states).map { layer.weights[$0 * units + unit] } }
        let strongest = (0..<units).sorted { spread(column($0)) > spread(column($1)) }.prefix(32)
        let layout = try? agent.environment.makeModel(agent.environmentSettings)?.layout
        let isMap = layout.map { $0.states.compactMap { $0 }.max() ?? 0 < states } ?? false
        section.html.paragraph(
            "Layer \(layer.name) is a table with a row of \(units) numbers for each state. "
                + (isMap
                    ? "Each small map is one of its columns over the whole world, those that differ most first. "
                    : "Each strip is one of its columns, those that differ most first. ") + "Blue adds, orange takes away.",
            class: "quiet")
        let wide = isMap ? layout?.columns ?? states : states, high = isMap ? layout?.rows ?? 1 : 1
        let tiles = strongest.map { unit -> [Float] in
            let numbers = column(unit)
            guard isMap, let layout else { return numbers }
            return layout.states.map { $0.map { numbers[$0] } ?? 0 }
        }
        let columns = max(1, min(16, 200 / (wide + 1)))
        let picture = Picture(tiles: tiles, width: wide, height: high, columns: columns, colour)
        section.html.raw(HTML.image(picture, width: picture.width * max(1, 860 / picture.width), saying: "columns of the table"))
    }

    /// What every hidden layer says of each frame.
    func activationSection(_ lens: NetworkLens) -> InspectionPage.Section? {
        guard !lens.layers.isEmpty else { return nil }
        var section = InspectionPage.Section(title: "Layers at work")
        var said: [[[Float]]] = lens.layers.map { _ in [] },
            alive = lens.layers.map { [Bool](repeating: false, count: $0.channels) }
        let shown = Set(frames)
        for (i, visit) in visits.enumerated() {
            lens.show(visit.input)
            for (l, layer) in lens.layers.enumerated() {
                let numbers = lens.activations(of: l)
                for (j, number) in numbers.enumerated() where number != 0 { alive[l][j % layer.channels] = true }
                if shown.contains(i) { said[l].append(numbers) }
            }
        }
        var rows: [[String]] = [], json: [JSON] = []
        for (l, layer) in lens.layers.enumerated() {
            let dead = alive[l].filter { !$0 }.count
            let shape = layer.isImage ? "\(layer.height) × \(layer.width) × \(layer.channels)" : "\(layer.channels)"
            let weights = layer.weightShape.map(String.init).joined(separator: " × ")
            rows.append([layer.name, shape, weights, "\(dead) of \(layer.channels)"])
            json.append([
                "name": JSON(layer.name), "units": JSON(layer.count), "weights": JSON(layer.weightShape),
                "silent": JSON(Double(dead) / Double(layer.channels)),
            ])
        }
        section.html.table(["layer", "numbers", "weights", "silent in every state"], rows, numbers: [3])
        section.html.paragraph(
            "What the layers say of each frame, the brighter the more (square roots, one scale for each layer); a convolution's channels "
                + "as pictures.",
            class: "quiet")
        section.html.raw("<table class=\"grid\">")
        section.html.pictureRow(
            "", frames.map { HTML.image(Picture(visits[$0].scene, side: 240), width: 120, saying: "the world") })
        for (l, layer) in lens.layers.enumerated() {
            let colour = ColourScale.fitting(said[l].joined(), lifted: true)
            section.html.pictureRow(
                layer.name,
                said[l].map { numbers in
                    HTML.image(Self.picture(of: numbers, layer, colour), width: 120, saying: "layer \(layer.name)")
                })
        }
        section.html.raw("</table>")
        section.json = ("layers", .array(json))
        return section
    }

    static func picture(of numbers: [Float], _ layer: NetworkLens.Layer, _ colour: (Float) -> Colour) -> Picture {
        var columns = 1
        while columns * columns < layer.channels { columns += 1 }
        // A vector is wider than high, so that its cells are squares of a readable size.
        if !layer.isImage { columns = min(layer.channels, columns < 8 ? 8 : 16) }
        let planes = (0..<layer.channels).map { channel in
            (0..<layer.height * layer.width).map { numbers[$0 * layer.channels + channel] }
        }
        return Picture(tiles: planes, width: layer.width, height: layer.height, columns: columns, colour)
    }
}

func largest(_ numbers: [Float]) -> Float { numbers.reduce(0) { max($0, abs($1)) } }

/// The standard deviation.
func spread(_ numbers: [Float]) -> Double {
    guard !numbers.isEmpty else { return 0 }
    let mean = numbers.reduce(0.0) { $0 + Double($1) } / Double(numbers.count)
    return (numbers.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(numbers.count)).squareRoot()
}
