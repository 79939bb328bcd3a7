// Mountain Car with a pedal that can be pressed halfway (Gymnasium's MountainCarContinuous-v0).
public import Basics
import Kernels
public import RLCore

/// The valley of Mountain Car; the state is position and velocity, an observation its float32 cast.
///
/// Equal to Gymnasium 1.4's `MountainCarContinuous-v0` in the precision of each of its operations: the state is double after a reset
/// and single after every step, and what is computed from it follows. With doubles alone an episode drifts from it by 2e-7.
/// Reward: 100 for the flag, less 0.1·action² for every step.
public struct MountainCarContinuous: Environment {
    /// Velocity that one step of driving adds.
    private static let power = 0.0015
    /// Velocity that one step adds on a slope of 1.
    private static let gravity = 0.0025
    public static let goal = 0.45

    public private(set) var position = -0.5
    /// Position gained in one step.
    public private(set) var velocity = 0.0
    /// Before the first step of an episode, when the state is in double precision.
    private var isFresh = true

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
    /// How hard it drives to the right; beyond ±1 as hard as at ±1, but paid for in full.
    public var actionSpace: Space { .box(.vector(1), low: [-1], high: [1]) }

    public mutating func reset(using random: inout RandomSource) {
        position = random.uniform(low, high)
        velocity = 0
        isFresh = true
    }

    @inline(__always) public mutating func step(_ action: Action, using random: inout RandomSource) -> Outcome {
        let pedal = action.values[0]
        guard !pedal.isNaN else { fatalError("a pedal that is not a number") }
        let angle = isFresh ? 3 * position : Double(3 * Float(position))
        let pull = MountainCarContinuous.gravity * cosine(angle)
        let full = pedal > 1 ? MountainCarContinuous.power - pull : -MountainCarContinuous.power - pull
        let gained = pedal.magnitude > 1 ? full : Double(pedal * Float(MountainCarContinuous.power) - Float(pull))
        if isFresh {
            velocity = (velocity + gained).bounded(-Valley.speedLimit, Valley.speedLimit)
            position = (position + velocity).bounded(Valley.left, Valley.right)
            if position == Valley.left && velocity < 0 { velocity = 0 }
        } else {
            let limit = Float(Valley.speedLimit)
            let speed = min(max(Float(velocity) + Float(gained), -limit), limit)
            let place = min(max(Float(position) + speed, Float(Valley.left)), Float(Valley.right))
            velocity = place == Float(Valley.left) && speed < 0 ? 0 : Double(speed)
            position = Double(place)
        }
        let goal = isFresh ? MountainCarContinuous.goal : Double(Float(MountainCarContinuous.goal))
        let least = isFresh ? goalVelocity : Double(Float(goalVelocity))
        let isThere = position >= goal && velocity >= least
        position = position.single
        velocity = velocity.single
        isFresh = false
        let reward = (isThere ? 100 : 0) - Double(pedal) * Double(pedal) * 0.1
        return Outcome(reward: Float(reward), ending: isThere ? .terminated : .running)
    }

    @inline(__always) public func observe(into row: inout MutableSpan<Float>) {
        row[0] = Float(position)
        row[1] = Float(velocity)
    }

    /// Position, velocity.
    public var state: [Double] { [position, velocity] }

    public func draw(on scene: inout Scene) { Valley.draw(car: position, goal: MountainCarContinuous.goal, on: &scene) }

    public func save(into archive: inout Archive) {
        archive.store(state, as: "state")
        archive.store(isFresh ? 1 : 0, as: "fresh")
    }
    public mutating func load(from archive: Archive) throws(ArchiveError) {
        let found = try archive.doubles("state", count: 2)
        isFresh = try archive.integer("fresh") != 0
        position = found[0]
        velocity = found[1]
    }
}

extension MountainCarContinuous {
    public static let specification = EnvironmentSpecification(
        "mountaincarcontinuous", version: 1,
        summary: "gather speed to climb a hill, sparing the motor (Gymnasium's MountainCarContinuous-v0)",
        timeLimit: 999, threshold: 90, observationNames: Valley.observationNames, actionNames: ["drive to the right"],
        declarations: Valley.declarations
    ) { (settings) throws(SettingError) in
        let (low, high) = try Valley.start(settings)
        return MountainCarContinuous(goalVelocity: settings.number("goal_velocity"), low: low, high: high)
    }.shown(stepsPerSecond: 30)
}
