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

    public private(set) var position = -0.5
    /// Position gained in one step.
    public private(set) var velocity = 0.0

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
        position = random.uniform(low, high)
        velocity = 0
    }

    @inline(__always) public mutating func step(_ action: Action, using random: inout RandomSource) -> Outcome {
        let choice = action.index
        guard UInt(bitPattern: choice) < 3 else { fatalError("Mountain Car has actions 0, 1 and 2, got \(choice)") }
        let isThere = MountainCar.advance(&position, &velocity, drive: Double(choice), goalVelocity: goalVelocity)
        return Outcome(reward: -1, ending: isThere ? .terminated : .running)
    }

    /// One step of one lane or of eight; `drive` is the action's number.
    ///
    /// - Returns: whether the flag is reached.
    @inline(__always) static func advance<Number: Reals>(
        _ position: inout Number, _ velocity: inout Number, drive: Number, goalVelocity: Double
    ) -> Number.Truth {
        let gained = (drive - 1) * force - (3 * position).cosine * gravity
        velocity = (velocity + gained).bounded(-Valley.speedLimit, Valley.speedLimit)
        position = (position + velocity).bounded(Valley.left, Valley.right)
        // The left end is a wall; the right end lies behind the flag.
        let isAtWall = (position .<= Valley.left) .& (velocity .< 0)
        velocity = velocity.replacing(with: 0, where: isAtWall)
        return (position .>= goal) .& (velocity .>= goalVelocity)
    }

    @inline(__always) public func observe(into row: inout MutableSpan<Float>) {
        row[0] = Float(position)
        row[1] = Float(velocity)
    }

    /// Position, velocity.
    public var state: [Double] { [position, velocity] }

    public func save(into archive: inout Archive) { archive.store(state, as: "state") }
    public mutating func load(from archive: Archive) throws(ArchiveError) {
        let found = try archive.doubles("state", count: 2)
        position = found[0]
        velocity = found[1]
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
    }
}
