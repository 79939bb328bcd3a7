// A world as a catalogue lists it: its name, its facts, its parameters, and how it is made.
public import Basics

public struct EnvironmentSpecification: Sendable {
    /// What users type; lower case.
    public let name: String
    /// Raised when the same seed and actions no longer give the same episode.
    public let version: Int
    public let summary: String
    /// Tells the rules apart that were read from a file, where `version` cannot; nil for rules that are part of the program.
    public private(set) var digest: String?
    /// Without `time_limit`, which every world has.
    public let declarations: [SettingDeclaration]
    /// A mean return that counts as solved, where the field has one.
    public let threshold: Double?
    /// What each number of an observation is; empty where observations are pictures.
    public let observationNames: [String]
    /// What each discrete action does, or what each continuous one means: as many as the variant with the most actions has, of which
    /// the others use the first; empty where actions are only numbers.
    public let actionNames: [String]
    /// What each channel of an observation shows; empty where observations are no pictures, or their channels are colours.
    public private(set) var channelNames: [String] = []
    /// How many steps a second people watch at.
    public private(set) var stepsPerSecond = 8.0
    private let maker: @Sendable (Settings, VectorForm) throws(SettingError) -> any VectorEnvironment
    private let lawChecker: @Sendable (Settings, UInt64) throws(SettingError) -> [String]
    private let modeler: (@Sendable (Settings) throws(SettingError) -> any MDP)?
    /// Makes one lane that draws with the generator of the package which the world follows, seeded as that package is; its resets and
    /// steps use no source that they are given. Nil where there is no other generator to follow.
    public private(set) var referenceMaker: (@Sendable (Settings, UInt64) throws(SettingError) -> any VectorEnvironment)?

    /// A world that is played.
    ///
    /// - Parameters:
    ///   - timeLimit: steps after which an episode is truncated, unless `time_limit` says otherwise.
    ///   - make: the bare world; called where its type is known, so that its lanes are specialised.
    @inlinable public init<World: Environment>(
        _ name: String, version: Int, summary: String, timeLimit: Int, threshold: Double?, observationNames: [String],
        actionNames: [String], declarations: [SettingDeclaration] = [],
        make: @escaping @Sendable (Settings) throws(SettingError) -> World
    ) {
        self.init(
            name: name, version: version, summary: summary, timeLimit: timeLimit, threshold: threshold,
            observationNames: observationNames, actionNames: actionNames, declarations: declarations, modeler: nil, make: make,
            vector: { Self.serial($0, $1, $2) }
        ) { (_, _) throws(SettingError) in [] }
    }

    /// A world that is played, in many lanes eight at a time.
    @inlinable public init<World: WideEnvironment>(
        _ name: String, version: Int, summary: String, timeLimit: Int, threshold: Double?, observationNames: [String],
        actionNames: [String], declarations: [SettingDeclaration] = [],
        make: @escaping @Sendable (Settings) throws(SettingError) -> World
    ) {
        self.init(
            name: name, version: version, summary: summary, timeLimit: timeLimit, threshold: threshold,
            observationNames: observationNames, actionNames: actionNames, declarations: declarations, modeler: nil, make: make,
            vector: { (world, limit, form) in
                world.isCertain && form.isWide
                    ? Vector(wide: world, limit: limit, lanes: form.lanes, threads: form.threads)
                    : Self.serial(world, limit, form)
            }
        ) { (_, _) throws(SettingError) in [] }
    }

    @inlinable static func serial<World: Environment>(_ world: World, _ limit: Int, _ form: VectorForm) -> Vector {
        Vector(TimeLimit(world, limit: limit), lanes: form.lanes, threads: form.threads)
    }

    /// A world whose rules can also be read: `model` tells exactly what `make` plays, and `modelState` the number that the model gives
    /// to the world as it is.
    @inlinable public init<World: Environment, Model: MDP>(
        _ name: String, version: Int, summary: String, timeLimit: Int, threshold: Double?, observationNames: [String],
        actionNames: [String], declarations: [SettingDeclaration] = [],
        modelState: @escaping @Sendable (World) -> Int, model: @escaping @Sendable (Settings) throws(SettingError) -> Model,
        make: @escaping @Sendable (Settings) throws(SettingError) -> World
    ) {
        self.init(
            name: name, version: version, summary: summary, timeLimit: timeLimit, threshold: threshold,
            observationNames: observationNames, actionNames: actionNames, declarations: declarations,
            modeler: { (settings) throws(SettingError) in try model(settings) }, make: make,
            vector: { Self.serial($0, $1, $2) }
        ) { (settings, seed) throws(SettingError) in
            brokenModelLaws(of: try make(settings), model: try model(settings), seed: seed, steps: 50_000, state: modelState)
        }
    }

    /// A world that steps by sampling its model.
    @inlinable public init<Model: MDP>(
        _ name: String, version: Int, summary: String, timeLimit: Int, threshold: Double?, observationNames: [String],
        actionNames: [String], declarations: [SettingDeclaration] = [],
        model: @escaping @Sendable (Settings) throws(SettingError) -> Model
    ) {
        self.init(
            name, version: version, summary: summary, timeLimit: timeLimit, threshold: threshold,
            observationNames: observationNames, actionNames: actionNames, declarations: declarations,
            modelState: { (world: ModelEnvironment<Model>) in world.modelState }, model: model
        ) { (settings) throws(SettingError) in
            do {
                return try ModelEnvironment(model(settings))
            } catch let error as SettingError {
                throw error
            } catch {
                throw SettingError(key: name, "the model of \(name) contradicts itself: \(error)")
            }
        }
    }

