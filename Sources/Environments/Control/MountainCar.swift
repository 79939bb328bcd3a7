// Mountain Car: a car too weak for the hill before it gathers speed on the one behind (Moore 1990; Gymnasium's MountainCar-v0).
public import Basics
import Kernels
public import RLCore

/// The state is position and velocity along a valley of height sin 3x; an observation is its float32 cast.
///
/// Equal to Gymnasium 1.4's `MountainCar-v0` operation by operation, in Double, with our own cosine in place of libm's.
/// Reward: −1 for every step, the one that reaches the flag included.
public struct MountainCar: Environment {
    /// Velocity that one step of driving adds.
    private static let force = 0.001
    /// Velocity that one step adds on a slope of 1.
    private static let gravity = 0.0025
    public static let goal = 0.5

    public var one = Motion(position: -0.5, velocity: 0.0)

    private let goalVelocity: Double
    private let low: Double
    private let high: Double

    /// - Parameters:
    ///   - goalVelocity: the flag counts only for a car that is at least this fast.
    ///   - low: the first position is uniform in [low, high).
    public init(goalVelocity: Double = 0, low: Double = -0.6, high: Double = -0.4) {
        guard low <= high else { fatalError("the first position lies in [\(low), \(high)), which is empty") }
        self.goalVelocity = goalVelocity
        self.low = low
        self.high = high
    }

    public var observationSpace: Space { Valley.observationSpace }
    /// 0 drives to the left, 1 rolls, 2 drives to the right.
    public var actionSpace: Space { .discrete(3) }

    public mutating func reset(using random: inout RandomSource) {
        one = Motion(position: random.uniform(low, high), velocity: 0)
    }

    @inline(__always) public mutating func step(_ action: Action, using random: inout RandomSource) -> Outcome {
        let choice = action.index
        guard UInt(bitPattern: choice) < 3 else { fatalError("Mountain Car has actions 0, 1 and 2, got \(choice)") }
        let isThere = advance(&one, drive: Double(choice))
        return Outcome(reward: -1, ending: isThere ? .terminated : .running)
    }

    @inline(__always) public func observe(into row: inout MutableSpan<Float>) {
        row[0] = Float(one.position)
        row[1] = Float(one.velocity)
    }

    /// Position, velocity.
    public var state: [Double] { [one.position, one.velocity] }

    public func draw(on scene: inout Scene) { Valley.draw(car: one.position, goal: MountainCar.goal, on: &scene) }

    public func save(into archive: inout Archive) { archive.store(state, as: "state") }
    public mutating func load(from archive: Archive) throws(ArchiveError) {
        let found = try archive.doubles("state", count: 2)
        one = Motion(position: found[0], velocity: found[1])
    }
}

extension MountainCar {
    /// Of one car or of eight.
    public struct Motion<Number: BitwiseCopyable & Sendable & Equatable>: BitwiseCopyable, Sendable, Equatable {
        public var position: Number
        /// Position gained in one step.
        public var velocity: Number
    }

    /// One step of one car or of eight; `drive` is the action's number.
    ///
    /// - Returns: whether the flag is reached.
    @inline(__always) private func advance<Number: Reals>(_ motion: inout Motion<Number>, drive: Number) -> Number.Truth {
        let gained = (drive - 1) * MountainCar.force - (3 * motion.position).cosine * MountainCar.gravity
        let velocity = (motion.velocity + gained).bounded(-Valley.speedLimit, Valley.speedLimit)
        motion.position = (motion.position + velocity).bounded(Valley.left, Valley.right)
        // The left end is a wall; the right end lies behind the flag.
        motion.velocity = velocity.replacing(with: 0, where: (motion.position .<= Valley.left) .& (velocity .< 0))
        return (motion.position .>= MountainCar.goal) .& (motion.velocity .>= goalVelocity)
    }
}

extension MountainCar: WideEnvironment {
    public var eight: Motion<SIMD8<Double>> {
        Motion(position: SIMD8(repeating: one.position), velocity: SIMD8(repeating: one.velocity))
    }
    public var isCertain: Bool { true }

    @inline(__always) public func step(_ eight: inout Motion<SIMD8<Double>>, _ actions: EightActions) -> EightOutcomes {
        guard let choices = actions.choices(3) else { fatalError("Mountain Car has actions 0, 1 and 2, got another") }
        return EightOutcomes(rewards: SIMD8(repeating: -1), terminated: advance(&eight, drive: choices).bits)
    }
    @inline(__always) public func observe(_ eight: Motion<SIMD8<Double>>, into rows: EightRows) {
        rows.write(eight.position, eight.velocity)
    }
}

extension MountainCar {
    public static let specification = EnvironmentSpecification(
        "mountaincar", version: 1, summary: "gather speed to climb a hill (Gymnasium's MountainCar-v0)", timeLimit: 200,
        threshold: -110, observationNames: Valley.observationNames, actionNames: ["drive left", "roll", "drive right"],
        declarations: Valley.declarations
    ) { (settings) throws(SettingError) in
        let (low, high) = try Valley.start(settings)
        return MountainCar(goalVelocity: settings.number("goal_velocity"), low: low, high: high)
    }.shown(stepsPerSecond: 30)
}
