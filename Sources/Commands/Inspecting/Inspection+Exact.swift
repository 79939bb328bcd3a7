// Section: what the agent believes beside what is true, where the world's rules can be read.

import Agents
import Basics
import Kernels
import RLCore
import Rendering
import Training

extension Inspection {
    /// - Throws: when the model contradicts itself, or has no finite values at the agent's discount.
    func exactSection() throws -> InspectionPage.Section? {
        guard let world = try agent.environment.makeModel(agent.environmentSettings) else { return nil }
        let model = try PlanningModel(world)
        guard model.isFullyObserved, model.observationCount <= 1 << 20 else { return nil }
        let plan: Plan
        do {
            plan = try PolicyIteration.solve(model, discount: discount)
        } catch {
            throw CommandFailure("\(agent.environment.name) cannot be solved exactly: \(error)")
        }
        let beliefs = beliefs(model)
        let width = model.actionCount, reachable = model.isReachable
        let counted = (0..<model.stateCount).filter { reachable[$0] && !model.isAbsorbing[$0] }
        var section = InspectionPage.Section(title: "Against the exact values")
        let optimal = counted.filter { state in
            let row = plan.actionValues[state * width..<(state + 1) * width], best = row.max() ?? 0
            return beliefs.actions[state].map { row[row.startIndex + $0] >= best - 1e-9 * max(1, abs(best)) } ?? false
        }
        // Q where the agent has it, else V.
        var pairs: [(exact: Double, believed: Double, state: Int, action: Int?)] = []
        for state in counted {
            if let values = beliefs.actionValues[state] {
                for action in 0..<width {
                    pairs.append((plan.actionValues[state * width + action], values[action], state, action))
                }
            } else if let value = beliefs.values[state] {
                pairs.append((plan.values[state], value, state, nil))
            }
        }
        let letter = pairs.contains { $0.action != nil } ? "Q" : "V"
        section.html.paragraph(
            "The world's rules are known, so its optimal values are too (policy iteration, discount \(plain(discount))). The agent's "
                + "greedy choice is optimal in \(optimal.count) of \(counted.count) states that can be reached.", class: "quiet")
        if let layout = world.layout { grids(layout, beliefs, plan, model, &section) }
        var figures = JSONObject([
            ("discount", JSON(discount)), ("states", JSON(counted.count)),
            ("optimal_share", JSON(counted.isEmpty ? 1 : Double(optimal.count) / Double(counted.count))),
        ])
        if !pairs.isEmpty {
            let errors = pairs.map { $0.believed - $0.exact }
            let root = (errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)).squareRoot()
            let mean = errors.reduce(0, +) / Double(errors.count)
            figures["largest_error"] = JSON(errors.map(abs).max())
            figures["root_mean_square_error"] = JSON(root)
            figures["mean_error"] = JSON(mean)
            let dots = thinned(pairs, 4000).map {
                DotChart.Dot(x: $0.exact, y: $0.believed, colour: Palette.colour($0.action ?? 0))
            }
            section.html.raw("<div class=\"charts\">")
            section.html.raw(
                DotChart(
                    names: ("exact \(letter)*", "the agent's \(letter)"), dots: dots, hasDiagonal: true, width: 460, height: 440
                ).svg)
            section.html.raw("<div>")
            if letter == "Q" {
                section.html.raw(
                    "<p class=\"quiet\">"
                        + (0..<width).map {
                            "<span class=\"key\" style=\"background:\(Palette.colour($0))\"></span>\(escapedForMarkup(actionName($0)))"
                        }.joined() + "</p>")
            }
            section.html.table(
                [],
                [
                    ["largest error", rounded(errors.map(abs).max() ?? 0, 4)], ["root mean square", rounded(root, 4)],
                    ["mean error", rounded(mean, 4)],
                ], numbers: [1])
            let worst = pairs.indices.sorted { abs(errors[$0]) > abs(errors[$1]) }.prefix(8)
            section.html.table(
                ["state", "action", "exact", "believed"],
                worst.map { index in
                    let pair = pairs[index]
                    return [
                        "\(pair.state)", pair.action.map(actionName) ?? "–", rounded(pair.exact, 4), rounded(pair.believed, 4),
                    ]
                }, numbers: [0, 2, 3])
            section.html.raw("</div></div>")
        }
        section.json = ("exact", .object(figures))
        return section
    }

    /// What the agent thinks and does in every state; nil where it does not say.
    private struct Beliefs {
        var values: [Double?]
        var actionValues: [[Double]?]
        var actions: [Int?]
    }

    private func beliefs(_ model: PlanningModel) -> Beliefs {
        var found = Beliefs(
            values: Array(repeating: nil, count: model.stateCount), actionValues: Array(repeating: nil, count: model.stateCount),
            actions: Array(repeating: nil, count: model.stateCount))
        let row = RowStorage(count: 1, space: .discrete(model.observationCount))
        let actions = Actions(lanes: 1, space: .discrete(model.actionCount))
        var sources = [random]
        agent.policy.begin(lanes: 1)
        for state in 0..<model.stateCount where !model.isAbsorbing[state] {
            row.rows.floats[0] = Float(model.observations[state])
            let insight = agent.policy.insight(into: row.rows, row: 0, attention: false)
            found.values[state] = insight?.value
            if case .values(let all)? = insight?.scores { found.actionValues[state] = all }
            agent.policy.act(on: row.rows, into: actions, mode: .greedy, using: &sources)
            found.actions[state] = Int(actions.indices[0])
        }
        return found
    }

    private func grids(
        _ layout: GridLayout, _ beliefs: Beliefs, _ plan: Plan, _ model: PlanningModel, _ section: inout InspectionPage.Section
    ) {
        guard layout.columns <= 40, layout.rows <= 40 else { return }
        section.html.raw("<div class=\"strip\">")
        for (words, values, actions) in [
            ("the agent's values and choices", beliefs.values, beliefs.actions),
            (
                "the exact ones", plan.values.indices.map { model.isAbsorbing[$0] ? nil : plan.values[$0] },
                plan.policy.map { $0 < 0 ? nil : $0 }
            ),
        ] {
            var scene = Scene()
            scene.stateValues = values.contains { $0 != nil } ? values : nil
            scene.stateActions = actions
            layout.draw(agentIn: nil, on: &scene)
            section.html.raw(HTML.figure(HTML.image(Picture(scene, side: 880), saying: words), words, width: 440))
        }
        section.html.raw("</div>")
    }

    private func thinned<Element>(_ all: [Element], _ count: Int) -> [Element] {
        all.count <= count ? all : (0..<count).map { all[$0 * all.count / count] }
    }
}
