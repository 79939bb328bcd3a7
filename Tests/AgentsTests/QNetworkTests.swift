// The network of DQN: on vectors the plain perceptron, on states a table that stands for its first layer.

import Basics
import Environments
import Kernels
import Neural
import RLCore
import Testing

@testable import Agents

@Suite struct QNetworkTests {
    /// Outputs of a module for rows of `width` numbers, [rows · outputs].
    private func run(_ network: any Module, _ store: ParameterStore, _ rows: [Float], width: Int) -> [Float] {
        let tape = Tape(rows: rows.count / width, parameters: store)
        let inlet = tape.input(.vector(width), named: "x")
        let outlet = tape.output(network(inlet.node))
        let program = tape.compile()
        inlet.rows.copy(from: rows)
        program.forward(rows: rows.count / width)
        return outlet.rows.array
    }
    private func tensors(_ store: ParameterStore) -> Archive {
        var archive = Archive()
        store.save(into: &archive)
        return archive
    }

    @Test func onVectorsItIsThePerceptron() {
        let space = Space.box(.vector(3), low: [-1, -1, -1], high: [1, 1, 1])
        let stores = [ParameterStore(), ParameterStore()]
        var first = RandomSource(seed: 5), second = RandomSource(seed: 5)
        let network = QNetwork("q", space, .init(hidden: [7, 6], actions: 2), in: stores[0], using: &first)
        let plain = MLP("q", inputs: 3, hidden: [7, 6], outputs: 2, in: stores[1], using: &second)
        #expect(tensors(stores[0]) == tensors(stores[1]))
        let rows: [Float] = [0.1, -0.4, 2, 1, 0, -3]
        #expect(run(network, stores[0], rows, width: 3) == run(plain, stores[1], rows, width: 3))
    }

    @Test(arguments: [Activation.tanh, .silu])
    func theActivationIsTheOneThatIsAskedFor(_ activation: Activation) {
        let space = Space.box(.vector(3), low: [-1, -1, -1], high: [1, 1, 1])
        let stores = [ParameterStore(), ParameterStore(), ParameterStore()]
        var chance = Array(repeating: RandomSource(seed: 5), count: 3)
        let network = QNetwork("q", space, hidden: [7], activation: activation, actions: 2, in: stores[0], using: &chance[0])
        let plain = MLP("q", inputs: 3, hidden: [7], outputs: 2, activation: activation, in: stores[1], using: &chance[1])
        let usual = QNetwork("q", space, hidden: [7], actions: 2, in: stores[2], using: &chance[2])
        let rows: [Float] = [0.1, -0.4, 2, 1, 0, -3]
        #expect(run(network, stores[0], rows, width: 3) == run(plain, stores[1], rows, width: 3))
        #expect(run(network, stores[0], rows, width: 3) != run(usual, stores[2], rows, width: 3))
    }

    /// relu(table[s]) · W + b, by loops.
    @Test func onStatesItLooksUpARow() throws {
        let store = ParameterStore()
        var random = RandomSource(seed: 6)
        let network = QNetwork("q", .discrete(5), .init(hidden: [8], actions: 3), in: store, using: &random)
        let archive = tensors(store)
        #expect(archive.names.sorted() == ["q.0.bias", "q.0.weight", "q.states.table"])
        let table = try archive.floats("q.states.table", count: 40)
        let weights = try archive.floats("q.0.weight", count: 24), bias = try archive.floats("q.0.bias", count: 3)
        let outputs = run(network, store, [4, 0, 4], width: 1)
        for (row, state) in [4, 0, 4].enumerated() {
            for action in 0..<3 {
                let sum = (0..<8).reduce(bias[action]) { $0 + max(0, table[state * 8 + $1]) * weights[$1 * 3 + action] }
                #expect(abs(outputs[row * 3 + action] - sum) < 1e-6)
            }
        }
        #expect(outputs[0..<3] == outputs[6..<9] && outputs[0..<3] != outputs[3..<6])
    }

    /// A table's row is activated too: with a row of zeros, σ(0) = ½ reaches the layer behind it.
    @Test func onStatesTheActivationFollowsTheRow() {
        let store = ParameterStore()
        var random = RandomSource(seed: 6)
        let network = QNetwork("q", .discrete(1), hidden: [2], activation: .sigmoid, actions: 1, in: store, using: &random)
        for parameter in store.parameters { store.values(of: parameter).fill(parameter.name.hasSuffix("weight") ? 3 : 0) }
        #expect(run(network, store, [0], width: 1) == [3])
    }

