// The page of `rl inspect`, section by section, and its figures as JSON.

import Agents
import Basics
import RLCore
import Rendering
import Training

struct InspectionPage {
    /// One idea of the page, with what of it is numbers.
    struct Section {
        let title: String
        var html = HTML()
        /// Nil where there is nothing to count.
        var json: (key: String, value: JSON)?
    }

    let html: String
    let json: JSON

    /// - Throws: when the world's rules cannot be read or solved, though it says they can.
    init(_ inspection: Inspection) throws {
        var page = HTML()
        let agent = inspection.agent, evaluation = inspection.evaluation
        page.raw("<h1>What \(escapedForMarkup(inspection.name)) has learned</h1>")
        let episodes = evaluation.returns.count
        page.paragraph(
            "\(agent.algorithm.name) in \(agent.environment.name), weights of step \(grouped(agent.step)), training seed "
                + "\(agent.seed). Looked at over \(counted(episodes, "episode")) from seed \(evaluation.firstSeed): "
                + "mean return \(rounded(evaluation.mean)), \(counted(evaluation.lengths.reduce(0, +), "step")), "
                + "\(counted(inspection.visits.count, "state")) of which are examined.", class: "quiet")
        var sections: [Section?] = [inspection.episodeSection()]
        if let lens = inspection.lens {
            sections.append(inspection.filterSection(lens))
            sections.append(inspection.activationSection(lens))
            sections.append(inspection.attentionSection(lens))
            sections.append(inspection.unitSection(lens))
            sections.append(inspection.adversarySection(lens))
            sections.append(inspection.mapSection(lens))
        }
        sections.append(try inspection.exactSection())
        let found = sections.compactMap { $0 }
        page.raw(
            "<nav>"
                + found.enumerated().map { "<a href=\"#s\($0)\">\(escapedForMarkup($1.title))</a>" }.joined(separator: " ")
                + "</nav>")
        for (i, section) in found.enumerated() {
            page.raw("<section id=\"s\(i)\">")
            page.heading(section.title)
            page.raw(section.html.body)
            page.raw("</section>")
        }
        html = page.document(title: "What \(inspection.name) has learned", style: Self.style)

        var document = JSONObject([
            ("agent", JSON(inspection.name)), ("algorithm", JSON(agent.algorithm.name)),
            ("environment", JSON(agent.environment.name)), ("step", JSON(agent.step)), ("episodes", JSON(episodes)),
            ("seed", JSON(seed: evaluation.firstSeed)), ("mean_return", JSON(evaluation.mean)),
            ("states", JSON(inspection.visits.count)), ("sections", JSON(found.map(\.title))),
        ])
        for section in found { if let (key, value) = section.json { document[key] = value } }
        json = .object(document)
    }

    private static let style = """
        body { max-width: 68rem; }
        nav { margin: 1rem 0; } nav a { margin-right: 1rem; color: #0072b2; text-decoration: none; }
        img.cells, td img, figure img { image-rendering: pixelated; }
        .strip { display: flex; flex-wrap: wrap; gap: .9rem; margin: .8rem 0; }
        figure { margin: 0; } figcaption { font-size: .82em; color: #333; margin-top: .25rem; line-height: 1.3; }
        figure img { display: block; width: 100%; border-radius: 3px; }
        .grid td, .grid th { border: 0; padding: .2rem .5rem .2rem 0; vertical-align: middle; font-size: .85em; }
        .grid td img { display: block; }
        .bar { display: grid; grid-template-columns: 5.2em 1fr 4.2em; gap: .3rem; align-items: center; font-size: .8em;
          line-height: 1.25; }
        .bar span:first-child { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
        .bar span:last-child { text-align: right; font-variant-numeric: tabular-nums; }
        .bar i { display: block; height: .6em; background: #b8c4d0; border-radius: 2px; } .bar.best i { background: #0072b2; }
        .bar.best { font-weight: 600; } .key { display: inline-block; width: .8em; height: .8em; border-radius: 2px;
          margin: 0 .25em 0 .8em; }
        """
}

extension HTML {
    /// A picture whose cells stay sharp, `width` pixels of the page wide.
    static func image(_ picture: Picture, width: Int? = nil, saying words: String) -> String {
        let size = width.map { " style=\"width:\($0)px\"" } ?? ""
        return "<img class=\"cells\" src=\"\(picture.dataURL)\"\(size) alt=\"\(escapedForMarkup(words))\">"
    }
    static func figure(_ image: String, _ caption: String, width: Int) -> String {
        "<figure style=\"width:\(width)px\">\(image)<figcaption>\(escapedForMarkup(caption))</figcaption></figure>"
    }
    /// A row of a table of pictures; what is no picture has been escaped.
    mutating func pictureRow(_ head: String, _ cells: [String]) {
        raw("<tr><th>\(escapedForMarkup(head))</th>\(cells.map { "<td>\($0)</td>" }.joined())</tr>")
    }
}
