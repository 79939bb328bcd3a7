// What every world must obey, as one checker: a new world is tested by calling it.
import Basics
import Kernels

/// Plays random episodes and lists each law that was broken, in a sentence; an empty list is a pass.
///
/// The laws:
/// - a reset forgets: after it a used world equals a new one that was reset with the same source;
/// - so does the beginning of an episode after another: it depends on the world that ended, not on the one that takes its place;
/// - equal worlds, actions and sources give equal outcomes, equal worlds and equal sources;
/// - a copy lives its own life: stepping the original changes neither its view, its state nor what it saves;
/// - a world that was saved and loaded equals the original and goes on like it; an archive without its tensors is refused;
/// - an observation fills its whole row, with finite numbers inside the space;
/// - stepping changes no space; rewards are finite; a time limit around the world truncates and never terminates.
public func brokenEnvironmentLaws<World: Environment>(
    of world: World, seed: UInt64 = 0, episodes: Int = 10, steps: Int = 2000
) -> [String] {
    var broken: [String] = []
    var place = ""
    func law(_ holds: Bool, _ sentence: @autoclosure () -> String) {
        if !holds && broken.count < 20 { broken.append("\(place): \(sentence())") }
    }
    var random = RandomSource(seed: seed, key: [0])
    var chooser = RandomSource(seed: seed, key: [1])
    let actions = Actions(lanes: 1, space: world.actionSpace)
    var here = world
    for episode in 0..<episodes {
        place = "episode \(episode), reset"
        var fresh = world
        var freshRandom = random
        here.reset(using: &random)
        fresh.reset(using: &freshRandom)
        law(
            here == fresh && random == freshRandom && Portrait(of: here) == Portrait(of: fresh),
            "a used world and a new one differ after equal resets")

        for step in 0..<steps {
            place = "episode \(episode), step \(step)"
            let before = Portrait(of: here)
            law(before.isWhole, "the observation leaves a number of its row unwritten")
            law(before.isInside(here.observationSpace), "the observation lies outside \(here.observationSpace)")

            actions.draw(0, from: here.actionSpace, using: &chooser)
            let source = random
            var twin = here
            let outcome = here.step(actions[0], using: &random)
            law(outcome.reward.isFinite, "the reward is \(outcome.reward)")
            law(here.observationSpace == world.observationSpace && here.actionSpace == world.actionSpace, "a space changed")
            law(Portrait(of: twin) == before, "stepping a world changed its copy")

            let after = Portrait(of: here)
            /// Steps `other` from the same place with the same chance.
            func agrees(_ other: inout World) -> Bool {
                var otherRandom = source
                return other.step(actions[0], using: &otherRandom) == outcome && other == here && otherRandom == random
                    && Portrait(of: other) == after
            }
            var limited = TimeLimit(twin, limit: 1)
            law(agrees(&twin), "equal worlds gave different outcomes")
            do {
                var loaded = world
                try loaded.load(from: before.archive)
                law(agrees(&loaded), "a loaded world went on differently from the saved one")
                loaded = world
                try loaded.load(from: after.archive)
                law(loaded == here && Portrait(of: loaded) == after, "the loaded world differs from the saved one")
            } catch {
                law(false, "loading what was saved failed: \(error)")
            }
            law(before.archive.names.isEmpty || refusesNothing(world), "an empty archive was loaded")
            var limitedRandom = source
            let end = limited.step(actions[0], using: &limitedRandom).ending
            law(
                end == (outcome.ending == .running ? .truncated : outcome.ending),
                "a time limit of 1 made \(outcome.ending) \(end)")
            if outcome.ending != .running {
                law(after.isInside(here.observationSpace), "the last observation lies outside \(here.observationSpace)")
                var next = world, other = here
                var nextRandom = random, otherRandom = random
                next.begin(after: here, using: &nextRandom)
                other.begin(after: here, using: &otherRandom)
                law(
                    next == other && nextRandom == otherRandom && Portrait(of: next) == Portrait(of: other),
                    "the episode after this one depends on the world that begins it")
                break
            }
        }
    }
    return broken
}

/// Whether an archive that holds nothing is refused.
private func refusesNothing<World: Environment>(_ world: World) -> Bool {
    var world = world
    do {
        try world.load(from: Archive())
        return false
    } catch {
        return true
    }
}

/// Everything that a world tells of itself, bit for bit.
private struct Portrait: Equatable {
    let observation: View
    /// The view does not depend on what its row held before.
    let isWhole: Bool
    let state: [UInt64]
    let archive: Archive

    /// One row, floats as their bits.
    enum View: Equatable {
        case bytes([UInt8])
        case floats([UInt32])
    }

    init<World: Environment>(of world: World) {
        observation = Portrait.view(of: world, over: 1)
        isWhole = observation == Portrait.view(of: world, over: 2)
        state = world.state.map(\.bitPattern)
        var archive = Archive()
        world.save(into: &archive)
        self.archive = archive
    }

    /// One row, written over one that was full of `background`.
    private static func view<World: Environment>(of world: World, over background: UInt8) -> View {
        let storage = RowStorage(count: 1, space: world.observationSpace)
        if case .bytes = world.observationSpace {
            storage.rows.bytes.fill(background)
            storage.rows.bytes.withSpan { world.observe(into: &$0) }
            return .bytes(storage.rows.bytes.array)
        }
        storage.rows.floats.fill(Float(background))
        storage.rows.floats.withSpan { world.observe(into: &$0) }
        return .floats(storage.rows.floats.array.map(\.bitPattern))
    }

    func isInside(_ space: Space) -> Bool {
        guard case .floats(let bits) = observation else { return true }
        let numbers = bits.map { Float(bitPattern: $0) }
        return switch space {
        case .bytes: false
        case .discrete(let count): numbers[0] >= 0 && numbers[0] < Float(count) && numbers[0] == numbers[0].rounded()
        case .box(_, let low, let high):
            numbers.indices.allSatisfy { i in numbers[i].isFinite && numbers[i] >= low[i] && numbers[i] <= high[i] }
        }
    }
}
