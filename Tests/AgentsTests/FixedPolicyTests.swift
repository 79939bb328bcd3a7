// Policies that do not learn: the constant one and the scripted one.
import Agents
import Basics
import Environments
import Kernels
import RLCore
import TestSupport
import Testing

@Suite struct FixedPolicyTests {
    @Test func theConstantPolicyDoesOneThing() throws {
        var apprentice = try Apprentice(ConstantPolicy.specification, in: Vector(CountingWorld(), lanes: 2), ["action": "2"])
        for _ in 0..<5 {
            #expect(apprentice.step() == nil)
            #expect(apprentice.actions.indices.array == [2, 2])
        }
    }

    @Test func aConstantNumberInEveryDimension() throws {
        let space = Space.box(.vector(2), low: [-1, -3], high: [1, 3])
        let policy = try ConstantPolicy(action: -0.5, actionSpace: space)
        let actions = Actions(lanes: 2, space: space), seen = RowStorage(count: 2, space: .discrete(1))
        var sources = [RandomSource(seed: 0), RandomSource(seed: 1)]
        policy.act(on: seen.rows, into: actions, mode: .sampled, using: &sources)
        #expect(actions.values.array == [-0.5, -0.5, -0.5, -0.5])
        let error = #expect(throws: SettingError.self) { try ConstantPolicy(action: 2, actionSpace: space) }
        #expect(error?.description == "action 2.0 lies outside of this world's, from -1.0 to 1.0")
    }

    /// 0, 0, 1 in a world whose action 1 ends the episode: three steps an episode, and the script begins anew with each.
    @Test func aScriptIsFollowedInEveryEpisode() throws {
        var apprentice = try Apprentice(
            ScriptedPolicy.specification, in: Vector(CountingWorld(), lanes: 1), ["script": "0,0,1,2"])
        var done: [Int32] = []
        for _ in 0..<7 {
            apprentice.step()
            done.append(apprentice.actions.indices[0])
        }
        #expect(done == [0, 0, 1, 0, 0, 1, 0])
    }

    @Test func aResumedScriptGoesOnWhereItWas() throws {
        var saved = try Apprentice(ScriptedPolicy.specification, in: Vector(CountingWorld(), lanes: 1), ["script": "0,0,0,1"])
        saved.steps(2)
        let loaded = try Apprentice(ScriptedPolicy.specification, in: Vector(CountingWorld(), lanes: 1), ["script": "0,0,0,1"])
        try loaded.agent.load(from: saved.archive)
        var archive = Archive()
        loaded.agent.save(into: &archive)
        #expect(archive == saved.archive)
        #expect(try archive.int64s("lanes/places") == [2])
    }

    @Test func wrongActionsAreNamed() {
        func refusal(_ algorithm: AlgorithmSpecification, _ settings: [String: String]) -> String? {
            do {
                _ = try Apprentice(algorithm, in: Vector(CountingWorld(), lanes: 1), settings)
                return nil
            } catch { return "\(error)" }
        }
        #expect(refusal(ConstantPolicy.specification, ["action": "3"]) == "action 3.0 is none of this world's, which are 0 to 2")
        #expect(refusal(ConstantPolicy.specification, ["action": "0.5"])?.contains("none of this world's") == true)
        #expect(
            refusal(ScriptedPolicy.specification, ["script": "0,5"])
                == "the script's action 5 is none of this world's, which are 0 to 2")
        #expect(refusal(ScriptedPolicy.specification, ["script": ""])?.contains("needs an action") == true)
    }
}
