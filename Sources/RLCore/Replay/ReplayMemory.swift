// What happened, each frame stored once, from which batches are drawn (Lin 1992; Mnih et al. 2015).
import Basics
import Kernels

/// A ring of slots for each lane. A slot holds a frame, and what was done and earned there; what followed stands in the next slot.
///
/// So a successor is never stored twice. Two kinds of slots hold a frame only: the true last view of an episode that was cut short,
/// which is what its last step bootstraps from, and the older frames of an episode's first stack. Rewards of several steps are
/// summed when a transition is drawn (Sutton & Barto 2018, equation 7.1), never across the end of an episode.
public final class ReplayMemory {
    /// What a slot holds.
    enum Kind: UInt8 {
        case frame, running, terminated, truncated
        init(_ ending: Ending) {
            switch ending {
            case .running: self = .running
            case .terminated: self = .terminated
            case .truncated: self = .truncated
            }
        }
    }

    /// How a memory is built.
    public struct Plan: Hashable, Sendable {
        /// Transitions, of all lanes together.
        public let capacity: Int
        public let lanes: Int
        public let space: Space
        /// Steps whose rewards are summed: 1 for one-step returns.
        public let steps: Int
        public let discount: Float
        /// One bit for each number of a frame: whether it is not zero.
        public let isPacked: Bool
        /// α and ε of prioritised drawing; nil draws uniformly.
        public let priorities: PriorityPlan?
        public let batchSize: Int

        public init(
            capacity: Int, lanes: Int, space: Space, steps: Int = 1, discount: Float, packed: Bool = false,
            priorities: PriorityPlan? = nil, batchSize: Int
        ) {
            guard capacity > 0, lanes > 0, steps > 0 else {
                fatalError("a replay memory of \(capacity) transitions of \(steps) steps in \(lanes) lanes")
            }
            self.capacity = capacity
            self.lanes = lanes
            self.space = space
            self.steps = steps
            self.discount = discount
            isPacked = packed
            self.priorities = priorities
            self.batchSize = batchSize
        }

        /// Room for the transitions, and for the frames around them that are no transitions however short episodes are.
        var slotsOfALane: Int { max((capacity + lanes - 1) / lanes, steps) + 2 * FrameStore.stack(of: space) + 1 }
        /// What such a memory needs.
        public var byteCount: Int {
            let slots = lanes * slotsOfALane
            return FrameStore.byteCount(slots: slots, space: space, packed: isPacked) + slots * 10
                + (priorities == nil ? 0 : Priorities.byteCount(slots: slots))
        }
    }
    public struct PriorityPlan: Hashable, Sendable {
        public let exponent: Float
        public let epsilon: Float
        public init(exponent: Float, epsilon: Float) {
            self.exponent = exponent
            self.epsilon = epsilon
        }
    }

    public let plan: Plan
    /// Transitions that can be drawn.
    public internal(set) var count = 0
    let length: Int
    let stack: Int
    let frames: FrameStore
    let actions: Storage<Int32>
    let rewards: Storage<Float>
    let kinds: Storage<UInt8>
    /// 1 where the transition can be drawn: complete, with all the frames of its view still there.
    let ready: Storage<UInt8>
    /// The slots of the batch drawn last.
    let drawn: Storage<Int32>
    let priorities: Priorities?
    /// Of each lane: the place whose view awaits its action, how many places have ever been written, and how often.
    var cursors: [Int]
    var written: [Int]
    var pushed: [Int]

    /// - Precondition: actions are discrete.
    public init(_ plan: Plan) {
        self.plan = plan
        length = plan.slotsOfALane
        let slots = plan.lanes * length
        frames = FrameStore(slots: slots, space: plan.space, packed: plan.isPacked)
        stack = frames.stack
        actions = Storage(count: slots)
        rewards = Storage(count: slots)
        kinds = Storage(count: slots)
        ready = Storage(count: slots)
        drawn = Storage(count: plan.batchSize)
        priorities = plan.priorities.map {
            Priorities(slots: slots, exponent: $0.exponent, epsilon: $0.epsilon, batchSize: plan.batchSize)
        }
        cursors = Array(repeating: -1, count: plan.lanes)
        written = Array(repeating: 0, count: plan.lanes)
        pushed = Array(repeating: 0, count: plan.lanes)
    }

    /// A lane's episode begins with the view in `row`, all frames of its stack.
    public func begin(lane: Int, _ views: Rows, row: Int) {
        for place in 0..<stack { push(lane, views, row: row, place: place) }
    }

    /// What was done at the lane's newest view, and what came of it; overwrites the oldest when full.
    ///
    /// - Parameters:
    ///   - successor: the true next view, one row.
    ///   - next: what the lane acts on next: already another episode's first view where this one ended.
    public func append(lane: Int, action: Int32, reward: Float, ending: Ending, successor: Rows, next: Rows) {
        let place = cursors[lane], slot = lane * length + place
        actions.all[slot] = action
        rewards.all[slot] = reward
        kinds.all[slot] = Kind(ending).rawValue
        switch ending {
        case .running:
            admit(lane, place, waiting: plan.steps - 1)
            push(lane, next, row: 0, place: stack - 1)
        case .truncated:
            admitAll(lane, place)
            push(lane, successor, row: 0, place: stack - 1)
            begin(lane: lane, next, row: 0)
        case .terminated:
            admitAll(lane, place)
            begin(lane: lane, next, row: 0)
        }
    }

    /// A frame into the lane's next slot. Views that reach back to what it overwrites can be drawn no more.
    private func push(_ lane: Int, _ views: Rows, row: Int, place: Int) {
        let next = cursors[lane] + 1 == length ? 0 : cursors[lane] + 1
        cursors[lane] = next
        written[lane] = min(written[lane] + 1, length)
        pushed[lane] += 1
        let stale = next + stack - 1
        withdraw(lane * length + (stale >= length ? stale - length : stale))
        let slot = lane * length + next
        kinds.all[slot] = Kind.frame.rawValue
        frames.write(slot, from: views, row: row, place: place)
    }

    func before(_ slot: Int) -> Int { slot % length == 0 ? slot + length - 1 : slot - 1 }
    func after(_ slot: Int) -> Int { slot % length == length - 1 ? slot - length + 1 : slot + 1 }

    /// The episode goes on: the transition `waiting` steps before `place` has all of its rewards now, if the episode is that old.
    private func admit(_ lane: Int, _ place: Int, waiting: Int) {
        var slot = lane * length + place
        for _ in 0..<waiting {
            slot = before(slot)
            guard kinds.all[slot] == Kind.running.rawValue else { return }
        }
        admit(slot)
    }
    /// The episode has ended: no transition of it need wait any longer.
    private func admitAll(_ lane: Int, _ place: Int) {
        var slot = lane * length + place
        admit(slot)
        for _ in 1..<plan.steps {
            slot = before(slot)
            guard kinds.all[slot] == Kind.running.rawValue else { return }
            admit(slot)
        }
    }
    private func admit(_ slot: Int) {
        ready.all[slot] = 1
        count += 1
        priorities?.admit(slot)
    }
    private func withdraw(_ slot: Int) {
        guard ready.all[slot] == 1 else { return }
        ready.all[slot] = 0
        count -= 1
        priorities?.withdraw(slot)
    }
}
