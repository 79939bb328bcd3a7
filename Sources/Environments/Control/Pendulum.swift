// Pendulum: swing a rod up and hold it there with a torque too weak to lift it at once (Gymnasium's Pendulum-v1).
public import Basics
import Kernels
public import RLCore

/// The state is the angle θ in radians, 0 upright and never wrapped, and its speed in radians per second.
///
/// Equal to Gymnasium 1.4's `Pendulum-v1` operation by operation, in the precision of each, with our own sine and cosine in place of
/// libm's. Reward: −(θ² + 0.1·speed² + 0.001·torque²) before the step, θ taken within half a turn.
public struct Pendulum: Environment {
    /// Newton metres.
    public static let torqueLimit: Float = 2
    /// Radians per second.
    public static let speedLimit = 8.0
    /// Seconds between states.
    private static let tau = 0.05

    public var one = Motion(angle: 0.0, speed: 0.0, torque: 0.0)

    private let gravity: Double
    private let widestAngle: Double
    private let highestSpeed: Double

    /// - Parameters:
    ///   - gravity: metres per second squared.
    ///   - widestAngle: the first angle is uniform in ± this, radians.
    ///   - highestSpeed: the first speed is uniform in ± this, radians per second.
    public init(gravity: Double = 10, widestAngle: Double = .pi, highestSpeed: Double = 1) {
        guard widestAngle >= 0 && highestSpeed >= 0 else {
            fatalError("the first state lies within ±\(widestAngle), ±\(highestSpeed); neither may be negative")
        }
        self.gravity = gravity
        self.widestAngle = widestAngle
        self.highestSpeed = highestSpeed
    }

    public var observationSpace: Space {
        let speed = Float(Pendulum.speedLimit)
        return .box(.vector(3), low: [-1, -1, -speed], high: [1, 1, speed])
    }
    /// The torque in newton metres; one beyond the limit counts as the limit.
    public var actionSpace: Space { .box(.vector(1), low: [-Pendulum.torqueLimit], high: [Pendulum.torqueLimit]) }

    public mutating func reset(using random: inout RandomSource) {
        one.angle = random.uniform(-widestAngle, widestAngle)
        one.speed = random.uniform(-highestSpeed, highestSpeed)
        one.torque = 0
    }

    @inline(__always) public mutating func step(_ action: Action, using random: inout RandomSource) -> Outcome {
        let torque = Double(action.values[0])
        guard !torque.isNaN else { fatalError("a torque that is not a number") }
        return Outcome(reward: Float(-advance(&one, torque: torque)), ending: .running)
    }

    @inline(__always) public func observe(into row: inout MutableSpan<Float>) {
        let (sine, cosine) = sineAndCosine(one.angle)
        row[0] = Float(cosine)
        row[1] = Float(sine)
        row[2] = Float(one.speed)
    }

    /// Angle, speed.
    public var state: [Double] { [one.angle, one.speed] }

    public func save(into archive: inout Archive) {
        archive.store(state, as: "state")
        archive.store([Float(one.torque)], as: "torque")
    }
    public mutating func load(from archive: Archive) throws(ArchiveError) {
        let found = try archive.doubles("state", count: 2), turned = try archive.floats("torque", count: 1)
        one = Motion(angle: found[0], speed: found[1], torque: Double(turned[0]))
    }
}

extension Pendulum {
    /// Of one rod or of eight.
    public struct Motion<Number: BitwiseCopyable & Sendable & Equatable>: BitwiseCopyable, Sendable, Equatable {
        public var angle: Number
        public var speed: Number
        /// Newton metres of the last step, within the limit; what a picture shows.
        public var torque: Number
    }

    /// One step of one rod of 1 kg and 1 m, or of eight.
    ///
    /// - Parameter torque: in single precision, as what is computed of it alone.
    /// - Returns: what the step costs.
    @inline(__always) private func advance<Number: Reals>(_ motion: inout Motion<Number>, torque: Number) -> Number {
        let limit = Double(Pendulum.torqueLimit)
        let torque = torque.bounded(-limit, limit)
        let effort = (Double(Float(0.001)) * (torque * torque).single).single
        let lean = (motion.angle + .pi).withinTurn - .pi
        let cost = lean * lean + 0.1 * (motion.speed * motion.speed) + effort
        let acceleration = 3 * gravity / 2 * motion.angle.sine + (3 * torque).single
        motion.speed = (motion.speed + acceleration * Pendulum.tau).bounded(-Pendulum.speedLimit, Pendulum.speedLimit)
        motion.angle = motion.angle + motion.speed * Pendulum.tau
        motion.torque = torque
        return cost
    }
}

extension Pendulum: WideEnvironment {
    public var eight: Motion<SIMD8<Double>> {
        Motion(
            angle: SIMD8(repeating: one.angle), speed: SIMD8(repeating: one.speed), torque: SIMD8(repeating: one.torque))
    }
    public var isCertain: Bool { true }

    @inline(__always) public func step(_ eight: inout Motion<SIMD8<Double>>, _ actions: EightActions) -> EightOutcomes {
        guard let torques = actions.values(0) else { fatalError("a torque that is not a number") }
        return EightOutcomes(rewards: -advance(&eight, torque: torques), terminated: 0)
    }
    @inline(__always) public func observe(_ eight: Motion<SIMD8<Double>>, into rows: EightRows) {
        let (sine, cosine) = eight.angle.sineAndCosine
        rows.write(cosine, sine, eight.speed)
    }
}

extension Pendulum {
    public static let specification = EnvironmentSpecification(
        "pendulum", version: 1, summary: "swing a pendulum up and hold it (Gymnasium's Pendulum-v1)", timeLimit: 200,
        threshold: nil, observationNames: ["cosine of the angle", "sine of the angle", "angular velocity (rad/s)"],
        actionNames: ["torque (N m)"],
        declarations: [
            SettingDeclaration("g", .number(10), .numbers(0...100), help: "gravity, in metres per second squared"),
            SettingDeclaration(
                "x_init", .number(.pi), .numbers(0...Double.pi), help: "the first angle is uniform between minus this and this"),
            SettingDeclaration(
                "y_init", .number(1), .numbers(0...speedLimit), help: "the first angular velocity likewise"),
        ]
    ) { (settings) throws(SettingError) in
        Pendulum(
            gravity: settings.number("g"), widestAngle: settings.number("x_init"), highestSpeed: settings.number("y_init"))
    }.shown(stepsPerSecond: 20)
}
