// Cart-Pole: push a cart left or right so that the pole on it stays up (Barto, Sutton & Anderson 1983; Gymnasium's CartPole-v1).
public import Basics
import Kernels
public import RLCore

/// The state is (x, ẋ, θ, θ̇) in metres, metres per second, radians and radians per second; an observation is its float32 cast.
///
/// Equal to Gymnasium 1.4's `CartPole-v1` operation by operation, in Double, with our own sine and cosine in place of libm's.
/// Reward: +1 for every step, the terminating one included; stepped on after its end, a world pays 0 while it is out of bounds.
public struct CartPole: Environment {
    public enum Integrator: String, Hashable, Sendable, CaseIterable {
        /// Positions move with the old velocities.
        case euler
        /// Positions move with the new velocities.
        case semiImplicit = "semi-implicit"
    }

    private static let gravity = 9.8
    private static let totalMass = 1.1
    private static let poleMass = 0.1
    private static let halfLength = 0.5
    private static let poleMassLength = 0.05
    private static let force = 10.0
    /// Seconds between states.
    private static let tau = 0.02
    /// 12 degrees, in radians as Gymnasium computes them.
    public static let angleLimit = 12.0 * 2 * Double.pi / 360
    /// Metres from the centre.
    public static let positionLimit = 2.4

    public private(set) var x = 0.0
    public private(set) var velocity = 0.0
    public private(set) var angle = 0.0
    public private(set) var spin = 0.0
    private var isOver = false

    private let isEuler: Bool
    private let paysSuttonBarto: Bool
    private let low: Double
    private let high: Double

    /// - Parameters:
    ///   - suttonBartoReward: −1 on every step that ends out of bounds and 0 otherwise, instead of +1 a step.
    ///   - low: each component of the first state is uniform in [low, high).
    public init(
        integrator: Integrator = .euler, suttonBartoReward: Bool = false, low: Double = -0.05, high: Double = 0.05
    ) {
        guard low <= high else { fatalError("the first state lies in [\(low), \(high)), which is empty") }
        isEuler = integrator == .euler
        paysSuttonBarto = suttonBartoReward
        self.low = low
        self.high = high
    }

    public var observationSpace: Space {
        let angle = Float(2 * CartPole.angleLimit)
        return .box(.vector(4), low: [-4.8, -.infinity, -angle, -.infinity], high: [4.8, .infinity, angle, .infinity])
    }
    /// 0 pushes left, 1 pushes right.
    public var actionSpace: Space { .discrete(2) }

    public mutating func reset(using random: inout RandomSource) {
        x = random.uniform(low, high)
        velocity = random.uniform(low, high)
        angle = random.uniform(low, high)
        spin = random.uniform(low, high)
        isOver = false
    }

    @inline(__always) public mutating func step(_ action: Action, using random: inout RandomSource) -> Outcome {
        let choice = action.index
        guard UInt(bitPattern: choice) < 2 else { fatalError("Cart-Pole has actions 0 and 1, got \(choice)") }
        // Arithmetic, not a choice: a branch on what an agent does is mispredicted half of the time.
        let push = CartPole.force * Double(2 &* choice &- 1)
        let (sine, cosine) = sineAndCosine(angle)
        // Florian (2007), "Correct equations for the dynamics of the cart-pole system", equations 23 and 24, without friction.
        let shared = (push + CartPole.poleMassLength * (spin * spin) * sine) / CartPole.totalMass
        let turning =
            (CartPole.gravity * sine - cosine * shared)
            / (CartPole.halfLength * (4.0 / 3.0 - CartPole.poleMass * (cosine * cosine) / CartPole.totalMass))
        let pushing = shared - CartPole.poleMassLength * turning * cosine / CartPole.totalMass
        if isEuler {
            x += CartPole.tau * velocity
            velocity += CartPole.tau * pushing
            angle += CartPole.tau * spin
            spin += CartPole.tau * turning
        } else {
            velocity += CartPole.tau * pushing
            x += CartPole.tau * velocity
            spin += CartPole.tau * turning
            angle += CartPole.tau * spin
        }
        let isOut =
            x < -CartPole.positionLimit || x > CartPole.positionLimit || angle < -CartPole.angleLimit
            || angle > CartPole.angleLimit
        let reward: Float = paysSuttonBarto ? (isOut ? -1 : 0) : (isOut && isOver ? 0 : 1)
        isOver = isOver || isOut
        return Outcome(reward: reward, ending: isOut ? .terminated : .running)
    }

    @inline(__always) public func observe(into row: inout MutableSpan<Float>) {
        row[0] = Float(x)
        row[1] = Float(velocity)
        row[2] = Float(angle)
        row[3] = Float(spin)
    }

    /// x, ẋ, θ, θ̇.
    public var state: [Double] { [x, velocity, angle, spin] }

    public func save(into archive: inout Archive) {
        archive.store(state, as: "state")
        archive.store(isOver ? 1 : 0, as: "over")
    }
    public mutating func load(from archive: Archive) throws(ArchiveError) {
        let found = try archive.doubles("state", count: 4)
        isOver = try archive.integer("over") != 0
        x = found[0]
        velocity = found[1]
        angle = found[2]
        spin = found[3]
    }
}

extension CartPole {
    public static let specification = EnvironmentSpecification(
        "cartpole", version: 1, summary: "balance a pole on a cart (Gymnasium's CartPole-v1)", timeLimit: 500, threshold: 475,
        observationNames: ["cart position (m)", "cart velocity (m/s)", "pole angle (rad)", "pole angular velocity (rad/s)"],
        actionNames: ["push left", "push right"],
        declarations: [
            SettingDeclaration(
                "sutton_barto_reward", .boolean(false), help: "-1 when the pole falls and 0 otherwise, instead of +1 a step"),
            SettingDeclaration(
                "kinematics_integrator", .text("euler"), .words(Integrator.allCases.map(\.rawValue)),
                help: "how positions follow velocities"),
            SettingDeclaration(
                "low", .number(-0.05), .numbers(-0.2...0.2), help: "lower bound of each component of the first state"),
            SettingDeclaration(
                "high", .number(0.05), .numbers(-0.2...0.2), help: "upper bound of each component of the first state"),
        ]
    ) { (settings) throws(SettingError) in
        let low = settings.number("low"), high = settings.number("high")
        guard low <= high else { throw SettingError(key: "low", "low must not be above high, \(low) is above \(high)") }
        return CartPole(
            integrator: Integrator(rawValue: settings.text("kinematics_integrator")) ?? .euler,
            suttonBartoReward: settings.boolean("sutton_barto_reward"), low: low, high: high)
    }.shown(stepsPerSecond: 50)
}
