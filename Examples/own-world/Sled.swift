// A world of one's own: push a sled on ice until it stands on the mark.
import Basics
import RLCore

/// One dimension, in metres and metres per second. Each step lasts a tenth of a second and costs a point, so the best return is the
/// quickest arrival; the ice slows the sled by a tenth each step.
struct Sled: Environment {
    /// Metres from the mark, negative to its left.
    private var place = 0.0
    private var speed = 0.0
    /// Metres per second that one push adds or takes.
    private let push: Double

    init(push: Double = 0.1) { self.push = push }

    let observationSpace = Space.box(.vector(2), low: [-3, -.infinity], high: [3, .infinity])
    /// 0 pushes to the left, 1 waits, 2 pushes to the right.
    let actionSpace = Space.discrete(3)

    /// Somewhere within a metre of the mark, at rest.
    mutating func reset(using random: inout RandomSource) {
        place = random.uniform(-1, 1)
        speed = 0
    }

    mutating func step(_ action: Action, using random: inout RandomSource) -> Outcome {
        speed = 0.9 * speed + push * Double(action.index - 1)
        place += 0.1 * speed
        // On the mark and all but at rest: done. Off the ice: the episode ends as well, but dearly.
        if abs(place) < 0.1 && abs(speed) < 0.25 { return Outcome(reward: -1, ending: .terminated) }
        if abs(place) > 3 { return Outcome(reward: -100, ending: .terminated) }
        return Outcome(reward: -1, ending: .running)
    }

    func observe(into row: inout MutableSpan<Float>) {
        row[0] = Float(place)
        row[1] = Float(speed)
    }

    var state: [Double] { [place, speed] }
    func save(into archive: inout Archive) { archive.store(state, as: "state") }
    mutating func load(from archive: Archive) throws(ArchiveError) {
        let found = try archive.doubles("state", count: 2)
        (place, speed) = (found[0], found[1])
    }
}

extension Sled {
    /// What the catalogue tells of it: name, limits, and the parameters that users may set.
    static let specification = EnvironmentSpecification(
        "sled", version: 1, summary: "bring a sled on ice to rest on the mark", timeLimit: 200, threshold: -40,
        observationNames: ["place (m)", "speed (m/s)"], actionNames: ["push left", "wait", "push right"],
        declarations: [
            SettingDeclaration("push", .number(0.1), .numbers(0.01...1), help: "what one push adds to the speed, in m/s")
        ]
    ) { (settings) throws(SettingError) in Sled(push: settings.number("push")) }
}