    @inlinable init<World: Environment>(
        name: String, version: Int, summary: String, timeLimit: Int, threshold: Double?, observationNames: [String],
        actionNames: [String], declarations: [SettingDeclaration],
        modeler: (@Sendable (Settings) throws(SettingError) -> any MDP)?,
        make: @escaping @Sendable (Settings) throws(SettingError) -> World,
        vector: @escaping @Sendable (World, Int, VectorForm) -> Vector,
        modelChecker: @escaping @Sendable (Settings, UInt64) throws(SettingError) -> [String]
    ) {
        self.init(
            name: name, version: version, summary: summary,
            declarations: declarations + [
                SettingDeclaration(
                    "time_limit", .integer(timeLimit), .integers(1...Int.max), help: "steps after which an episode is truncated")
            ], threshold: threshold, observationNames: observationNames, actionNames: actionNames, modeler: modeler
        ) { (settings, form) throws(SettingError) in
            vector(try make(settings), settings.integer("time_limit"), form)
        } lawChecker: { (settings, seed) throws(SettingError) in
            let world = TimeLimit(try make(settings), limit: settings.integer("time_limit"))
            // A step's laws look at the world more than ten times; pictures, and states as large, get fewer steps.
            let steps = if case .bytes = world.observationSpace { 200 } else { 2000 }
            return brokenEnvironmentLaws(of: world, seed: seed, steps: steps) + (try modelChecker(settings, seed))
        }
    }

    @usableFromInline init(
        name: String, version: Int, summary: String, declarations: [SettingDeclaration], threshold: Double?,
        observationNames: [String], actionNames: [String],
        modeler: (@Sendable (Settings) throws(SettingError) -> any MDP)?,
        maker: @escaping @Sendable (Settings, VectorForm) throws(SettingError) -> any VectorEnvironment,
        lawChecker: @escaping @Sendable (Settings, UInt64) throws(SettingError) -> [String]
    ) {
        self.name = name
        self.version = version
        self.summary = summary
        self.declarations = declarations
        self.threshold = threshold
        self.observationNames = observationNames
        self.actionNames = actionNames
        self.modeler = modeler
        self.maker = maker
        self.lawChecker = lawChecker
    }

    /// The same, its rules told from others of the same name.
    public func told(byDigest digest: String) -> Self {
        var copy = self
        copy.digest = digest
        return copy
    }

    /// The same, watched at another pace.
    public func shown(stepsPerSecond pace: Double) -> Self {
        var copy = self
        copy.stepsPerSecond = pace
        return copy
    }

    /// The same, with names for the channels of its observations.
    public func named(channels: [String]) -> Self {
        var copy = self
        copy.channelNames = channels
        return copy
    }

    /// The same, able to draw as the package does which the world follows.
    public func drawing(
        asReference maker: @escaping @Sendable (Settings, UInt64) throws(SettingError) -> any VectorEnvironment
    ) -> Self {
        var copy = self
        copy.referenceMaker = maker
        return copy
    }

    /// Every parameter with its default.
    public var settings: Settings { Settings(declarations) }

    /// - Parameters:
    ///   - threads: how many step the lanes; results do not depend on it.
    ///   - isSerial: one lane after the other also where eight could be stepped at once; nor on this.
    /// - Throws: when the parameters do not go together.
    public func makeVector(
        _ settings: Settings, lanes: Int, threads: Int = 1, isSerial: Bool = false
    ) throws(SettingError) -> any VectorEnvironment {
        try maker(settings, VectorForm(lanes: lanes, threads: threads, isSerial: isSerial))
    }

    /// The laws that the world breaks with these parameters, and what the catalogue tells wrongly about it; empty is a pass.
    ///
    /// - Throws: when the parameters do not go together.
    public func brokenLaws(_ settings: Settings, seed: UInt64 = 0) throws(SettingError) -> [String] {
        var broken = try lawChecker(settings, seed)
        let vector = try makeVector(settings, lanes: 1)
        let width = vector.observationSpace.shape.count
        if !observationNames.isEmpty && observationNames.count != width {
            broken.append("\(observationNames.count) names for \(width) numbers of an observation")
        }
        if case .bytes(.image(_, _, let channels), _) = vector.observationSpace, ![0, channels].contains(channelNames.count) {
            broken.append("\(channelNames.count) names for \(channels) channels")
        }
        let actions = if case .discrete(let count) = vector.actionSpace { count } else { vector.actionSpace.shape.count }
        if !actionNames.isEmpty && actionNames.count < actions {
            broken.append("\(actionNames.count) names for \(actions) actions")
        }
        for declaration in declarations {
            do { _ = try declaration.checked(declaration.initial) } catch { broken.append("a default is refused: \(error)") }
        }
        return broken
    }

    /// Whether the rules can be read, and so planned with.
    public var hasModel: Bool { modeler != nil }
    /// The exact rules of the world that `makeVector` plays, without its time limit; nil where there is no finite model.
    public func makeModel(_ settings: Settings) throws(SettingError) -> (any MDP)? {
        guard let modeler else { return nil }
        return try modeler(settings)
    }
}

/// How lanes are stepped.
@usableFromInline struct VectorForm: Sendable {
    @usableFromInline let lanes: Int
    @usableFromInline let threads: Int
    let isSerial: Bool
    /// Eight at a time, which takes about as long as three one after the other.
    @usableFromInline var isWide: Bool { !isSerial && lanes > 3 }
}
