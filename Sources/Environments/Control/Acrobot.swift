// Acrobot: swing a two-link robot that is driven at its elbow alone above the bar (Sutton 1996; Gymnasium's Acrobot-v1).
public import Basics
import Kernels
public import RLCore

/// The state is (θ₁, θ₂, ω₁, ω₂) in radians and radians per second; θ₁ = 0 hangs down, θ₂ is relative to the first link.
///
/// Equal to Gymnasium 1.4's `Acrobot-v1` operation by operation, in Double, with our own sine and cosine in place of libm's and
/// products in place of its squares: after 200 steps states differ by some 1e-14. Reward: −1 for every step but the one that ends.
public struct Acrobot: Environment {
    public enum Dynamics: String, Hashable, Sendable, CaseIterable {
        /// Sutton & Barto, "Reinforcement Learning", example 11.3 of the first edition.
        case book
        /// Sutton (1996), whose equation lacks the term with ω₁².
        case nips
    }

    private static let gravity = 9.8
    /// Seconds between states: one step of the fourth-order Runge-Kutta method.
    private static let tau = 0.2
    public static let firstSpeedLimit = 4 * Double.pi
    public static let secondSpeedLimit = 9 * Double.pi

    public var one = Joints(first: 0.0, second: 0.0, firstSpeed: 0.0, secondSpeed: 0.0)

    private let hasSquareOfFirst: Bool
    private let noise: Double
    private let low: Double
    private let high: Double

    /// - Parameters:
    ///   - torqueNoise: each step adds to the torque what it draws uniformly from [−torqueNoise, torqueNoise).
    ///   - low: each component of the first state is uniform in [low, high), and rounded to single precision.
    public init(dynamics: Dynamics = .book, torqueNoise: Double = 0, low: Double = -0.1, high: Double = 0.1) {
        guard low <= high else { fatalError("the first state lies in [\(low), \(high)), which is empty") }
        guard torqueNoise >= 0 else { fatalError("a torque noise of \(torqueNoise); it must not be negative") }
        hasSquareOfFirst = dynamics == .book
        noise = torqueNoise
        self.low = low
        self.high = high
    }

    public var observationSpace: Space {
        let high: [Float] = [1, 1, 1, 1, Float(Acrobot.firstSpeedLimit), Float(Acrobot.secondSpeedLimit)]
        return .box(.vector(6), low: high.map { -$0 }, high: high)
    }
    /// A torque of −1, 0 or 1 N m at the elbow.
    public var actionSpace: Space { .discrete(3) }

    public mutating func reset(using random: inout RandomSource) {
        one.first = random.uniform(low, high).single
        one.second = random.uniform(low, high).single
        one.firstSpeed = random.uniform(low, high).single
        one.secondSpeed = random.uniform(low, high).single
    }

    @inline(__always) public mutating func step(_ action: Action, using random: inout RandomSource) -> Outcome {
        let choice = action.index
        guard UInt(bitPattern: choice) < 3 else { fatalError("Acrobot has actions 0, 1 and 2, got \(choice)") }
        var torque = Double(choice) - 1
        if noise > 0 { torque += random.uniform(-noise, noise) }
        let isUp = Acrobot.advance(&one, torque: torque, hasSquareOfFirst: hasSquareOfFirst)
        return Outcome(reward: isUp ? 0 : -1, ending: isUp ? .terminated : .running)
    }

    @inline(__always) public func observe(into row: inout MutableSpan<Float>) {
        let first = sineAndCosine(one.first), second = sineAndCosine(one.second)
        row[0] = Float(first.cosine)
        row[1] = Float(first.sine)
        row[2] = Float(second.cosine)
        row[3] = Float(second.sine)
        row[4] = Float(one.firstSpeed)
        row[5] = Float(one.secondSpeed)
    }

    /// θ₁, θ₂, ω₁, ω₂.
    public var state: [Double] { [one.first, one.second, one.firstSpeed, one.secondSpeed] }

    public func save(into archive: inout Archive) { archive.store(state, as: "state") }
    public mutating func load(from archive: Archive) throws(ArchiveError) {
        let found = try archive.doubles("state", count: 4)
        one = Joints(first: found[0], second: found[1], firstSpeed: found[2], secondSpeed: found[3])
    }
}

extension Acrobot {
    /// The angles and speeds of one robot or of eight; also their derivatives.
    public struct Joints<Number: BitwiseCopyable & Sendable & Equatable>: BitwiseCopyable, Sendable, Equatable {
        public var first: Number
        public var second: Number
        public var firstSpeed: Number
        public var secondSpeed: Number
    }

    /// One step of one robot or of eight.
    ///
    /// - Returns: whether the tip is more than one link above the bar.
    @inline(__always) static func advance<Number: Reals>(
        _ joints: inout Joints<Number>, torque: Number, hasSquareOfFirst: Bool
    ) -> Number.Truth {
        let k1 = slope(of: joints, torque, hasSquareOfFirst)
        let k2 = slope(of: joints.moved(tau / 2, along: k1), torque, hasSquareOfFirst)
        let k3 = slope(of: joints.moved(tau / 2, along: k2), torque, hasSquareOfFirst)
        let k4 = slope(of: joints.moved(tau, along: k3), torque, hasSquareOfFirst)
        func next(_ y: Number, _ k1: Number, _ k2: Number, _ k3: Number, _ k4: Number) -> Number {
            y + (tau / 6) * (k1 + 2 * k2 + 2 * k3 + k4)
        }
        joints = Joints(
            first: wrapped(next(joints.first, k1.first, k2.first, k3.first, k4.first)),
            second: wrapped(next(joints.second, k1.second, k2.second, k3.second, k4.second)),
            firstSpeed: next(joints.firstSpeed, k1.firstSpeed, k2.firstSpeed, k3.firstSpeed, k4.firstSpeed)
                .bounded(-firstSpeedLimit, firstSpeedLimit),
            secondSpeed: next(joints.secondSpeed, k1.secondSpeed, k2.secondSpeed, k3.secondSpeed, k4.secondSpeed)
                .bounded(-secondSpeedLimit, secondSpeedLimit))
        return (-joints.first.cosine - (joints.second + joints.first).cosine) .> 1
    }

