// A world of one's own among the others: listed, described, stepped and trained on.
import Testing

@Suite struct OwnWorldTests {
    @Test func itIsListedBesideTheOthers() throws {
        let listed = try Example("own-world", "list", "environments")
        #expect(listed.status == 0)
        #expect(listed.lines.contains { $0.contains("sled") && $0.contains("bring a sled on ice") })
        #expect(listed.lines.contains { $0.contains("cartpole") })
    }

    /// Left, wait, right: −0.1 m/s, then 0.9 of it, then 0.9 of that and a push more; the place follows a tenth of a second at a time.
    @Test func itIsSteppedAsItsRulesSay() throws {
        let traced = try Example("own-world", "trace", "sled", "--seed", "3", "--actions", "cycle", "--steps", "3", "--full")
        #expect(traced.status == 0, "\(traced.lines)")
        let states = traced.lines.dropFirst(2).map { $0.split(separator: " ").suffix(2).compactMap { Double($0) } }
        #expect(states.count == 4 && states[0][1] == 0 && abs(states[0][0]) <= 1, "\(traced.lines)")
        for (i, speed) in [-0.1, -0.09, 0.9 * -0.09 + 0.1].enumerated() {
            #expect(abs(states[i + 1][1] - speed) < 1e-12 && abs(states[i + 1][0] - states[i][0] - 0.1 * speed) < 1e-12)
        }
    }

    @Test func aMisspelledNameIsAnsweredWithIt() throws {
        let example = try Example("own-world", "info", "sledd")
        #expect(example.status != 0)
        #expect(example.lines.contains { $0.contains("did you mean \"sled\"") || $0.contains("did you mean sled") })
    }
}
