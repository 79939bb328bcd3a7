// What every world must obey, as one checker: a new world is tested by calling it.
import Basics
import Kernels

/// Plays random episodes and lists each law that was broken, in a sentence; an empty list is a pass.
///
/// The laws: equal values, actions and sources give equal outcomes; a copy lives its own life; what was saved and loaded equals
/// the original; observations lie inside their space; a reset is running; stepping does not change the spaces.
public func brokenEnvironmentLaws<World: Environment>(
    of world: World, seed: UInt64 = 0, episodes: Int = 10, steps: Int = 2000
) -> [String] {
    var broken: [String] = []
    func law(_ holds: Bool, _ sentence: @autoclosure () -> String) {
        if !holds && broken.count < 20 { broken.append(sentence()) }
    }
    var random = RandomSource(seed: seed, key: [0])
    var chooser = RandomSource(seed: seed, key: [1])
    var here = world
    for episode in 0..<episodes {
        here.reset(using: &random)
        for step in 0..<steps {
            let place = "episode \(episode), step \(step)"
            law(here.observationSpace == world.observationSpace && here.actionSpace == world.actionSpace, "\(place): a space changed")
            law(isInside(here), "\(place): the observation lies outside \(here.observationSpace)")

            let actions = randomAction(for: here.actionSpace, using: &chooser)
            let before = here
            var twin = here
            var twinRandom = random
            let outcome = here.step(actions[0], using: &random)
            law(before == twin, "\(place): stepping a value changed its copy")
            let again = twin.step(actions[0], using: &twinRandom)
            law(outcome == again && here == twin && random == twinRandom, "\(place): equal worlds gave different outcomes")
            law(outcome.reward.isFinite, "\(place): the reward is \(outcome.reward)")

            var archive = Archive()
            here.save(into: &archive)
            var loaded = world
            do {
                try loaded.load(from: archive)
                law(loaded == here, "\(place): the loaded world differs from the saved one")
            } catch {
                law(false, "\(place): loading what was saved failed: \(error)")
            }
            law(isInside(here), "\(place): the view after the step lies outside \(here.observationSpace)")
            if outcome.ending != .running { break }
        }
    }
    return broken
}

/// One action drawn uniformly (from [−1, 1] where a box has no bounds).
private func randomAction(for space: Space, using random: inout RandomSource) -> Actions {
    let actions = Actions(lanes: 1, space: space)
    switch space {
    case .discrete(let count): actions.indices[0] = Int32(random.below(count))
    case .box(let shape, let low, let high):
        for i in 0..<shape.count {
            actions.values[i] = Float(random.uniform(Double(max(low[i], -1)), Double(min(high[i], 1))))
        }
    case .bytes: fatalError("an action space of bytes")
    }
    return actions
}

private func isInside<World: Environment>(_ world: World) -> Bool {
    let storage = RowStorage(count: 1, space: world.observationSpace)
    switch world.observationSpace {
    case .bytes:
        storage.rows.bytes.withSpan { world.observe(into: &$0) }
        return true
    case .discrete(let count):
        storage.rows.floats.withSpan { world.observe(into: &$0) }
        let state = storage.rows.floats[0]
        return state >= 0 && state < Float(count) && state == state.rounded()
    case .box(let shape, let low, let high):
        storage.rows.floats.withSpan { world.observe(into: &$0) }
        return (0..<shape.count).allSatisfy { storage.rows.floats[$0] >= low[$0] && storage.rows.floats[$0] <= high[$0] }
    }
}
