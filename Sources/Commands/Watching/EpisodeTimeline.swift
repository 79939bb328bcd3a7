// One episode of one world as it is being played, that can be stepped back and forth.

import Basics
import Kernels
import RLCore
import Training

/// Equal actions give the same episode again, so going back needs no more than a world saved now and then and the actions since.
final class EpisodeTimeline {
    private let world: any VectorEnvironment
    private var batch: StepBatch
    private let taken: Actions
    private(set) var seed: UInt64
    /// Every action of the episode, those beyond `position` too, which `forward` takes again.
    private(set) var actions: [RecordedAction] = []
    /// The sum of rewards at the start and after each action of `actions`.
    private var sums = [0.0]
    /// Whether a person chose each action of `actions`.
    private var persons: [Bool] = []
    private var lastEnding = Ending.running
    /// The number of actions taken to come to what is shown.
    private(set) var position = 0

    /// The world before action `position`, a multiple of `spacing`, ascending.
    private var saved: [(position: Int, world: Archive)] = []
    private var spacing = 32
    /// Enough that a step back takes no time a person would notice, few enough that large worlds in long episodes fit in memory.
    private static let mostSaved = 64
    var savedCount: Int { saved.count }

    /// What was done in an episode: enough to play it again.
    struct Played {
        let seed: UInt64
        let actions: [RecordedAction]
        /// How many of them a person chose.
        let personSteps: Int
    }
    /// The episode up to what is shown.
    var played: Played {
        Played(seed: seed, actions: Array(actions[..<position]), personSteps: persons[..<position].count { $0 })
    }

    /// - Parameter world: of one lane.
    init(_ world: any VectorEnvironment, seed: UInt64) {
        precondition(world.lanes == 1, "a timeline of \(world.lanes) lanes")
        self.world = world
        self.seed = seed
        taken = Actions(lanes: 1, space: world.actionSpace)
        batch = world.reset(using: [RandomSource(seed: seed)])
        save()
    }

    var actionSpace: Space { world.actionSpace }
    var observationSpace: Space { world.observationSpace }
    /// How the episode stands at what is shown.
    var ending: Ending { position == actions.count ? lastEnding : .running }
    /// What is seen now, one row, valid until the timeline moves: after an ending the last view.
    var observation: Rows { ending == .running ? batch.observations.slice(0, 1) : batch.successor(of: 0) }
    /// The sum of rewards at what is shown.
    var totalReward: Double { sums[position] }
    /// The sum of rewards after each step up to what is shown, 0 first.
    var returns: [Double] { Array(sums[...position]) }
    var lastAction: RecordedAction? { position == 0 ? nil : actions[position - 1] }
    /// What `forward` would do.
    var nextAction: RecordedAction? { position < actions.count ? actions[position] : nil }
    /// The number of the state, of worlds of states.
    var worldState: [Double] { ending == .running ? world.state(of: 0) : world.finalState(of: 0) }

    /// Adds what the world looks like to `scene`.
    func draw(on scene: inout Scene) {
        // After an ending the lane shows the next episode already.
        if ending == .running { world.draw(0, on: &scene) } else { world.drawFinal(0, on: &scene) }
    }

    /// Another episode, or the same again.
    func begin(seed: UInt64) {
        self.seed = seed
        actions = []
        persons = []
        sums = [0]
        lastEnding = .running
        position = 0
        saved = []
        spacing = 32
        batch = world.reset(using: [RandomSource(seed: seed)])
        save()
    }

    /// Takes `action`; what lay ahead is forgotten.
    ///
    /// - Precondition: the episode is running.
    func take(_ action: RecordedAction, byPerson: Bool = false) {
        precondition(ending == .running, "an action after the episode's end")
        forgetAhead()
        actions.append(action)
        persons.append(byPerson)
        let reward = step(action)
        sums.append(sums[position - 1] + reward)
        lastEnding = batch.ending(of: 0)
    }

    /// Takes the next known action again.
    ///
    /// - Returns: false when none is known.
    @discardableResult func forward() -> Bool {
        guard let next = nextAction else { return false }
        _ = step(next)
        return true
    }

    /// Shows the world as it was one step before.
    ///
    /// - Returns: false at the start.
    @discardableResult func back() -> Bool {
        guard position > 0 else { return false }
        go(to: position - 1)
        return true
    }

    /// From now on somebody else decides: known actions beyond what is shown are forgotten.
    func forgetAhead() {
        guard position < actions.count else { return }
        actions.removeSubrange(position...)
        persons.removeSubrange(position...)
        sums.removeSubrange((position + 1)...)
        lastEnding = .running
        // They show a future that will not come.
        saved.removeAll { $0.position > position }
    }

    private func go(to target: Int) {
        guard let start = saved.last(where: { $0.position <= target }) else { preconditionFailure("the start is always saved") }
        do {
            try world.load(from: start.world)
        } catch {
            preconditionFailure("a world refuses what it saved itself: \(error)")
        }
        position = start.position
        while position < target { _ = step(actions[position]) }
    }

    private func step(_ action: RecordedAction) -> Double {
        save()
        action.write(to: taken, lane: 0)
        batch = world.step(taken)
        position += 1
        return Double(batch.rewards[0])
    }

    /// Saves the world where one is due and none is kept yet; keeps every second one when they become many.
    private func save() {
        guard position % spacing == 0, saved.last.map({ $0.position < position }) ?? true else { return }
        var archive = Archive()
        world.save(into: &archive)
        saved.append((position, archive))
        if saved.count > EpisodeTimeline.mostSaved {
            spacing *= 2
            saved.removeAll { $0.position % spacing != 0 }
        }
    }
}
