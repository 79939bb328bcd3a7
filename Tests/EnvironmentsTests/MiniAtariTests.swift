// What holds around every mini-Atari game: sticking, the two sets of actions, endings, saved games, looks.
import Basics
import Environments
import Kernels
import RLCore
import Testing

@Suite struct MiniAtariTests {
    static let names = ["breakout", "asterix", "freeway", "seaquest", "space-invaders"]

    private func vector(_ name: String, _ changes: [(String, SettingValue)] = []) throws -> any VectorEnvironment {
        let specification = try EnvironmentCatalogue.builtIn[name]
        var settings = specification.settings
        for (key, value) in changes { try settings.set(key, to: value, from: "the test") }
        return try specification.makeVector(settings, lanes: 1)
    }

    /// The state after each act, and what the act brought.
    private func account<Game: MiniGame>(_ world: MiniAtari<Game>, seed: UInt64, _ actions: [Int]) -> [([Double], Outcome)] {
        var world = world, random = RandomSource(seed: seed)
        world.reset(using: &random)
        return actions.map {
            let outcome = world.step(.discrete($0), using: &random)
            return (world.state, outcome)
        }
    }

    /// State 1 is the action executed last.
    @Test func actionsStick() {
        let actions = (0..<20_000).map { $0 % 2 == 0 ? 1 : 3 }
        func repeats(_ sticky: Double) -> Int {
            zip(account(MiniAtari<Freeway>(sticky: sticky), seed: 1, actions), actions).count { $0.0[1] != Double($1) }
        }
        #expect(repeats(0) == 0)
        // The chosen action differs from the one before unless that one stuck itself: p / (1 + p) of all acts.
        #expect((1700...1940).contains(repeats(0.1)))
        #expect(account(MiniAtari<Freeway>(sticky: 1), seed: 1, actions).allSatisfy { $0.0[1] == 0 })
    }

    /// Of the published package: `minimal_action_set()`.
    @Test(arguments: [
        ("breakout", [0, 1, 3]), ("asterix", [0, 1, 2, 3, 4]), ("freeway", [0, 2, 4]), ("seaquest", [0, 1, 2, 3, 4, 5]),
        ("space-invaders", [0, 1, 3, 5]),
    ]) func fewerActionsMeanTheSame(_ name: String, _ useful: [Int]) throws {
        let all = try vector(name), few = try vector(name, [("actions", .text("minimal"))])
        #expect(all.actionSpace == .discrete(6) && few.actionSpace == .discrete(useful.count))
        let told = Actions(lanes: 1, space: all.actionSpace), toldFewer = Actions(lanes: 1, space: few.actionSpace)
        _ = (all.reset(seed: 5), few.reset(seed: 5))
        var chooser = RandomSource(seed: 6)
        for _ in 0..<500 {
            let choice = chooser.below(useful.count)
            toldFewer.indices[0] = Int32(choice)
            told.indices[0] = Int32(useful[choice])
            let step = all.step(told), other = few.step(toldFewer)
            #expect(step.rewards[0] == other.rewards[0] && all.finalState(of: 0) == few.finalState(of: 0))
        }
    }

    /// The actions that `minimal` leaves out leave the game as nothing does.
    @Test func uselessActionsDoNothing() {
        func compare<Game: MiniGame>(_ game: Game.Type, _ useless: [Int]) {
            for action in useless {
                let idle = account(MiniAtari<Game>(sticky: 0), seed: 3, [0, 0, 0, 0, 0, 0])
                let other = account(MiniAtari<Game>(sticky: 0), seed: 3, [0, action, 0, action, action, 0])
                #expect(zip(idle, other).allSatisfy { $0.0.dropFirst(2) == $1.0.dropFirst(2) && $0.1 == $1.1 })
            }
        }
        compare(Breakout.self, [2, 4, 5])
        compare(Asterix.self, [5])
        compare(Freeway.self, [1, 3, 5])
        compare(SpaceInvaders.self, [2, 4])
    }

    @Test func nothingHappensAfterTheEnd() {
        var world = MiniAtari<Breakout>(sticky: 0), random = RandomSource(seed: 1)
        world.reset(using: &random)
        while world.step(.discrete(1), using: &random).ending == .running {}
        let game = world.game
        for action in 0..<6 {
            #expect(world.step(.discrete(action), using: &random) == Outcome(reward: 0, ending: .terminated))
            #expect(world.game == game)
        }
        world.reset(using: &random)
        #expect(world.step(.discrete(0), using: &random).ending == .running)
    }

