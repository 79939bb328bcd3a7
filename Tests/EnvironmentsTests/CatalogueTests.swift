// The catalogue of worlds: names, parameters, and what is said when they are wrong.
import Basics
import Environments
import Kernels
import RLCore
import Testing

@Suite struct CatalogueTests {
    private let cartpole = CartPole.specification

    @Test func anUnknownNameSuggestsTheNearest() {
        #expect(throws: UnknownName("environment", "cart-pole", known: EnvironmentCatalogue.builtIn.all.map(\.name))) {
            try EnvironmentCatalogue.builtIn["cart-pole"]
        }
        let error = #expect(throws: UnknownName.self) { try EnvironmentCatalogue.builtIn["cartpol"] }
        #expect(error?.description == "unknown environment \"cartpol\"; did you mean \"cartpole\"?")
    }

    @Test func namesAreDistinctAndLowerCase() {
        let names = EnvironmentCatalogue.builtIn.all.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(names.allSatisfy { $0 == $0.lowercased() && !$0.contains(" ") })
    }

    @Test func aProgramAddsWorldsOfItsOwn() throws {
        var catalogue = EnvironmentCatalogue.builtIn
        catalogue.add(
            EnvironmentSpecification(
                "mine", version: 2, summary: "", timeLimit: 9, threshold: nil, observationNames: [],
                actionNames: ["left", "right"]
            ) { (_) throws(SettingError) in CartPole() })
        #expect(try catalogue["mine"].version == 2)
        #expect(try catalogue["mine"].settings.integer("time_limit") == 9)
    }

    @Test func whatItTellsOfCartPole() {
        #expect(cartpole.threshold == 475)
        #expect(cartpole.settings.integer("time_limit") == 500)
        #expect(
            cartpole.declarations.map(\.key) == ["sutton_barto_reward", "kinematics_integrator", "low", "high", "time_limit"])
    }

    @Test(arguments: [
        ("gravity", "9", "not a known setting"), ("time_limits", "9", "did you mean \"time_limit\"?"),
        ("time_limit", "soon", "must be a whole number"), ("time_limit", "0", "must be at least 1"),
        ("sutton_barto_reward", "yes", "must be true or false"), ("low", "-0.3", "must be from -0.2 to 0.2"),
        ("low", "nan", "finite"), ("kinematics_integrator", "verlet", "must be one of euler, semi-implicit"),
    ])
    func aWrongParameterIsRefused(_ key: String, _ text: String, _ sentence: String) {
        var settings = cartpole.settings
        let error = #expect(throws: SettingError.self) { try settings.set(key, parsing: text, from: "the test") }
        #expect(error?.description.contains(sentence) == true, "\(String(describing: error))")
    }

    @Test func aRangeMayNotBeEmpty() throws {
        var settings = cartpole.settings
        try settings.set("low", to: .number(0.1), from: "the test")
        #expect(throws: SettingError.self) { try cartpole.makeVector(settings, lanes: 1) }
        try settings.set("high", to: .number(0.1), from: "the test")
        let vector = try cartpole.makeVector(settings, lanes: 1)
        _ = vector.reset(seed: 0)
        #expect(vector.state(of: 0) == [0.1, 0.1, 0.1, 0.1])
    }

    /// Every parameter reaches the world.
    @Test func parametersAreObeyed() throws {
        var settings = cartpole.settings
        try settings.set("time_limit", to: .integer(2), from: "the test")
        try settings.set("sutton_barto_reward", to: .boolean(true), from: "the test")
        try settings.set("kinematics_integrator", to: .text("semi-implicit"), from: "the test")
        let vector = try cartpole.makeVector(settings, lanes: 1)
        _ = vector.reset(seed: 42)
        let before = vector.state(of: 0)
        let actions = Actions(lanes: 1, space: vector.actionSpace)
        let first = vector.step(actions)
        #expect(first.ending(of: 0) == .running && first.rewards[0] == 0)
        #expect(abs(vector.state(of: 0)[0] - (before[0] + 0.02 * vector.state(of: 0)[1])) < 1e-15)
        #expect(vector.step(actions).ending(of: 0) == .truncated)
    }

    /// A controller that never falls ends by the clock; the 500th step may still be a fall.
    @Test func theClockOfCartPole() throws {
        let vector = try cartpole.makeVector(cartpole.settings, lanes: 1)
        var step = vector.reset(seed: 3)
        let actions = Actions(lanes: 1, space: vector.actionSpace)
        for count in 1...500 {
            let row = step.observations.floats
            actions.indices[0] = row[2] + 0.5 * row[3] + 0.05 * row[1] + 0.01 * row[0] > 0 ? 1 : 0
            step = vector.step(actions)
            #expect(step.ending(of: 0) == (count < 500 ? .running : .truncated))
        }
        var settings = cartpole.settings
        try settings.set("time_limit", to: .integer(10), from: "the test")
        let short = try cartpole.makeVector(settings, lanes: 1)
        step = short.reset(using: [RandomSource(seed: 42)])
        actions.indices[0] = 1
        for _ in 0..<10 { step = short.step(actions) }
        #expect(step.ending(of: 0) == .terminated)
    }

    /// With its defaults, and with each other choice of a parameter.
    @Test(arguments: EnvironmentCatalogue.builtIn.all.map(\.name)) func everyWorldOfTheCatalogueObeys(_ name: String) throws {
        let specification = try EnvironmentCatalogue.builtIn[name]
        #expect(try specification.brokenLaws(specification.settings) == [])
        for declaration in specification.declarations {
            var values: [SettingValue] = []
            if case .boolean(let value) = declaration.initial { values = [.boolean(!value)] }
            if case .words(let words) = declaration.domain { values = words.map { .text($0) } }
            if declaration.key == "time_limit" { values = [.integer(1), .integer(5)] }
            for value in values {
                var settings = specification.settings
                try settings.set(declaration.key, to: value, from: "the test")
                #expect(try specification.brokenLaws(settings, seed: 1) == [], "\(declaration.key) = \(value)")
            }
        }
    }
}
