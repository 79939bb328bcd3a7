// Eight at a time, and on several threads: the bits are those of lanes stepped one after the other.
import Basics
import Environments
import Kernels
import RLCore
import Testing

@Suite struct WideLanesTests {
    private static let worlds: [(EnvironmentSpecification, [String: SettingValue])] = [
        (CartPole.specification, [:]),
        (
            CartPole.specification,
            [
                "kinematics_integrator": .text("semi-implicit"), "sutton_barto_reward": .boolean(true),
                "time_limit": .integer(20),
            ]
        ),
        (MountainCar.specification, [:]),
        (MountainCar.specification, ["goal_velocity": .number(0.02), "low": .number(0.3), "high": .number(0.4)]),
        (Acrobot.specification, ["low": .number(-1), "high": .number(1), "time_limit": .integer(90)]),
        (Acrobot.specification, ["torque_noise_max": .number(0.5), "time_limit": .integer(30)]),
        (Pendulum.specification, ["g": .number(12), "time_limit": .integer(33)]),
    ]

    private func make(
        _ number: Int, lanes: Int, threads: Int = 1, isSerial: Bool = false
    ) throws -> any VectorEnvironment {
        let (world, values) = Self.worlds[number]
        var settings = world.settings
        for (key, value) in values { try settings.set(key, to: value, from: "the test") }
        return try world.makeVector(settings, lanes: lanes, threads: threads, isSerial: isSerial)
    }
    /// Everything that a batch tells, as bits.
    private func told(_ batch: StepBatch) -> [UInt32] {
        batch.observations.floats.array.map(\.bitPattern) + batch.rewards.array.map(\.bitPattern)
            + (0..<batch.lanes).map { UInt32(batch.ending(of: $0).rawValue) }
    }
    private func saved(_ vector: any VectorEnvironment) -> Archive {
        var archive = Archive()
        vector.save(into: &archive)
        return archive
    }
    /// Steps both with the same actions and counts the episodes; every batch, last view, state and source must agree.
    private func compare(_ a: any VectorEnvironment, _ b: any VectorEnvironment, steps: Int, from seed: UInt64) -> Int {
        let actions = Actions(lanes: a.lanes, space: a.actionSpace)
        var chooser = RandomSource(seed: seed, key: [1])
        var first = a.reset(seed: seed), second = b.reset(seed: seed)
        var episodes = 0
        for step in 0..<steps {
            guard told(first) == told(second) else {
                Issue.record("the batches differ at step \(step)")
                return episodes
            }
            for lane in 0..<a.lanes where first.ending(of: lane) != .running {
                episodes += 1
                #expect(
                    first.successor(of: lane).floats.array.map(\.bitPattern)
                        == second.successor(of: lane).floats.array.map(\.bitPattern))
                #expect(a.finalState(of: lane) == b.finalState(of: lane))
                #expect(a.state(of: lane) == b.state(of: lane))
            }
            actions.drawAll(from: a.actionSpace, using: &chooser)
            first = a.step(actions)
            second = b.step(actions)
        }
        #expect(saved(a) == saved(b))
        return episodes
    }

    @Test(arguments: Self.worlds.indices, [1, 3, 8, 13, 64])
    func eightAtATimeAreTheBitsOfOneAfterTheOther(_ number: Int, lanes: Int) throws {
        let (world, values) = Self.worlds[number]
        var settings = world.settings
        for (key, value) in values { try settings.set(key, to: value, from: "the test") }
        // Of fewer than four lanes the catalogue makes serial ones: here they are wide whatever their number.
        let limit = settings.integer("time_limit")
        let wide: any VectorEnvironment =
            switch number {
            case 0: Vector(wide: CartPole(), limit: limit, lanes: lanes)
            case 2: Vector(wide: MountainCar(), limit: limit, lanes: lanes)
            default: try make(number, lanes: lanes)
            }
        let episodes = compare(wide, try make(number, lanes: lanes, isSerial: true), steps: 400, from: UInt64(lanes))
        #expect(episodes >= lanes)
    }

    @Test func manyLanesOfCartPole() throws {
        let episodes = compare(
            try make(0, lanes: 1000), try make(0, lanes: 1000, isSerial: true), steps: 60, from: 5)
        #expect(episodes > 2000)
    }

    @Test(arguments: Self.worlds.indices, [2, 3, 5])
    func resultsDoNotDependOnTheNumberOfThreads(_ number: Int, threads: Int) throws {
        for (lanes, isSerial) in [(45, false), (45, true), (9, true), (1, false)] {
            let alone = try make(number, lanes: lanes, isSerial: isSerial)
            _ = compare(try make(number, lanes: lanes, threads: threads, isSerial: isSerial), alone, steps: 100, from: 3)
        }
    }

    /// What one kind saved the other loads, and goes on in step with it.
    @Test func savedLanesGoOnWhicheverWayTheyAreStepped() throws {
        for number in Self.worlds.indices {
            let serial = try make(number, lanes: 13, isSerial: true)
            let wide = try make(number, lanes: 13, threads: 2)
            _ = serial.reset(seed: 1)
            let shown = wide.reset(seed: 2)
            let actions = Actions(lanes: 13, space: serial.actionSpace)
            var chooser = RandomSource(seed: 3)
            var batch = serial.step(actions)
            for _ in 0..<25 {
                actions.drawAll(from: serial.actionSpace, using: &chooser)
                batch = serial.step(actions)
            }
            try wide.load(from: saved(serial))
            #expect(shown.observations.floats.array == batch.observations.floats.array)
            for _ in 0..<50 {
                actions.drawAll(from: serial.actionSpace, using: &chooser)
                #expect(told(serial.step(actions)) == told(wide.step(actions)))
            }
            #expect(saved(serial) == saved(wide))
            #expect(throws: ArchiveError.self) { try wide.load(from: Archive()) }
        }
    }

    @Test func aRestartConcernsOneLane() throws {
        for number in Self.worlds.indices {
            let serial = try make(number, lanes: 13, isSerial: true), wide = try make(number, lanes: 13)
            let actions = Actions(lanes: 13, space: serial.actionSpace)
            var chooser = RandomSource(seed: 8)
            var first = serial.reset(seed: 4), second = wide.reset(seed: 4)
            for step in 0..<60 {
                actions.drawAll(from: serial.actionSpace, using: &chooser)
                first = serial.step(actions)
                second = wide.step(actions)
                if step % 3 == 0 {
                    let lane = step % 13
                    serial.restart(lane, using: RandomSource(seed: UInt64(step)))
                    wide.restart(lane, using: RandomSource(seed: UInt64(step)))
                }
                #expect(told(first) == told(second))
            }
            #expect(saved(serial) == saved(wide))
        }
    }

    @Test func aPictureIsThatOfItsLane() throws {
        let serial = try make(0, lanes: 9, isSerial: true), wide = try make(0, lanes: 9, threads: 2)
        _ = serial.reset(seed: 4)
        _ = wide.reset(seed: 4)
        var pictures: Set<Scene> = []
        for lane in 0..<9 {
            var first = Scene(), second = Scene()
            serial.draw(lane, on: &first)
            wide.draw(lane, on: &second)
            #expect(first == second)
            pictures.insert(first)
        }
        #expect(pictures.count == 9)
    }

    @Test func anActionThatDoesNotExistTraps() async {
        await #expect(processExitsWith: .failure) {
            let vector = Vector(wide: CartPole(), limit: 5, lanes: 9)
            _ = vector.reset(seed: 0)
            let actions = Actions(lanes: 9, space: vector.actionSpace)
            actions.indices[8] = 2
            _ = vector.step(actions)
        }
    }

    @Test func aWorldThatDrawsChanceIsNotSteppedEightAtATime() async {
        await #expect(processExitsWith: .failure) { _ = Vector(wide: Acrobot(torqueNoise: 1), limit: 5, lanes: 9) }
    }
}
