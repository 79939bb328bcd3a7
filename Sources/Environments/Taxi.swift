// Taxi: fetch a passenger and bring them where they want to go (Dietterich 2000; Gymnasium's Taxi-v4).
public import Basics
public import RLCore

/// The rules of Taxi. State = ((row · 5 + column) · 5 + passenger) · 4 + destination; passenger 4 sits in the taxi.
///
/// A fickle passenger may, once an episode, change their mind on the first move with them aboard. Whether that move has been made
/// is one hidden bit: states 500 to 999 are 0 to 499 after it.
public struct TaxiModel: MDP {
    static let side = 5
    static let plainStateCount = 500
    /// Cells of R, G, Y and B.
    static let landmarks = [0, 4, 20, 23]
    static let aboard = 4
    /// Cells with a wall to their right.
    static let walls: Set<Int> = [1, 6, 15, 17, 20, 22]
    /// South, north, east, west, each with what lies to its left and to its right.
    private static let compass: [(ahead: (Int, Int), left: (Int, Int), right: (Int, Int))] = [
        ((1, 0), (0, 1), (0, -1)), ((-1, 0), (0, -1), (0, 1)), ((0, 1), (-1, 0), (1, 0)), ((0, -1), (1, 0), (-1, 0)),
    ]

    /// The probability that a move in the rain goes ahead; nil where it does not rain.
    public let rain: Double?
    /// The probability that the passenger of an episode is fickle; nil where none is.
    public let fickle: Double?

    public init(rain: Double? = nil, fickle: Double? = nil) {
        self.rain = rain
        self.fickle = fickle
    }

    public var stateCount: Int { fickle == nil ? TaxiModel.plainStateCount : 2 * TaxiModel.plainStateCount }
    public var actionCount: Int { 6 }
    public var layout: GridLayout? { nil }
    public var observationCount: Int { TaxiModel.plainStateCount }
    public func observation(of state: Int) -> Int { state % TaxiModel.plainStateCount }
    public var starts: [(probability: Double, state: Int)] {
        let states = (0..<TaxiModel.plainStateCount).filter {
            let (_, passenger, destination) = TaxiModel.decode($0)
            return passenger < 4 && passenger != destination
        }
        return states.map { (1 / Double(states.count), $0) }
    }

    public func transitions(of action: Int, in state: Int) -> [Transition] {
        let plain = state % TaxiModel.plainStateCount
        let ways = plainTransitions(of: action, in: plain)
        guard let fickle else { return ways }
        let moved = TaxiModel.plainStateCount
        if state >= moved {
            return ways.map {
                Transition(probability: $0.probability, next: $0.next + moved, reward: $0.reward, terminates: $0.terminates)
            }
        }
        return ways.flatMap { way -> [Transition] in
            guard TaxiModel.carries(from: plain, to: way.next) else { return [way] }
            let wishes = [(way.next, 1 - fickle)] + TaxiModel.otherWishes(in: way.next).map { ($0, fickle / 3) }
            return wishes.map { next, share in
                Transition(
                    probability: way.probability * share, next: next + moved, reward: way.reward, terminates: way.terminates)
            }
        }
    }

    /// Without a thought of fickleness, in Gymnasium's order of outcomes.
    private func plainTransitions(of action: Int, in state: Int) -> [Transition] {
        let (cell, passenger, destination) = TaxiModel.decode(state)
        func to(_ cell: Int, _ passenger: Int, _ reward: Double, _ probability: Double = 1, ends: Bool = false) -> Transition {
            Transition(
                probability: probability, next: (cell * 5 + passenger) * 4 + destination, reward: reward, terminates: ends)
        }
        switch action {
        case 0...3:
            let way = TaxiModel.compass[action]
            let ahead = TaxiModel.neighbour(of: cell, way.ahead)
            guard let rain else { return [to(ahead, passenger, -1)] }
            let side = (1 - rain) / 2
            // Blocked ahead, the rain does not push it aside either.
            let left = ahead == cell ? cell : TaxiModel.neighbour(of: cell, way.left)
            let right = ahead == cell ? cell : TaxiModel.neighbour(of: cell, way.right)
            return [to(ahead, passenger, -1, rain), to(left, passenger, -1, side), to(right, passenger, -1, side)]
        case 4:
            let isThere = passenger < 4 && cell == TaxiModel.landmarks[passenger]
            return [to(cell, isThere ? TaxiModel.aboard : passenger, isThere ? -1 : -10)]
        default:
            guard passenger == TaxiModel.aboard, let landmark = TaxiModel.landmarks.firstIndex(of: cell) else {
                return [to(cell, passenger, -10)]
            }
            return [to(cell, landmark, landmark == destination ? 20 : -1, ends: landmark == destination)]
        }
    }

