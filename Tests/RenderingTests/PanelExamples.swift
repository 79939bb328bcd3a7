// Contents of panels as different agents and worlds give them.
import Basics
import Environments
import RLCore
import Rendering

enum PanelExamples {
    static let all: [String: PanelContents] = [
        "cartpole": cartpole, "breakout": breakout, "frozenlake": frozenLake, "pendulum": pendulum, "playing": playing,
        "following": following, "pixels": pixels, "many-actions": manyActions,
    ]

    private static func wave(_ count: Int, _ low: Double, _ high: Double, turns: Double = 3) -> [Double] {
        (0..<count).map { i in
            // A parabola up and down, not a sine, whose last digits belong to the machine's library.
            let phase = Double(i) * turns / Double(count)
            let part = phase - phase.rounded(.down)
            return low + (high - low) * 4 * part * (1 - part)
        }
    }
    private static func facts(_ step: Int, _ total: String) -> [PanelContents.Fact] {
        [
            .init("episode", "3"), .init("seed", "2000002"), .init("step", "\(step)"), .init("return", total),
            .init("mode", "greedy"),
        ]
    }

    static var cartpole: PanelContents {
        var contents = PanelContents(title: "dqn-cartpole")
        contents.subtitle = "dqn, kept at step 19,000"
        contents.facts = facts(120, "120")
        contents.insight = Insight(scores: .values([96.21, 97.43]), value: 97.43)
        contents.actionNames = ["push left", "push right"]
        contents.chosenAction = 1
        contents.values = wave(120, 92, 99) + [97.43]
        contents.returns = (0...120).map(Double.init)
        contents.finishedReturns = [500, 500]
        return contents
    }

    static var breakout: PanelContents {
        var contents = PanelContents(title: "dqn-breakout")
        contents.subtitle = "dqn, kept at step 950,000"
        contents.facts = facts(214, "17")
        contents.actionNames = ["noop", "left", "up", "right", "down", "fire"]
        contents.chosenAction = 3
        var insight = Insight(scores: .values([4.91, 4.7, -1.12, 5.32, 3.8, 0.02]), value: 5.32)
        func cells(_ name: String, _ set: [Int]) -> Insight.Plane {
            var values = [Float](repeating: 0, count: 100)
            for cell in set { values[cell] = 1 }
            return Insight.Plane(name, width: 10, height: 10, values: values)
        }
        insight.planes = [
            cells("paddle", [94]), cells("ball", [53]), cells("trail", [42]), cells("brick", Array(10..<36)),
        ]
        var heat = [Float](repeating: 0.01, count: 100)
        for (cell, value) in [(53, 1), (54, 0.5), (43, 0.6), (94, 0.8), (95, 0.4), (25, 0.3)] as [(Int, Float)] {
            heat[cell] = value
        }
        insight.attention = Insight.Plane("attention", width: 10, height: 10, values: heat)
        contents.insight = insight
        contents.values = wave(214, 2, 6, turns: 7) + [5.32]
        contents.returns = (0..<215).map { Double($0 / 13) }
        return contents
    }

    static var frozenLake: PanelContents {
        var contents = PanelContents(title: "q-learning-frozenlake")
        contents.subtitle = "q-learning, kept at step 480,000"
        contents.facts = facts(7, "0")
        contents.actionNames = ["left", "down", "right", "up"]
        contents.chosenAction = 0
        contents.insight = Insight(scores: .values([0.5312, 0.4923, 0.5011, 0.4821]), value: 0.5312)
        contents.exactScores = [0.5421, 0.4978, 0.4705, 0.4569]
        contents.exactValue = 0.5421
        contents.values = [0.54, 0.53, 0.5, 0.53, 0.52, 0.57, 0.6, 0.5312]
        contents.returns = [Double](repeating: 0, count: 8)
        guard let world = try? EnvironmentCatalogue.builtIn["frozenlake"], let model = try? world.makeModel(world.settings) else {
            fatalError("there is a frozen lake")
        }
        for (title, scale) in [("learned values", 0.9), ("exact values", 1)] {
            var scene = Scene()
            scene.stateValues = (0..<16).map { scale * Double($0 * $0) / 225 }
            scene.stateActions = (0..<16).map { $0 % 4 }
            model.draw(4, on: &scene)
            contents.maps.append(.init(title, scene))
        }
        return contents
    }

    static var pendulum: PanelContents {
        var contents = PanelContents(title: "ppo-pendulum")
        contents.subtitle = "ppo, kept at step 400,000"
        contents.facts = facts(63, "-142.308")
        contents.insight = Insight(scores: .normal(means: [-0.82], deviations: [0.35]), value: -87.4)
        contents.actionNames = ["torque"]
        contents.values = wave(64, -240, -60, turns: 1.2).enumerated().map { 20..<26 ~= $0.offset ? nil : $0.element }
        contents.returns = wave(64, -142.308, 0, turns: 0.5).reversed()
        return contents
    }

    static var playing: PanelContents {
        var contents = PanelContents(title: "breakout")
        contents.subtitle = "you play"
        contents.facts = [.init("episode", "1"), .init("step", "88"), .init("score", "6")]
        contents.lines = ["←  left", "→  right", "space  fire"]
        contents.returns = (0..<89).map { Double($0 / 13) }
        return contents
    }

    static var following: PanelContents {
        var contents = cartpole
        contents.title = "runs/dqn-cartpole/seed-0"
        contents.subtitle = "a run whose folder has a name far longer than any panel is wide, and so ends in dots"
        contents.facts.insert(.init("run", "62 % of 100,000 steps"), at: 0)
        contents.learningCurve = (1...12).map {
            .init(step: $0 * 5000, meanReturn: min(500, Double($0 * $0) * 5), deviation: $0 < 10 ? 40 : 5)
        }
        return contents
    }

    static var pixels: PanelContents {
        var contents = breakout
        contents.title = "dqn-pixel-pong"
        var insight = Insight(scores: .probabilities([0.02, 0.31, 0.67]), value: 0.84)
        contents.actionNames = ["noop", "up", "down"]
        contents.chosenAction = 2
        func frame(_ name: String, _ shift: Int) -> Insight.Plane {
            var values = [Float](repeating: 87, count: 84 * 84)
            for y in 20..<40 { values[y * 84 + 4] = 255 }
            for y in 30..<50 { values[(y + shift) * 84 + 79] = 180 }
            for y in 40..<43 { for x in 0..<3 { values[(y + shift) * 84 + 40 + 3 * shift + x] = 236 } }
            return Insight.Plane(name, width: 84, height: 84, values: values)
        }
        insight.planes = [frame("3 before", 0), frame("2 before", 2), frame("1 before", 4), frame("now", 6)]
        insight.attention = Insight.Plane(
            "attention", width: 84, height: 84,
            values: (0..<(84 * 84)).map { i in
                let across = Float(i % 84 - 60), along = Float(i / 84 - 47)
                return max(0, 1 - (across * across + along * along) / 200)
            })
        contents.insight = insight
        return contents
    }

    static var manyActions: PanelContents {
        var contents = PanelContents(title: "an agent of many actions")
        contents.insight = Insight(scores: .values(wave(300, -3, 8, turns: 5)))
        contents.chosenAction = 140
        contents.values = [nil, .nan, .infinity, 3]
        contents.returns = [0, .infinity]
        return contents
    }
}
