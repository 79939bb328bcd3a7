// `rl train`, `eval`, `info` and `list` in this process: documents key by key, statuses, and nothing half-written.
import Commands
import Foundation
import FoundationXML
import TestSupport
import Testing
import Training

@Suite struct EvalTests {
    private let folder = TemporaryFolder()
    private func rl(_ words: String...) -> Invocation {
        Invocation(words, of: Bellman.application(), environment: ["BELLMAN_HOME": folder.path])
    }
    private func document(_ invocation: Invocation) throws -> JSON {
        try JSONReader.parse(Array(invocation.out.utf8), path: "").json
    }
    private func keys(_ json: JSON?) -> [String]? { json?.objectValue?.members.map(\.key) }
    private func trained() -> String {
        let result = rl("train", "random", "cartpole", "--steps", "100", "--out", folder("run"), "--quiet")
        #expect(result.status == 0 && result.out + result.err == "")
        return folder("run")
    }

    @Test func theDocumentOfTrain() throws {
        let result = rl(
            "train", "random", "cartpole", "--steps", "100", "--lanes", "3", "--seed", "4", "--out", folder("run"), "--json")
        #expect(result.err.contains("100 steps are rounded up to 102") && result.err.contains("no preset random-cartpole"))
        let json = try document(result)
        #expect(
            keys(json) == [
                "run", "algorithm", "environment", "seed", "steps", "updates", "episodes", "seconds", "seconds_to_solve",
                "solved", "best", "final", "fingerprint",
            ])
        #expect(keys(json["best"]) == ["mean_return", "episodes", "step"])
        #expect(keys(json["final"]) == ["mean_return", "std_return", "min_return", "episodes"])
        #expect(json["seed"] == 4 && json["steps"] == 102 && json["solved"] == false && json["final"]?["episodes"] == 100)
        let resumed = rl("resume", folder("run"), "--json", "--quiet")
        let again = try document(resumed)
        #expect(resumed.status == 0 && keys(again) == keys(json) && resumed.err == "")
        #expect(again["final"] == json["final"])
    }

    @Test func theDocumentOfEval() throws {
        let json = try document(rl("eval", trained(), "--episodes", "4", "--json"))
        #expect(
            keys(json) == [
                "agent", "environment", "episodes", "seed", "mode", "mean_return", "std_return", "min_return", "max_return",
                "median_return",
                "mean_length", "returns",
            ])
        #expect(json["seed"] == 2_000_000 && json["mode"] == "greedy" && json["episodes"] == 4)
        let listed = json["returns"]?.arrayValue?.compactMap { $0.numberValue }
        let returns = try #require(listed)
        #expect(returns.count == 4 && json["mean_return"] == JSON(returns.reduce(0, +) / 4))
        let later = try document(rl("eval", folder("run"), "--episodes", "2", "--seed", "2000002", "--json"))
        #expect(later["returns"] == JSON(Array(returns[2...])))
        let defaults = try document(rl("eval", folder("run"), "--json"))
        #expect(defaults["episodes"] == 100)
    }

    @Test func theWorstStatusWinsAndEveryAgentIsPlayed() throws {
        let run = trained()
        #expect(rl("eval", run, "--min-return", "1").status == 0)
        #expect(rl("eval", run, "--min-return", "1e9").status == 3)
        let several = rl("eval", run, "absent", "--min-return", "1e9", "--json", "--junit", folder("report.xml"))
        #expect(several.status == 66 && several.complaint.hasPrefix("rl: absent: no such agent"))
        let documents = try document(several).arrayValue
        #expect(documents?.count == 2 && keys(documents?[1]) == ["agent", "error"])
        let alone = rl("eval", "absent", "--json", "--junit", folder("alone.xml"))
        #expect(alone.status == 66 && alone.out == "")
        #expect(folder.text("alone.xml")?.contains("<error ") == true)
        try AtomicFile.write("no tensors", to: folder("broken.safetensors"))
        #expect(rl("eval", folder("broken.safetensors")).status == 65)
    }

    @Test func junitIsWellFormed() throws {
        final class Counter: NSObject, XMLParserDelegate {
            var elements: [String] = [], attributes: [[String: String]] = []
            func parser(
                _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
                attributes: [String: String]
            ) {
                elements.append(name)
                self.attributes.append(attributes)
            }
        }
        let strange = folder("a<b>&\"c\"\u{1b}\u{FFFF}.safetensors")
        _ = rl("eval", trained(), strange, folder("run"), "--min-return", "1e9", "--episodes", "2", "--junit", folder("r.xml"))
        let bytes = try #require(folder.bytes("r.xml"))
        let parser = XMLParser(data: Data(bytes))
        let counter = Counter()
        parser.delegate = counter
        #expect(parser.parse(), "\(String(describing: parser.parserError))")
        #expect(
            counter.elements == ["testsuites", "testsuite", "testcase", "failure", "testcase", "error", "testcase", "failure"])
        #expect(
            counter.attributes[1]["tests"] == "3" && counter.attributes[1]["failures"] == "2"
                && counter.attributes[1]["errors"] == "1")
        #expect(counter.attributes[4]["name"]?.hasSuffix("a<b>&\"c\"\u{FFFD}\u{FFFD}.safetensors") == true)
        #expect(rl("eval", folder("run"), "--junit", folder("no/such/folder.xml"), "--episodes", "1").status == 73)
    }

    @Test(arguments: [
        ("train dqqn cartpole", 64, "did you mean \"dqn\"?"), ("train dqn cartpol", 64, "did you mean \"cartpole\"?"),
        ("train dqn", 64, "ENVIRONMENT is missing"),
        ("train dqn cartpole --steps -5", 64, "--steps must be from 1 to"),
        ("train dqn cartpole --stepz 5", 64, "did you mean --steps?"),
        ("train dqn cartpole --set gama=1", 64, "did you mean \"gamma\"?"),
        ("train dqn cartpole --set activation_fn=rellu", 64, "did you mean \"relu\"?"),
        ("train dqn cartpole --set gamma=x", 64, "must be a number"),
        ("train dqn cartpole --set gamma", 64, "KEY=VALUE"), ("train dqn cartpole --env-set low=9", 64, "low must be from"),
        ("train dqn cartpole --seed 18446744073709551615 --seeds 2", 64, "--seed must be from 0 to"),
        ("train dqn cartpole --lanes 65536", 64, "--lanes must be"),
        ("train dqn cartpole --preset absent", 66, "no such preset"),
        ("train dqn cartpole --preset absent.json", 66, "no such file"),
        ("train dqn cartpole --out /proc/run --steps 1 --quiet", 73, "/proc/run"), ("resume absent", 66, "absent/run.json"),
        ("train dqn cartpole --schedule-steps 0", 64, "--schedule-steps must be"),
        ("resume absent --steps 0", 64, "--steps must be"), ("verify-resume dqn cartpol", 64, "did you mean \"cartpole\"?"),
        ("verify-resume dqn cartpole --steps 10 --at 10", 64, "--at must be before the last step, 10"),
        ("eval x --mode greed", 64, "--mode must be"),
        ("eval x --episodes 0", 64, "--episodes must be"), ("info quux", 64, "nothing is called"),
        ("info dqm", 64, "did you mean \"dqn\"?"), ("list things", 64, "KIND"),
    ])
    func mistakesAreOneLineWithTheAgreedStatus(_ line: String, _ status: Int32, _ words: String) {
        let result = Invocation(line, of: Bellman.application(), environment: ["BELLMAN_HOME": folder.path])
        #expect(result.status == status && result.out == "", "\(result.err)")
        #expect(result.complaint.hasPrefix("rl: ") && result.complaint.contains(words), "\(result.complaint)")
        // Usage follows a mistake on the command line and nothing else.
        #expect(result.err.split(separator: "\n").count == (status == 64 ? 3 : 1))
        #expect(folder.names == [])
    }

    @Test func aWrongHomeIsNotIgnored() {
        for line in ["train dqn cartpole", "eval dqn-cartpole", "list agents", "info x"] {
            let result = Invocation(line, of: Bellman.application(), environment: ["BELLMAN_HOME": folder("absent")])
            #expect(result.status == 66 && result.complaint.contains("BELLMAN_HOME"), "\(line)")
        }
    }

    @Test func aRunThatExistsIsNotTouched() throws {
        let run = trained()
        let before = try #require(folder.bytes("run/run.json"))
        let again = rl("train", "random", "cartpole", "--out", run)
        #expect(again.status == 73 && again.err.contains("holds a run already") && folder.bytes("run/run.json") == before)
    }

    @Test func presetsAreFoundAndExplained() throws {
        try Folders.make(folder("agents"))
        let text =
            #"{"format": 1, "algorithm": "dqn", "environment": "cartpole", "steps": 700, "hyperparameters": {"gamma": 0.5}}"#
        try AtomicFile.write(text, to: folder("agents/dqn-cartpole.json"))
        let page = rl(
            "train", "dqn", "cartpole", "--explain", "--seed", "3", "--set", "tau=0.5", "--env-set", "low=0", "--eval-every", "70"
        ).out
        for row in [
            "  seed              3      --seed", "  steps             700    preset dqn-cartpole",
            "  lanes             1      default of dqn",
            "  eval_every        70     --eval-every", "  checkpoint_every  70     a tenth of the budget",
            "  tensorboard       false  default",
            "  gamma                    0.5    preset dqn-cartpole",
            "  tau                      0.5    --set", "  low                    0.0    --env-set",
        ] { #expect(page.contains(row + "\n"), "\(row)\n\(page)") }
        let longer = rl("train", "dqn", "cartpole", "--explain", "--schedule-steps", "500").out
        for row in [
            "  eval_every        25     a twentieth of schedule_steps", "  checkpoint_every  50     a tenth of schedule_steps",
        ] { #expect(longer.contains(row + "\n"), "\(row)\n\(longer)") }
        let json = try document(rl("train", "dqn", "cartpole", "--explain", "--json", "--seed", "3"))
        #expect(json["origins"]?["run"] == ["seed": "--seed", "steps": "preset dqn-cartpole"])
        try AtomicFile.write(text.replacing("gamma", with: "gama"), to: folder("agents/dqn-cartpole.json"))
        let broken = rl("train", "dqn", "cartpole")
        #expect(
            broken.status == 65 && broken.complaint.contains("agents/dqn-cartpole.json, line 1, column ")
                && broken.complaint.contains("\"gamma\""))
    }

    @Test func infoAndList() throws {
        #expect(keys(try document(rl("list", "--json"))) == ["environments", "algorithms", "agents"])
        #expect(rl("list").out.hasPrefix("environments\n") && rl("list").out.contains("\n  cartpole  "))
        #expect(rl("list", "agents").out.contains("none here"))
        #expect(try document(rl("info", "cartpole", "--json"))["threshold"] == 475.0)
        #expect(rl("info", "dqn").out.contains("default budget  50,000 steps in 1 lane\n"))
        let page = rl("info", trained()).out
        #expect(
            page.contains("seed          0\n") && page.contains("preset        –\n") && page.contains("status        finished\n"))
        #expect(try document(rl("info", folder("run/best.safetensors"), "--json"))["algorithm"] == "random")
    }
}
