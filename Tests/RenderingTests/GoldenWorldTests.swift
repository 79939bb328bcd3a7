// Every world looks as it did when somebody looked at it.
import Basics
import Environments
import Foundation
import Kernels
import RLCore
import Rendering
import Testing

@Suite("Golden pictures of worlds")
struct GoldenWorldTests {
    static let worlds = EnvironmentCatalogue.builtIn.all.map(\.name)

    /// A world some steps after a reset, so that things have begun to move.
    private static func scene(_ name: String, steps: Int = 25) throws -> Scene {
        let world = try EnvironmentCatalogue.builtIn[name]
        let vector = try world.makeVector(world.settings, lanes: 1)
        _ = vector.reset(using: [RandomSource(seed: 7)])
        let actions = Actions(lanes: 1, space: vector.actionSpace)
        for step in 0..<steps {
            if case .discrete(let count) = vector.actionSpace {
                actions.indices[0] = Int32((step / 3) % count)
            } else {
                for i in 0..<actions.width { actions.values[i] = [0.9, -0.4, 0.2][step / 3 % 3] }
            }
            if vector.step(actions).ending(of: 0) != .running { break }
        }
        var scene = Scene()
        vector.drawFinal(0, on: &scene)
        return scene
    }

    @Test("as it was", arguments: worlds)
    func asItWas(name: String) throws {
        try Golden.expect(Picture(try Self.scene(name), width: 240, height: 160), like: "worlds/\(name)")
    }

    @Test("no picture is kept of a world that is gone")
    func onlyWorlds() throws {
        let kept = try FileManager.default.contentsOfDirectory(atPath: Golden.folder.appending(path: "worlds").path)
        #expect(Set(kept) == Set(Self.worlds.map { "\($0).png" }))
    }

    @Test("learned values and arrows in the cells of a map")
    func values() throws {
        let world = try EnvironmentCatalogue.builtIn["frozenlake"]
        let model = try #require(try world.makeModel(world.settings))
        var scene = Scene()
        scene.stateValues = (0..<model.stateCount).map { Double($0 * $0) / 300 - 0.2 }
        scene.stateActions = (0..<model.stateCount).map { $0 % 5 == 4 ? nil : $0 % 4 }
        model.draw(6, on: &scene)
        try Golden.expect(Picture(scene, width: 240, height: 240), like: "values")
    }

    @Test("a cart one pixel further is another picture")
    func movedCart() throws {
        let scene = try Self.scene("cartpole")
        let kept = Picture(scene, width: 240, height: 160)
        var moved = scene
        // 4.8 metres are 240 pixels.
        moved.bounds.x -= 4.8 / 240
        let agreement = Golden.agreement(Picture(moved, width: 240, height: 160), kept)
        #expect(agreement < 0.97)
    }

    @Test("an empty picture is another picture", arguments: worlds)
    func blank(name: String) throws {
        let scene = try Self.scene(name)
        let kept = Picture(scene, width: 240, height: 160)
        for colour in [scene.background, .white, .black] {
            #expect(Golden.agreement(Picture(width: 240, height: 160, colour), kept) < 0.5)
        }
    }

    @Test("a difference of two is none, of three is one")
    func tolerance() {
        var scene = Scene()
        scene.rectangle(Rectangle(x: 0.25, y: 0.25, width: 0.5, height: 0.5), Colour(100, 100, 100))
        let kept = Picture(scene, width: 40, height: 40)
        func shaded(_ shade: UInt8) -> Picture {
            Picture(width: 40, height: 40, pixels: kept.pixels.map { $0 == 100 ? shade : $0 })
        }
        #expect(Golden.agreement(shaded(102), kept) == 1)
        #expect(Golden.agreement(shaded(103), kept) == 0)
        #expect(Golden.agreement(Picture(scene, width: 41, height: 40), kept) == 0)
    }
}
