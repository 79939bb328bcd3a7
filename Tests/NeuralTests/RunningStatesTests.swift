// What is kept with the parameters but not learned: copied, blended, saved and loaded with them, touched by no optimizer.
import Basics
import Kernels
import Neural
import TestSupport
import Testing

@Suite struct RunningStatesTests {
    private func store() -> (store: ParameterStore, state: RunningState, other: RunningState) {
        var random = RandomSource(seed: 2)
        let store = ParameterStore()
        _ = store.reserve("w", [3], .constant(1), using: &random)
        return (store, store.reserveState("mean", [5], 2), store.reserveState("variance", [2, 2], 3))
    }

    @Test func statesBeginAsTheyAreTold() {
        let (store, state, other) = store()
        #expect(store.values(of: state).array == [2, 2, 2, 2, 2] && store.values(of: other).array == [3, 3, 3, 3])
        #expect(store.count == 16 && store.values.count == 16 && store.gradients.count == 16)
    }

    @Test func copiesAndBlendsAsTheParametersDo() {
        let (store, state, other) = store()
        let copy = store.copy()
        copy.values(of: state).fill(6)
        #expect(store.values(of: state)[0] == 2 && copy.values(of: other)[3] == 3)
        store.blend(toward: copy, by: 0.25)
        #expect(store.values(of: state).array == [3, 3, 3, 3, 3] && store.values(of: other)[0] == 3)
        store.copyValues(from: copy)
        #expect(store.values(of: state)[4] == 6)
    }

    @Test func savedAndLoadedByName() throws {
        let (store, state, _) = store()
        store.values(of: state)[3] = 7
        var archive = Archive()
        store.save(into: &archive)
        #expect(archive.names == ["w", "mean", "variance"] && archive["variance"]?.shape == [2, 2])
        let (fresh, _, _) = self.store()
        try fresh.load(from: archive)
        #expect(fresh.values(of: state).array == [2, 2, 2, 7, 2])

        var damaged = Archive()
        damaged.store([Float](repeating: 9, count: 3), shape: [3], as: "w")
        damaged.store([2, 2, .nan, 7, 2], shape: [5], as: "mean")
        damaged.store([Float](repeating: 3, count: 4), shape: [2, 2], as: "variance")
        #expect(throws: ArchiveError("\"mean\" holds nan at index 2")) { try fresh.load(from: damaged) }
        #expect(fresh.values[0] == 1, "a failed load changes nothing")
    }

    /// After every run the state is what its node was; the run itself reads what stood there before.
    @Test func anUpdateComesAfterTheRun() {
        let (store, state, _) = store()
        let tape = Tape(rows: 1, parameters: store)
        let old = tape.state(state)
        let w = tape.parameter(store.parameters[0])
        let doubled = tape.output(old.scaled(by: 2))
        tape.update(state, to: doubled.node)
        // ∂(w · sum of state)/∂w = 10 in the first run, whose backward pass must not see the new state.
        let program = tape.compile(minimizing: (w.sum() * old.sum()))
        #expect(program.gradients(rows: 1) == 30)
        #expect(store.gradients(of: store.parameters[0]).array == [10, 10, 10])
        #expect(store.values(of: state).array == [4, 4, 4, 4, 4])
        program.forward(rows: 1)
        #expect(store.values(of: state)[0] == 8)
    }

    @Test func anUpdateThatDoesNotFitIsRefused() async {
        let rows = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            var random = RandomSource(seed: 2)
            let store = ParameterStore()
            _ = store.reserve("w", [3], .constant(1), using: &random)
            let state = store.reserveState("mean", [5], 2)
            let tape = Tape(rows: 2, parameters: store)
            tape.update(state, to: tape.input(.vector(5)).node, file: "Somewhere/Network.swift", line: 4711)
        }
        #expect(
            rows.lastWords.contains("\"mean\" is one row of 5 numbers for the whole batch, its update has shape [5] for each row")
        )
        #expect(rows.lastWords.contains("Somewhere/Network.swift:4711"))
        await #expect(processExitsWith: .failure) {
            let store = ParameterStore()
            _ = store.reserveState("twice", [1], 0)
            _ = store.reserveState("twice", [1], 0)
        }
    }
}