    @Test func withoutHiddenLayersItIsATable() throws {
        let store = ParameterStore()
        var random = RandomSource(seed: 7)
        let network = QNetwork("q", .discrete(4), .init(hidden: [], actions: 2), in: store, using: &random)
        let table = try tensors(store).floats("q.states.table", count: 8)
        #expect(run(network, store, [2, 1], width: 1) == Array(table[4..<6] + table[2..<4]))
    }

    /// V = (1, 2), A = (10, 20), (30, 60), (20, −20) with means (20, 20): atom by atom V + A − mean A.
    @Test func duellingHeadsMeetAtomByAtom() throws {
        let store = ParameterStore()
        var random = RandomSource(seed: 8)
        let plan = QNetwork.Plan(hidden: [4], actions: 3, returns: .quantiles(2), isDueling: true)
        let network = QNetwork("q", .discrete(2), plan, in: store, using: &random)
        let given: [String: [Float]] = ["q.value.bias": [1, 2], "q.advantage.bias": [10, 20, 30, 60, 20, -20]]
        for parameter in store.parameters where parameter.name.contains("value") || parameter.name.contains("advantage") {
            store.values(of: parameter).copy(from: given[parameter.name] ?? Array(repeating: 0, count: parameter.count))
        }
        #expect(store.parameters.map(\.name).filter { given[$0] != nil }.count == 2)
        #expect(run(network, store, [1], width: 1) == [-9, 2, 11, 42, 1, -38])
    }

    /// Means of quantiles (1, 3) and (−2, 6); of three returns −1, 0 and 1 with logits that leave one of them.
    @Test func meansOfReturns() {
        let values = Storage<Float>(count: 2), shares = Storage<Float>(count: 6), outputs = Storage<Float>(count: 6)
        outputs.all.copy(from: [1, 3, -2, 6, 0, 0])
        ReturnModel.quantiles(2).means(of: outputs.all.slice(0, 4), count: 2, probabilities: .empty, into: values.all)
        #expect(values.all.array == [2, 2])
        outputs.all.copy(from: [0, 0, 100, 100, 100, 0])
        ReturnModel.categorical(atoms: 3, low: -1, high: 1).means(
            of: outputs.all, count: 2, probabilities: shares.all, into: values.all)
        #expect(values.all.array == [1, -0.5])
        #expect(zip(shares.all.array, [0, 0, 1, 0.5, 0.5, 0]).allSatisfy { abs($0 - $1) < 1e-6 })
    }

    /// What a policy thinks of the actions is what it acts by, and what regret is told.
    @Test func aPolicySaysWhatItThinks() throws {
        let world = try EnvironmentCatalogue.builtIn["frozenlake"]
        var apprentice = try Apprentice(
            in: world.makeVector(world.settings, lanes: 2), steps: 600, ["learning_starts": "64", "net_arch": "16"])
        apprentice.steps(300)
        #expect(apprentice.agent.updates > 100)
        let policy = try #require(apprentice.agent.makePolicy() as? any ActionValuing)
        let rows = RowStorage(count: 16, space: .discrete(16))
        for state in 0..<16 { rows.rows.floats[state] = Float(state) }
        let values = policy.actionValues(of: rows.rows)
        #expect(values.count == 64 && Set(values).count > 60)
        let actions = Actions(lanes: 16, space: .discrete(4))
        var sources = [RandomSource](repeating: RandomSource(seed: 0), count: 16)
        policy.begin(lanes: 16)
        policy.act(on: rows.rows, into: actions, mode: .greedy, using: &sources)
        for state in 0..<16 {
            let row = values[state * 4..<(state + 1) * 4]
            #expect(row[row.startIndex + Int(actions.indices[state])] == row.max())
        }
        let rules = try #require(try world.makeModel(world.settings))
        let model = try PlanningModel(rules)
        let regret = try Regret(of: policy, in: model, discount: 0.99)
        let error = try #require(regret.largestError)
        #expect(error > 0 && regret.regret >= 0 && regret.statesCounted == 11)
    }
}
