import Basics
import Environments
import RLCore
import Testing

@testable import Agents

/// The golden values were computed outside this project, with tables of the reference implementations of these worlds.
@Suite("Plans of known worlds")
struct PlanTests {
    static func model(_ world: String, _ settings: [String: String] = [:]) throws -> PlanningModel {
        let specification = try EnvironmentCatalogue.builtIn[world]
        var values = specification.settings
        for (key, text) in settings { try values.set(key, parsing: text, from: "test") }
        let model = try #require(try specification.makeModel(values))
        return try PlanningModel(model)
    }
    /// By every way of planning.
    static func plans(_ model: PlanningModel, discount: Double) throws -> [Plan] {
        [
            try ValueIteration.solve(model, discount: discount),
            try ValueIteration.solve(model, discount: discount, order: .inPlace),
            try PolicyIteration.solve(model, discount: discount), try ModifiedPolicyIteration.solve(model, discount: discount),
        ]
    }

    @Test("FrozenLake 4×4: values, policy and sweeps")
    func frozenLake() throws {
        let golden = [
            0.542025932000, 0.498803187229, 0.470695690556, 0.456851699658, 0.558450960243, 0, 0.358348071983, 0, 0.591798744856,
            0.643079824768, 0.615207557877, 0, 0, 0.741720438989, 0.862837430149, 0,
        ]
        let plans = try Self.plans(Self.model("frozenlake"), discount: 0.99)
        for plan in plans {
            for (value, expected) in zip(plan.values, golden) { #expect((value - expected).magnitude < 1e-8) }
            #expect(plan.policy == [0, 3, 3, 3, 0, -1, 0, -1, 3, 1, 0, -1, -1, 2, 1, -1])
        }
        #expect(plans[0].sweeps == 704 && plans[1].sweeps == 516)
    }

    @Test("FrozenLake 8×8: start, policy and sweeps")
    func largeFrozenLake() throws {
        let golden = "3222222233333221330023213331002203002132000130020010000201001210".map { Int(String($0))! }
        let model = try Self.model("frozenlake-8x8")
        let plans = try Self.plans(model, discount: 0.99)
        for plan in plans {
            #expect((plan.startValue - 0.414640361799988).magnitude < 1e-8)
            for (state, action) in plan.policy.enumerated() {
                #expect(action == (model.isAbsorbing[state] ? -1 : golden[state]), "state \(state)")
            }
        }
        #expect(plans[0].sweeps == 809 && plans[1].sweeps == 534)
    }

    struct Golden: Sendable {
        let world: String
        var slippery: String?
        let discount: Double
        let start: Double
    }
    static let goldenStarts = [
        Golden(world: "frozenlake", discount: 1, start: 14.0 / 17), Golden(world: "frozenlake-8x8", discount: 1, start: 1),
        Golden(world: "frozenlake", slippery: "false", discount: 0.99, start: 0.9509900499),
        Golden(world: "frozenlake-8x8", slippery: "false", discount: 0.99, start: 0.8775210229989678),
        Golden(world: "cliffwalking", discount: 1, start: -13),
        Golden(world: "cliffwalking", discount: 0.99, start: -12.2478977001032),
        Golden(world: "cliffwalking", slippery: "true", discount: 0.99, start: -46.3526721816521),
        Golden(world: "cliffwalking", slippery: "true", discount: 1, start: -64.7091759),
        Golden(world: "taxi", discount: 1, start: 7.93), Golden(world: "taxi", discount: 0.99, start: 6.3274643),
        Golden(world: "gridworld", discount: 1, start: 0.705308219),
    ]

    @Test("start values by world and discount", arguments: goldenStarts)
    func starts(golden: Golden) throws {
        let model = try Self.model(golden.world, golden.slippery.map { ["is_slippery": $0] } ?? [:])
        for plan in try Self.plans(model, discount: golden.discount) {
            // Some are known to seven digits behind the point only.
            #expect((plan.startValue - golden.start).magnitude < 5e-8)
        }
    }

    @Test("the textbook grid at discount 1, cell by cell")
    func textbookGrid() throws {
        let golden = [
            0.811558219, 0.867808219, 0.917808219, 0.761558219, 0.660273973, 0.705308219, 0.655308219, 0.611415525, 0.387924911,
        ]
        let model = try Self.model("gridworld")
        for plan in try Self.plans(model, discount: 1) {
            let values = plan.values.indices.filter { !model.isAbsorbing[$0] }.map { plan.values[$0] }
            #expect(values.count == golden.count)
            for (value, expected) in zip(values, golden) { #expect((value - expected).magnitude < 1e-8) }
        }
    }

    @Test("the lecture's grid under the uniform policy: the table every course prints")
    func lectureGrid() throws {
        let model = try Self.model("gridworld-lecture")
        let values = try ExactEvaluation.values(ofProbabilities: ExactEvaluation.uniform(model), in: model, discount: 1)
        let golden: [Double] = [0, -14, -20, -22, -14, -18, -20, -20, -20, -20, -18, -14, -22, -20, -14, 0]
        for (value, expected) in zip(values, golden) { #expect((value - expected).magnitude < 1e-9) }
    }

    @Test(
        "every undiscounted plan's policy earns what the plan says",
        arguments: ["frozenlake", "frozenlake-8x8", "cliffwalking", "taxi"])
    func policiesArrive(world: String) throws {
        let model = try Self.model(world)
        for plan in try Self.plans(model, discount: 1) {
            let values = try ExactEvaluation.values(ofActions: plan.policy, in: model, discount: 1)
            for (a, b) in zip(values, plan.values) { #expect((a - b).magnitude < 1e-8) }
        }
    }
}
