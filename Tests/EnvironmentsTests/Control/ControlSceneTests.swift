// The pictures of the control worlds: things stand where the numbers say.
import Basics
import Environments
import Kernels
import RLCore
import Testing

@Suite struct ControlSceneTests {
    private func scene(_ world: some Environment, _ state: [Double], _ more: (inout Archive) -> Void = { _ in }) throws -> Scene {
        var archive = Archive()
        archive.store(state, as: "state")
        more(&archive)
        var world = world
        try world.load(from: archive)
        var scene = Scene()
        world.draw(on: &scene)
        return scene
    }
    private func polygons(_ scene: Scene) -> [[Point]] {
        scene.elements.compactMap { if case .polygon(let points, _) = $0 { points } else { nil } }
    }
    private func middle(_ a: Point, _ b: Point) -> [Double] { [(a.x + b.x) / 2, (a.y + b.y) / 2] }
    private func isIn(_ scene: Scene, _ point: Point) -> Bool {
        point.x >= scene.bounds.x && point.x <= scene.bounds.x + scene.bounds.width && point.y >= scene.bounds.y
            && point.y <= scene.bounds.y + scene.bounds.height
    }

    @Test func thePolesTipIsWhereTheAngleSays() throws {
        for (x, angle) in [(0.0, 0.0), (1.5, 0.2), (-2, -0.15)] {
            let scene = try scene(CartPole(), [x, 0, angle, 0]) { $0.store(0, as: "over") }
            let cart = try #require(
                scene.elements.compactMap { if case .rectangle(let area, _, _) = $0 { area } else { nil } }.first)
            #expect(isNear(cart.x + cart.width / 2, x, within: 1e-12))
            let pole = try #require(polygons(scene).first)
            let (sine, cosine) = sineAndCosine(angle)
            #expect(isNear(middle(pole[0], pole[3]), [x, -0.06], within: 1e-12))
            #expect(isNear(middle(pole[1], pole[2]), [x + sine, -0.06 - cosine], within: 1e-12))
            #expect(pole.allSatisfy { isIn(scene, $0) })
        }
    }

    @Test func theCarStandsOnTheHillAndTheFlagAtItsGoal() throws {
        for position in [-1.2, -0.5, 0.1, 0.5] {
            let scenes = [
                (try scene(MountainCar(), [position, 0]), 0.5),
                (try scene(MountainCarContinuous(), [position, 0]) { $0.store(0, as: "fresh") }, 0.45),
            ]
            for (scene, goal) in scenes {
                // Ground, flag, car.
                let shapes = polygons(scene)
                #expect(shapes.count == 3)
                #expect(shapes[1][0].x == goal && shapes[1][1].x == goal)
                let (low, high) = (middle(shapes[2][0], shapes[2][3]), middle(shapes[2][1], shapes[2][2]))
                // The car's underside is 0.03 above the ground, at a right angle to it.
                let up = [(high[0] - low[0]) / 0.06, (high[1] - low[1]) / 0.06]
                let foot = [low[0] - 0.03 * up[0], low[1] - 0.03 * up[1]]
                #expect(isNear(foot, [position, -(0.45 * sine(3 * position) + 0.55)], within: 1e-9))
                let slope = 1.35 * cosine(3 * position)
                #expect(isNear(up[0] - slope * up[1], 0, within: 1e-9) && up[1] < 0)
            }
        }
    }

    @Test func theAcrobotHangsAndStandsAsItsAnglesSay() throws {
        func tip(_ first: Double, _ second: Double) throws -> [Double] {
            let links = polygons(try scene(Acrobot(), [first, second, 0, 0]))
            #expect(isNear(middle(links[0][1], links[0][2]), middle(links[1][0], links[1][3]), within: 1e-12))
            return middle(links[1][1], links[1][2])
        }
        #expect(isNear(try tip(0, 0), [0, 2], within: 1e-12))
        #expect(isNear(try tip(.pi, 0), [0, -2], within: 1e-12))
        #expect(isNear(try tip(.pi / 2, .pi / 2), [1, -1], within: 1e-12))
    }

    @Test func thePendulumLeansToTheLeftOfItsPositiveAngle() throws {
        func rod(_ angle: Double) throws -> [Point] {
            let scene = try scene(Pendulum(), [angle, 0]) { $0.store([Float(0)], as: "torque") }
            #expect(polygons(scene).isEmpty)
            return try #require(scene.elements.compactMap { if case .line(let points, _, _) = $0 { points } else { nil } }.first)
        }
        #expect(try rod(0)[1] == Point(0, -1))
        let leaning = try rod(0.5)
        #expect(isNear([leaning[1].x, leaning[1].y], [-sine(0.5), -cosine(0.5)], within: 1e-12))
    }

    /// A torque against the clock is drawn against the clock, and a stronger one larger.
    @Test func theArrowTurnsAsTheTorqueDoes() throws {
        func arrow(_ torque: Float) throws -> (turn: Double, radius: Double) {
            let scene = try scene(Pendulum(), [0, 0]) { $0.store([torque], as: "torque") }
            let lines = scene.elements.compactMap { if case .line(let points, _, _) = $0 { points } else { nil } }
            let arc = try #require(lines.last)
            let head = try #require(polygons(scene).first)
            // From the end of the arc to the tip goes on as the arc went; y points down.
            let (end, tip) = (try #require(arc.last), head[1])
            #expect((end.x * tip.y - end.y * tip.x < 0) == (torque > 0))
            return (arc[0].x * arc[1].y - arc[0].y * arc[1].x, (end.x * end.x + end.y * end.y).squareRoot())
        }
        let left = try arrow(1), right = try arrow(-2)
        #expect(left.turn < 0 && right.turn > 0)
        #expect(left.radius < right.radius)
    }
}
