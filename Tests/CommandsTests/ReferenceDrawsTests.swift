// `rl trace --reference-draws`: the published package's games, and what is said when something is wrong.
import Commands
import TestSupport
import Testing
import Training

@Suite struct ReferenceDrawsTests {
    private func trace(_ line: String) -> Invocation { Invocation("trace " + line, of: Bellman.application()) }

    /// The ball's first column in 6 games that end by themselves, as the published package (seed 7, all actions in turn) has it.
    @Test func theFirstGamesOfSeedSeven() throws {
        let result = trace("breakout --reference-draws --seed 7 --steps 80 --actions cycle --json --full --env-set sticky=0")
        #expect(result.status == 0)
        let lines = try result.out.split(separator: "\n").map { try JSONReader.parse(Array($0.utf8), path: "").json }
        let columns = lines.filter { $0["action"] == .null }.map { $0["state"]?.arrayValue?[2].numberValue }
        #expect(columns == [9.0, 9.0, 9.0, 0.0, 0.0, 9.0])
    }

    @Test func ownDrawsAreOthers() {
        let line = "asterix --seed 7 --steps 40 --json"
        #expect(trace(line).out != trace(line + " --reference-draws").out)
    }

    @Test(arguments: [
        ("breakout --reference-draws --seed 4294967296", "4294967295"), ("frozenlake --reference-draws", "frozenlake"),
        ("breakout --env-set sticky=1.5", "from 0 to 1"), ("breakout --env-set sticky=often", "a number"),
        ("freeway --env-set clock_terminates=perhaps", "true or false"), ("seaquest --env-set actions=some", "all, minimal"),
        ("asterix --env-set ramp=true", "ramping"), ("space-invader", "space-invaders"),
    ])
    func mistakes(_ line: String, _ words: String) {
        let result = trace(line)
        #expect(result.status == 64 && result.out == "" && result.complaint.hasPrefix("rl: ") && result.complaint.contains(words))
    }
}
