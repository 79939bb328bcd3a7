// What a command line means, good and bad, as a table.

import Testing

@Suite struct ParserTests {
    @Test(arguments: [
        ("brew tea", "tea nowhere cups=4 seed=0 strength=0.5"),
        ("brew tea taxi", "tea taxi cups=4 seed=0 strength=0.5"),
        ("brew --cups 2 tea", "tea nowhere cups=2 seed=0 strength=0.5 said"),
        ("brew tea --cups=2", "tea nowhere cups=2 seed=0 strength=0.5 said"),
        ("brew tea --cups 50_000", "tea nowhere cups=50000 seed=0 strength=0.5 said"),
        ("brew tea --cups 1.5e6", "tea nowhere cups=1500000 seed=0 strength=0.5 said"),
        ("brew tea --cups 2 --cups 3", "tea nowhere cups=3 seed=0 strength=0.5 said"),
        ("brew tea --seed 18446744073709551615", "tea nowhere cups=4 seed=18446744073709551615 strength=0.5"),
        ("brew tea --strength 1e-3", "tea nowhere cups=4 seed=0 strength=0.001"),
        ("brew tea --temperature -2.5", "tea nowhere cups=4 seed=0 strength=0.5 temperature=-2.5"),
        ("brew tea --temperature -.5", "tea nowhere cups=4 seed=0 strength=0.5 temperature=-0.5"),
        ("brew tea --until none", "tea nowhere cups=4 seed=0 strength=0.5 until=none"),
        ("brew tea --until -200", "tea nowhere cups=4 seed=0 strength=0.5 until=-200"),
        ("brew tea --set a=1 --set=b=--x", "tea nowhere cups=4 seed=0 strength=0.5 a=1 b=--x"),
        ("brew tea --mode sampled --json", "tea nowhere cups=4 seed=0 strength=0.5 mode=sampled json"),
        ("brew -- --json", "--json nowhere cups=4 seed=0 strength=0.5"),
        ("brew -- --help", "--help nowhere cups=4 seed=0 strength=0.5"),
        ("brew -5 -", "-5 - cups=4 seed=0 strength=0.5"),
        ("fail many 1 2 -4 1e3", "999"),
        ("fail many", "0"),
        ("mix tea milk sugar", "tea+milk+sugar"),
    ])
    func understands(line: String, meaning: String) {
        let invocation = Invocation(line)
        #expect(invocation.out == meaning + "\n")
        #expect(invocation.status == 0)
        #expect(invocation.err == "")
    }

    @Test func aListMayDemandSeveralWords() {
        #expect(Invocation("mix").complaint == "rl: DRINK is missing: what goes in (2 at least)")
        #expect(Invocation("mix tea").complaint == "rl: DRINK is missing: what goes in (2 at least)")
        #expect(Invocation("mix tea").status == 64)
        #expect(Invocation("mix tea").err.contains("\nusage: rl mix DRINK…\n"))
    }

    @Test(arguments: [
        ("brew tea --cupz 2", "unknown option --cupz; did you mean --cups?"),
        ("brew tea --cupz=2", "unknown option --cupz; did you mean --cups?"),
        ("brew tea -json", "unknown option -json; did you mean --json?"),
        ("brew tea --xylophone", "unknown option --xylophone; rl brew --help lists its options"),
        ("brew tea --cups", "--cups needs a value: --cups N"),
        ("brew tea --cups --json", "--cups needs a value: --cups N"),
        ("brew tea --cups=", "--cups needs a whole number, got \"\""),
        ("brew tea --cups two", "--cups needs a whole number, got \"two\""),
        ("brew tea --cups 1.5", "--cups needs a whole number, got \"1.5\""),
        ("brew tea --cups 1e-3", "--cups needs a whole number, got \"1e-3\""),
        ("brew tea --cups 1e99", "--cups needs a whole number, got \"1e99\""),
        ("brew tea --cups 99999999999999999999", "--cups needs a whole number, got \"99999999999999999999\""),
        ("brew tea --cups 5_", "--cups needs a whole number, got \"5_\""),
        ("brew tea --cups -3", "--cups must be 1 or more, got -3"),
        ("brew tea --cups 0", "--cups must be 1 or more, got 0"),
        ("brew tea --seed -1", "--seed needs a whole number of 0 or more, got \"-1\""),
        ("brew tea --strength 1.01", "--strength must be from 0 to 1, got 1.01"),
        ("brew tea --strength nan", "--strength needs a number, got \"nan\""),
        ("brew tea --temperature inf", "--temperature needs a number, got \"inf\""),
        ("brew tea --until never", "--until needs a number or none, got \"never\""),
        ("brew tea --mode greddy", "--mode needs greedy or sampled, got \"greddy\"; did you mean greedy?"),
        ("brew tea --json=yes", "--json takes no value, got \"yes\""),
        ("brew", "DRINK is missing: what to make"),
        ("brew --json", "DRINK is missing: what to make"),
        ("brew tea taxi milk", "unexpected argument \"milk\"; brew takes only DRINK and WORLD"),
        ("brew tea taxi json", "unexpected argument \"json\"; did you mean --json?"),
        ("fail many 1e18", "THING needs a whole number, got \"1e18\""),
        ("fail many x", "THING needs a whole number, got \"x\""),
    ])
    func refuses(line: String, sentence: String) {
        let invocation = Invocation(line)
        let usage =
            line.hasPrefix("brew")
            ? "brew DRINK [WORLD] [options]\nhelp:  rl brew --help" : "fail HOW [THING…]\nhelp:  rl fail --help"
        #expect(invocation.err == "rl: \(sentence)\nusage: rl \(usage)\n")
        #expect(invocation.status == 64)
        #expect(invocation.out == "")
    }
}