    private static func neighbour(of cell: Int, _ way: (down: Int, right: Int)) -> Int {
        let row = cell / side + way.down
        let column = cell % side + way.right
        guard (0..<side).contains(row), (0..<side).contains(column) else { return cell }
        if way.right == 1 && walls.contains(cell) || way.right == -1 && walls.contains(cell - 1) { return cell }
        return row * side + column
    }

    static func decode(_ state: Int) -> (cell: Int, passenger: Int, destination: Int) {
        (state / 20, state / 4 % 5, state % 4)
    }
    /// Whether this step moved a passenger who was aboard before it.
    static func carries(from state: Int, to next: Int) -> Bool {
        decode(state).passenger == aboard && decode(state).cell != decode(next).cell
    }
    /// The state with each of the other three destinations, in their order.
    static func otherWishes(in state: Int) -> [Int] { (0..<4).filter { $0 != state % 4 }.map { state - state % 4 + $0 } }
}

/// Taxi as it is played: equal to Gymnasium's step by step, the draws of a fickle passenger included.
public struct Taxi: Environment {
    private var base: ModelEnvironment<TaxiModel>
    private let fickle: Double?
    /// Whether this episode's passenger will change their mind.
    private var willChange = false
    private var hasCarried = false

    public init(rain: Double? = nil, fickle: Double? = nil) throws(ModelError) {
        base = try ModelEnvironment(TaxiModel(rain: rain))
        self.fickle = fickle
    }

    public var observationSpace: Space { base.observationSpace }
    public var actionSpace: Space { base.actionSpace }
    public var state: [Double] { base.state }
    /// The state of `TaxiModel`, the hidden bit included.
    public var modelState: Int { base.modelState + (fickle != nil && hasCarried ? TaxiModel.plainStateCount : 0) }

    public mutating func reset(using random: inout RandomSource) {
        base.reset(using: &random)
        hasCarried = false
        willChange = fickle.map { random.unit() < $0 } ?? false
    }

    public mutating func step(_ action: Action, using random: inout RandomSource) -> Outcome {
        let before = base.modelState
        let outcome = base.step(action, using: &random)
        if fickle != nil && !hasCarried && TaxiModel.carries(from: before, to: base.modelState) {
            hasCarried = true
            if willChange { base.place(in: TaxiModel.otherWishes(in: base.modelState)[random.below(3)]) }
        }
        return outcome
    }

    public func observe(into row: inout MutableSpan<Float>) { base.observe(into: &row) }
    public func draw(on scene: inout Scene) { base.draw(on: &scene) }

    public func save(into archive: inout Archive) {
        base.save(into: &archive)
        archive.store([Int64(willChange ? 1 : 0), Int64(hasCarried ? 1 : 0)], as: "passenger")
    }
    public mutating func load(from archive: Archive) throws(ArchiveError) {
        try base.load(from: archive)
        let passenger = try archive.int64s("passenger", count: 2)
        willChange = passenger[0] != 0
        hasCarried = passenger[1] != 0
    }
}

extension Taxi {
    public static let specification = EnvironmentSpecification(
        "taxi", version: 1, summary: "fetch a passenger and bring them to their destination (Gymnasium's Taxi-v4)",
        timeLimit: 200, threshold: nil,
        observationNames: ["((row * 5 + column) * 5 + passenger) * 4 + destination"],
        actionNames: ["south", "north", "east", "west", "pick up", "drop off"],
        declarations: [
            SettingDeclaration("is_rainy", .boolean(false), help: "whether moves slip to a side"),
            SettingDeclaration(
                "rainy_probability", .number(0.8), .numbers(0...1), help: "probability that a move in the rain goes ahead"),
            SettingDeclaration(
                "fickle_passenger", .boolean(false), help: "whether passengers may change their mind once aboard"),
            SettingDeclaration(
                "fickle_probability", .number(0.3), .numbers(0...1), help: "probability that an episode's passenger does"),
        ],
        modelState: { (world: Taxi) in world.modelState },
        model: { (settings) throws(SettingError) in TaxiModel(rain: rain(settings), fickle: fickle(settings)) }
    ) { (settings) throws(SettingError) in
        do {
            return try Taxi(rain: rain(settings), fickle: fickle(settings))
        } catch {
            throw SettingError(key: "rainy_probability", "\(error)")
        }
    }

    private static func rain(_ settings: Settings) -> Double? {
        settings.boolean("is_rainy") ? settings.number("rainy_probability") : nil
    }
    private static func fickle(_ settings: Settings) -> Double? {
        settings.boolean("fickle_passenger") ? settings.number("fickle_probability") : nil
    }
}