    @Test func anActionThatDoesNotExistIsACrash() async {
        await #expect(processExitsWith: .failure) {
            var world = MiniAtari<Breakout>(), random = RandomSource(seed: 1)
            world.reset(using: &random)
            _ = world.step(.discrete(6), using: &random)
        }
        await #expect(processExitsWith: .failure) {
            var world = MiniAtari<Breakout>(onlyUseful: true), random = RandomSource(seed: 1)
            world.reset(using: &random)
            _ = world.step(.discrete(3), using: &random)
        }
    }

    /// How many acts a game of Freeway lasts, and how it ends.
    @Test func freewaysClockIsATimeLimitUnlessItTerminates() throws {
        func end(_ changes: [(String, SettingValue)]) throws -> (Int, Ending) {
            let world = try vector("freeway", changes)
            _ = world.reset(seed: 0)
            let actions = Actions(lanes: 1, space: world.actionSpace)
            for act in 1...4000 {
                let ending = world.step(actions).ending(of: 0)
                if ending != .running { return (act, ending) }
            }
            return (4000, .running)
        }
        #expect(try end([]) == (2501, .truncated))
        #expect(try end([("clock_terminates", .boolean(true))]) == (2501, .terminated))
        #expect(try end([("time_limit", .integer(3000))]) == (3000, .truncated))
        #expect(try end([("time_limit", .integer(3000)), ("clock_terminates", .boolean(true))]) == (2501, .terminated))
    }

    /// The fewest acts between newcomers that a resting player of Asterix sees in 100 games: its state 4.
    @Test func rampingIsAChoice() {
        func fewest(_ rules: GameRules) -> Double? {
            (0..<100).flatMap { seed in
                account(MiniAtari<Asterix>(rules: rules, sticky: 0), seed: seed, [Int](repeating: 0, count: 150)).map { $0.0[4] }
            }.min()
        }
        var rules = GameRules()
        #expect(fewest(rules) == 9)
        rules.ramps = false
        #expect(fewest(rules) == 10)
    }

    /// A saved game with one number changed is refused, or is a game that can be played and seen.
    @Test(arguments: names) func aDamagedGameIsRefusedOrPlayable(_ name: String) throws {
        let world = try vector(name)
        var random = RandomSource(seed: 9), refused = 0
        let actions = Actions(lanes: 1, space: world.actionSpace)
        _ = world.reset(seed: 4)
        for round in 0..<60 {
            for _ in 0..<7 {
                actions.draw(0, from: world.actionSpace, using: &random)
                _ = world.step(actions)
            }
            var archive = Archive()
            world.save(into: &archive)
            var numbers = try archive.part("lane0").int64s(name)
            let place = random.below(round % 2 == 0 ? numbers.count : 20)
            numbers[place] = [-1, 0, 1, 2, 3, 9, 10, 47, 100, Int64.max, Int64.min][random.below(11)]
            var damaged = Archive()
            for key in archive.names where key != "lane0/\(name)" { damaged.store(try #require(archive[key]), as: key) }
            damaged.store(numbers, as: "lane0/\(name)")
            do {
                try world.load(from: damaged)
                for _ in 0..<40 {
                    actions.draw(0, from: world.actionSpace, using: &random)
                    _ = world.step(actions)
                }
            } catch {
                refused += 1
                try world.load(from: archive)
            }
        }
        #expect(refused > 5)
    }

    /// A cell that is set is a shape in its place; the background is the same for all five.
    @Test func looksLikeTheScreen() {
        var world = MiniAtari<Breakout>(), random = RandomSource(seed: 1)
        world.reset(using: &random)
        var scene = Scene()
        world.draw(on: &scene)
        #expect(scene.bounds == Rectangle(x: 0, y: 0, width: 10, height: 10))
        // 30 bricks, the ball on its trail, the paddle.
        #expect(scene.elements.count == 33)
        guard case .rectangle(let paddle, _, _)? = scene.elements.last else {
            Issue.record("the paddle lies on top")
            return
        }
        #expect(paddle.x > 4 && paddle.x + paddle.width < 5 && paddle.y > 9 && paddle.y + paddle.height < 10)
    }

    /// The package's generator is the reference's own: the source given to it is left alone, and resets do not seed it anew.
    @Test func referenceDrawsComeFromTheirOwnGenerator() throws {
        var world = ReferenceMiniAtari(MiniAtari<Breakout>(sticky: 0), seed: 0)
        var random = RandomSource(seed: 1)
        let before = random
        let columns = (0..<40).map { _ in
            world.reset(using: &random)
            return world.state[2]
        }
        #expect(random == before)
        #expect(Set(columns) == [0, 9])
        // An episode after another goes on drawing, whichever world it begins in.
        var next = ReferenceMiniAtari(MiniAtari<Breakout>(sticky: 0), seed: 0)
        next.begin(after: world, using: &random)
        world.reset(using: &random)
        #expect(next == world)
        #expect(brokenReferenceLaws(ReferenceMiniAtari(MiniAtari<Seaquest>(), seed: 3)) == [])
    }

    /// Saving and loading, as the laws ask; a reset that forgets is the one law that the reference breaks.
    private func brokenReferenceLaws<World: Environment>(_ world: World) -> [String] {
        brokenEnvironmentLaws(of: world, episodes: 1, steps: 60)
    }
}