    /// In −π ... π.
    @inline(__always) private static func wrapped<Number: Reals>(_ angle: Number) -> Number {
        var angle = angle
        while (angle .> .pi).isAny { angle = angle.replacing(with: angle - 2 * .pi, where: angle .> .pi) }
        while (angle .< -.pi).isAny { angle = angle.replacing(with: angle + 2 * .pi, where: angle .< -.pi) }
        return angle
    }

    /// What changes a second: both links weigh 1 kg, are 1 m long with the centre of mass in the middle, and have an inertia of 1.
    @inline(__always) private static func slope<Number: Reals>(
        of joints: Joints<Number>, _ torque: Number, _ hasSquareOfFirst: Bool
    ) -> Joints<Number> {
        let (first, second) = (joints.first, joints.second)
        let (firstSpeed, secondSpeed) = (joints.firstSpeed, joints.secondSpeed)
        let (sine, cosine) = second.sineAndCosine
        let d1 = 0.25 + (1.25 + cosine) + 1 + 1
        let d2 = 0.25 + 0.5 * cosine + 1
        let phi2 = 0.5 * gravity * (first + second - .pi / 2).cosine
        let centrifugal = -0.5 * (secondSpeed * secondSpeed) * sine
        let coriolis = secondSpeed * firstSpeed * sine
        let phi1 = centrifugal - coriolis + 1.5 * gravity * (first - .pi / 2).cosine + phi2
        let driven = torque + d2 / d1 * phi1
        let rest = hasSquareOfFirst ? driven - 0.5 * (firstSpeed * firstSpeed) * sine - phi2 : driven - phi2
        let secondTurning = rest / (1.25 - d2 * d2 / d1)
        let firstTurning = -(d2 * secondTurning + phi1) / d1
        return Joints(first: firstSpeed, second: secondSpeed, firstSpeed: firstTurning, secondSpeed: secondTurning)
    }
}

extension Acrobot.Joints where Number: Reals {
    /// self + h·slope
    @inline(__always) fileprivate func moved(_ h: Double, along slope: Self) -> Self {
        Self(
            first: first + h * slope.first, second: second + h * slope.second,
            firstSpeed: firstSpeed + h * slope.firstSpeed, secondSpeed: secondSpeed + h * slope.secondSpeed)
    }
}

extension Acrobot: WideEnvironment {
    public var eight: Joints<SIMD8<Double>> {
        Joints(
            first: SIMD8(repeating: one.first), second: SIMD8(repeating: one.second),
            firstSpeed: SIMD8(repeating: one.firstSpeed), secondSpeed: SIMD8(repeating: one.secondSpeed))
    }
    public var isCertain: Bool { noise == 0 }

    @inline(__always) public func step(_ eight: inout Joints<SIMD8<Double>>, _ actions: EightActions) -> EightOutcomes {
        guard let choices = actions.choices(3) else { fatalError("Acrobot has actions 0, 1 and 2, got another") }
        let isUp = Acrobot.advance(&eight, torque: choices - 1, hasSquareOfFirst: hasSquareOfFirst)
        let rewards = SIMD8<Double>(repeating: -1).replacing(with: 0, where: isUp)
        return EightOutcomes(rewards: rewards, terminated: isUp.bits)
    }
    @inline(__always) public func observe(_ eight: Joints<SIMD8<Double>>, into rows: EightRows) {
        let first = eight.first.sineAndCosine, second = eight.second.sineAndCosine
        rows.write(first.cosine, first.sine, second.cosine, second.sine, eight.firstSpeed, eight.secondSpeed)
    }
}

extension Acrobot {
    public static let specification = EnvironmentSpecification(
        "acrobot", version: 1, summary: "swing a two-link robot above its bar (Gymnasium's Acrobot-v1)", timeLimit: 500,
        threshold: -100,
        observationNames: [
            "cosine of the first angle", "sine of the first angle", "cosine of the second angle", "sine of the second angle",
            "first angular velocity (rad/s)", "second angular velocity (rad/s)",
        ], actionNames: ["torque -1", "no torque", "torque +1"],
        declarations: [
            SettingDeclaration(
                "book_or_nips", .text("book"), .words(Dynamics.allCases.map(\.rawValue)),
                help: "the equations of the textbook, or those of the paper before it"),
            SettingDeclaration(
                "torque_noise_max", .number(0), .numbers(0...10),
                help: "each step adds to the torque what it draws from this range"),
            SettingDeclaration(
                "low", .number(-0.1), .numbers(-1...1), help: "lower bound of each component of the first state"),
            SettingDeclaration(
                "high", .number(0.1), .numbers(-1...1), help: "upper bound of each component of the first state"),
        ]
    ) { (settings) throws(SettingError) in
        let low = settings.number("low"), high = settings.number("high")
        guard low <= high else { throw SettingError(key: "low", "low must not be above high, \(low) is above \(high)") }
        return Acrobot(
            dynamics: Dynamics(rawValue: settings.text("book_or_nips")) ?? .book,
            torqueNoise: settings.number("torque_noise_max"), low: low, high: high)
    }.shown(stepsPerSecond: 15)
}
