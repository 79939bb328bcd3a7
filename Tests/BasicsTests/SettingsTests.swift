// Declared values: how they are read from words and files, what they may be, and where they came from.
import Basics
import Testing

@Suite struct SettingsTests {
    private static let declarations = [
        SettingDeclaration("learning_rate", .number(1e-3), .numbers(0...10), help: ""),
        SettingDeclaration("batch_size", .integer(64), .integers(1...1000), help: ""),
        SettingDeclaration("steps", .integer(5), .integers(0...Int.max), help: ""),
        SettingDeclaration("double", .boolean(false), help: ""),
        SettingDeclaration("loss", .text("huber"), .words(["huber", "mse"]), help: ""),
        SettingDeclaration("net_arch", .integers([64, 64]), .integers(1...512), help: ""),
    ]
    private let defaults = Settings(declarations)

    @Test func defaultsHaveNoOrigin() {
        #expect(defaults.number("learning_rate") == 1e-3)
        #expect(defaults.integer("batch_size") == 64)
        #expect(defaults.boolean("double") == false)
        #expect(defaults.text("loss") == "huber")
        #expect(defaults.integers("net_arch") == [64, 64])
        #expect(Self.declarations.allSatisfy { defaults.origin($0.key) == nil })
    }

    @Test(arguments: [
        ("learning_rate", "2.5e-4", SettingValue.number(2.5e-4)), ("learning_rate", "1", .number(1)),
        ("learning_rate", "0", .number(0)), ("learning_rate", "10", .number(10)), ("batch_size", "1", .integer(1)),
        ("batch_size", "1e3", .integer(1000)), ("steps", "50_000", .integer(50_000)), ("steps", "1e6", .integer(1_000_000)),
        ("double", "true", .boolean(true)), ("loss", "mse", .text("mse")), ("net_arch", "256", .integers([256])),
        ("net_arch", "1,512", .integers([1, 512])), ("net_arch", "", .integers([])),
    ])
    func wordsAreReadAsTheDeclaredType(_ key: String, _ text: String, _ value: SettingValue) throws {
        var settings = defaults
        try settings.set(key, parsing: text, from: "the command line")
        #expect(settings[key] == value)
        #expect(settings.origin(key) == "the command line")
        #expect(settings != defaults || value == defaults[key])
    }

    @Test(arguments: [
        ("learning_rate", "fast"), ("learning_rate", ""), ("learning_rate", "-0.1"), ("learning_rate", "10.1"),
        ("learning_rate", "inf"), ("learning_rate", "nan"), ("batch_size", "0"), ("batch_size", "1001"), ("batch_size", "1.5"),
        ("batch_size", "1e30"), ("steps", "-1"), ("steps", "99999999999999999999"), ("double", "1"), ("double", "TRUE"),
        ("loss", "hubert"), ("net_arch", "64,"), ("net_arch", "64,x"), ("net_arch", "0"), ("net_arch", "64,513"),
        ("learning-rate", "1"), ("Batch_Size", "1"),
    ])
    func whatCannotBeIsRefusedAndChangesNothing(_ key: String, _ text: String) {
        var settings = defaults
        let error = #expect(throws: SettingError.self) { try settings.set(key, parsing: text, from: "the command line") }
        #expect(error?.key == key)
        #expect(settings == defaults)
    }

    @Test func anUnknownKeySuggestsTheNearest() {
        let error = #expect(throws: SettingError.self) { try defaults.declaration("batchsize") }
        #expect(error?.description == "\"batchsize\" is not a known setting; did you mean \"batch_size\"?")
        let other = #expect(throws: SettingError.self) { try defaults.declaration("zzz") }
        #expect(other?.description.contains("known: learning_rate, batch_size, steps") == true)
    }

    /// A file holds typed values: a whole number serves as a number, and a number without a fraction as a whole one.
    @Test func typedValuesFitOrAreRefused() throws {
        var settings = defaults
        try settings.set("learning_rate", to: .integer(1), from: "a preset")
        #expect(settings.number("learning_rate") == 1)
        try settings.set("batch_size", to: .number(32), from: "a preset")
        #expect(settings.integer("batch_size") == 32)
        #expect(throws: SettingError.self) { try settings.set("batch_size", to: .number(32.5), from: "a preset") }
        #expect(throws: SettingError.self) { try settings.set("double", to: .integer(1), from: "a preset") }
        #expect(throws: SettingError.self) { try settings.set("loss", to: .boolean(true), from: "a preset") }
        #expect(throws: SettingError.self) { try settings.set("net_arch", to: .integer(64), from: "a preset") }
        #expect(settings.origin("batch_size") == "a preset" && settings.origin("double") == nil)
    }

    @Test func aRefusalNamesKeyRangeAndValue() {
        var settings = defaults
        let error = #expect(throws: SettingError.self) { try settings.set("batch_size", parsing: "0", from: "") }
        #expect(error?.description == "batch_size must be from 1 to 1000, 0 is not")
        let word = #expect(throws: SettingError.self) { try settings.set("loss", parsing: "l2", from: "") }
        #expect(word?.description == "loss must be one of huber, mse, l2 is not")
        let type = #expect(throws: SettingError.self) { try settings.set("double", parsing: "maybe", from: "") }
        #expect(type?.description == "double must be true or false, \"maybe\" is not")
    }

    @Test func aValueIsWrittenAsItIsTyped() throws {
        for declaration in Self.declarations {
            #expect(try declaration.parse(declaration.initial.description) == declaration.initial)
        }
    }
}
