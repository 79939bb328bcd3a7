// Section: one episode in pictures, what the agent thought at each, and what then came of it.

import Basics
import RLCore
import Rendering
import Training

extension Inspection {
    func episodeSection() -> InspectionPage.Section {
        var section = InspectionPage.Section(title: "One episode")
        section.html.raw("<div class=\"strip\">")
        for frame in frames {
            let visit = visits[frame]
            let picture = HTML.image(Picture(visit.scene, side: 320), saying: "the world after step \(visit.step)")
            var caption = "step \(visit.step)"
            if let value = visit.insight?.value { caption += ", value \(rounded(value))" }
            section.html.raw(
                "<figure style=\"width:160px\">\(picture)<figcaption>\(escapedForMarkup(caption))</figcaption>\(bars(visit))</figure>"
            )
        }
        section.html.raw("</div>")
        let first = visits.filter { $0.episode == 0 }
        let valued = first.filter { $0.insight?.value != nil }
        guard valued.count > 1 else { return section }
        let what = rewardsDiffer ? "in the world's own rewards; the agent was taught others" : "discounted by \(plain(discount))"
        section.html.paragraph(
            "What the agent expects of the rest of the episode, and what then came, \(what). The end of a truncated episode counts as "
                + "the end of all rewards, which the agent does not expect.", class: "quiet")
        let chart = LineChart(
            title: "", xName: "step", yName: "value",
            lines: [
                .init(name: "expected", points: valued.map { .init(x: Double($0.step), y: $0.insight?.value ?? .nan) }),
                .init(name: "came", points: first.map { .init(x: Double($0.step), y: $0.future) }),
            ], height: 300, identity: "episode")
        section.html.raw(chart.svg)
        return section
    }

    /// Whether the rewards that the agent learned from were not the world's.
    private var rewardsDiffer: Bool {
        let settings = agent.hyperparameters
        guard settings.declarations.contains(where: { $0.key == "reward_scale" }) else { return false }
        return settings.number("reward_scale") != 1 || settings.boolean("normalize_reward") || settings.number("clip_reward") > 0
    }

    /// A bar for each action; of a continuous action its mean and deviation.
    private func bars(_ visit: Visit) -> String {
        switch visit.insight?.scores {
        case .values(let scores):
            // From the least to the greatest: differences are small beside the values themselves.
            let low = scores.min() ?? 0, span = max((scores.max() ?? 0) - low, 1e-12)
            return bars(scores, shares: scores.map { 0.05 + 0.95 * ($0 - low) / span }) { rounded($0) }
        case .probabilities(let scores): return bars(scores, shares: scores) { "\(rounded(100 * $0, 0)) %" }
        case .normal(let means, let deviations):
            return zip(means, deviations).enumerated().map { index, each in
                let name = escapedForMarkup(actionName(index))
                return
                    "<div class=\"bar best\"><span>\(name)</span><span></span><span>\(rounded(each.0)) ± \(rounded(each.1))</span></div>"
            }.joined()
        case nil: return ""
        }
    }
    private func bars(_ scores: [Double], shares: [Double], _ text: (Double) -> String) -> String {
        let best = scores.indices.max { scores[$0] < scores[$1] }
        return scores.indices.map { action in
            "<div class=\"bar\(action == best ? " best" : "")\"><span>\(escapedForMarkup(actionName(action)))</span>"
                + "<span><i style=\"width:\(rounded(100 * shares[action], 0))%\"></i></span>"
                + "<span>\(escapedForMarkup(text(scores[action])))</span></div>"
        }.joined()
    }
}
