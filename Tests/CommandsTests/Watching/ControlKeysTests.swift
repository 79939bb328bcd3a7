// Which keys play which world.
import Environments
import RLCore
import Testing
import Training
import Viewing

@testable import Commands

@Suite struct ControlKeysTests {
    private func keys(_ name: String) throws -> ControlKeys {
        let world = try EnvironmentCatalogue.builtIn[name]
        return ControlKeys(try world.makeVector(world.settings, lanes: 1).actionSpace, names: world.actionNames)
    }
    private func table(_ name: String) throws -> [String] { try keys(name).table.map { "\($0.keys) \($0.help)" } }

    @Test func arrowsAreDirections() throws {
        #expect(try table("frozenlake") == ["← left", "↓ down", "→ right", "↑ up"])
        #expect(try table("taxi") == ["↓ south", "↑ north", "→ east", "← west", "space pick up", "Enter drop off"])
        #expect(try table("cartpole") == ["← push left", "→ push right"])
        #expect(try table("acrobot") == ["← torque -1", "→ torque +1"])
        #expect(try table("mountaincar") == ["← drive left", "→ drive right"])
        #expect(try table("breakout") == ["← left", "↑ up", "→ right", "↓ down", "space fire"])
        #expect(try table("pixel-pong") == ["↑ up", "↓ down"])
        #expect(try table("pixel-breakout") == ["space serve", "→ right", "← left"])
        #expect(try table("blackjack") == ["← stick", "→ hit"])
    }

    @Test("every action of every discrete world can be taken by some key or by none")
    func everyAction() throws {
        for name in EnvironmentCatalogue.builtIn.names {
            let keys = try keys(name), world = try EnvironmentCatalogue.builtIn[name]
            guard case .discrete(let count) = try world.makeVector(world.settings, lanes: 1).actionSpace else { continue }
            #expect(Set(keys.bindings.map(\.action) + keys.idle) == Set(0..<count), "\(name)")
            #expect(Set(keys.bindings.map(\.keys)).count == keys.bindings.count, "\(name)")
        }
    }

    @Test func diagonalsAreTwoKeys() throws {
        let keys = ControlKeys(.discrete(5), names: ["left", "up", "up-left", "down", "stay"])
        #expect(keys.action(for: [.left]) == .discrete(0) && keys.action(for: [.left, .up]) == .discrete(2))
        #expect(keys.action(for: [.down, .left, .up]) == .discrete(2) && keys.action(for: []) == nil)
        #expect(keys.idleAction(at: 3) == .discrete(4))
    }

    @Test("where nobody can do nothing, both ways take turns")
    func idleMachines() throws {
        let keys = try keys("cartpole")
        #expect((0..<4).map(keys.idleAction) == [.discrete(0), .discrete(1), .discrete(0), .discrete(1)])
    }

    @Test func continuousWorldsTakeArrows() throws {
        let keys = try keys("pendulum")
        #expect(keys.action(for: [.left]) == .continuous([-2]) && keys.action(for: [.right]) == .continuous([2]))
        #expect(keys.action(for: [.left, .right]) == .continuous([0]) && keys.action(for: ["x"]) == nil)
        #expect(keys.idleAction(at: 0) == .continuous([0]) && keys.uses(.left) && !keys.uses(.up))
    }
}
