// What worlds look like: every world of states shows where it is, and its map what it was told of values and actions.
import Basics
import Environments
import Kernels
import RLCore
import Testing

@Suite("Scenes")
struct ScenesTests {
    private func scene(_ vector: any VectorEnvironment, values: [Double?]? = nil, actions: [Int?]? = nil) -> Scene {
        var scene = Scene()
        scene.stateValues = values
        scene.stateActions = actions
        vector.draw(0, on: &scene)
        return scene
    }

    @Test("worlds with a model draw something, and another picture in another state")
    func statesDiffer() throws {
        for specification in EnvironmentCatalogue.builtIn.all where specification.hasModel {
            let vector = try specification.makeVector(specification.settings, lanes: 1)
            let actions = Actions(lanes: 1, space: vector.actionSpace)
            guard case .discrete(let count) = vector.actionSpace else { continue }
            var pictures: [[Double]: Scene] = [:]
            var random = RandomSource(seed: 3)
            _ = vector.reset(seed: 3)
            for _ in 0..<300 {
                let shown = scene(vector)
                #expect(!shown.elements.isEmpty, "\(specification.name) draws nothing")
                pictures[vector.state(of: 0)] = shown
                actions.indices[0] = Int32(random.below(count))
                _ = vector.step(actions)
            }
            // Blackjack also tells how many cards are held, which its state does not.
            #expect(
                Set(pictures.values).count == pictures.count || specification.name == "blackjack",
                "two states of \(specification.name) look the same")
        }
    }

    @Test("every world draws something inside its bounds, and not always the same", arguments: EnvironmentCatalogue.builtIn.names)
    func everyWorld(name: String) throws {
        let specification = try EnvironmentCatalogue.builtIn[name]
        let vector = try specification.makeVector(specification.settings, lanes: 1)
        let actions = Actions(lanes: 1, space: vector.actionSpace)
        var random = RandomSource(seed: 4)
        _ = vector.reset(seed: 4)
        var seen: Set<Scene> = []
        for _ in 0..<40 {
            let shown = scene(vector)
            #expect(!shown.elements.isEmpty && shown.bounds.width > 0 && shown.bounds.height > 0)
            seen.insert(shown)
            actions.draw(0, from: vector.actionSpace, using: &random)
            _ = vector.step(actions)
        }
        // A world of one state looks the same for ever.
        let isStill = try specification.makeModel(specification.settings)?.stateCount == 1
        #expect(isStill ? seen.count == 1 : seen.count > 1)
    }

    @Test("a map's agent stands in the middle of its cell; values and arrows stand in theirs")
    func map() throws {
        let vector = try FrozenLake.specification.makeVector(FrozenLake.specification.settings, lanes: 1)
        _ = vector.reset(seed: 0)
        let plain = scene(vector)
        #expect(plain.bounds.width == 4.2 && plain.bounds.height == 4.2)
        guard case .circle(let centre, _, _)? = plain.elements.last else {
            Issue.record("the agent is drawn last, as a circle")
            return
        }
        #expect(centre == Point(0.5, 0.5))
        var values: [Double?] = Array(repeating: nil, count: 16)
        values[6] = 0.1234
        values[14] = 0.75
        var actions: [Int?] = Array(repeating: nil, count: 16)
        actions[6] = 2
        let told = scene(vector, values: values, actions: actions)
        let words = told.elements.compactMap { if case .text(let words, let point, _, _, _) = $0 { (words, point) } else { nil } }
        #expect(words.contains { $0.0 == "0.123" && $0.1.x == 2.5 && (1.0...2).contains($0.1.y) })
        #expect(words.contains { $0.0 == "0.75" && $0.1.x == 2.5 && (3.0...4).contains($0.1.y) })
        let shafts = told.elements.compactMap { element -> [Point]? in
            if case .line(let points, _, _) = element, points.count == 2, points[0].y == points[1].y { points } else { nil }
        }
        #expect(shafts.count == 1 && shafts[0][0].x < shafts[0][1].x && abs(shafts[0][0].x + shafts[0][1].x - 5) < 1e-9)
    }
}
