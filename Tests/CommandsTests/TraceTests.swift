// `rl trace`: Gymnasium's own numbers, three styles of lines, and files of actions.
import Commands
import TestSupport
import Testing
import Training

@Suite struct TraceTests {
    private let folder = TemporaryFolder()
    private func trace(_ line: String) -> Invocation { Invocation("trace cartpole " + line, of: Bellman.application()) }
    private func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }

    /// What Gymnasium publishes for `reset(seed=123)`.
    @Test func seed123() throws {
        let first = try #require(lines(trace("--seed 123 --steps 0 --json").out).first)
        #expect(
            first
                == #"{"step":0,"action":null,"observation":[0.018235186,-0.0446179,-0.027964013,-0.03156282],"reward":0.0,"ending":"running"}"#
        )
        #expect(
            trace("--seed 123 --steps 1 --actions cycle").out == """
                observation: cart position (m), cart velocity (m/s), pole angle (rad), pole angular velocity (rad/s)
                step  action       reward  ending      observation
                0                  0.0000  running       0.01824  -0.04462  -0.02796  -0.03156
                1     0            1.0000  running       0.01734  -0.23933  -0.02860   0.25217

                """)
    }

    @Test func csvHasAHeaderAndFullAddsTheState() {
        let rows = lines(trace("--seed 123 --steps 2 --csv --full").out)
        #expect(
            rows[0] == "step,action,reward,ending," + (0..<4).map { "observation_\($0)" }.joined(separator: ",")
                + ",state_0,state_1,state_2,state_3")
        #expect(rows[1].hasPrefix("0,,0.0,running,0.018235186,-0.0446179,-0.027964013,-0.03156282,0.018235186324814343,"))
        #expect(rows.count == 4 && rows.allSatisfy { $0.split(separator: ",", omittingEmptySubsequences: false).count == 12 })
    }

    /// A line of a table has no room for a picture; the other styles show all of it.
    @Test func aPictureIsSummedUpInATable() throws {
        let table = Invocation("trace pixel-pong --seed 1 --steps 1", of: Bellman.application()).out
        #expect(lines(table).count == 3 && lines(table).dropFirst().allSatisfy { $0.contains("28,224 bytes, sum ") })
        let document = Invocation("trace pixel-pong --seed 1 --steps 0 --json --full", of: Bellman.application()).out
        let json = try JSONReader.parse(Array(try #require(lines(document).first).utf8), path: "").json
        guard case .array(let picture) = json["observation"], case .array(let state) = json["state"] else {
            Issue.record("no observation or no state")
            return
        }
        #expect(picture.count == 28_224 && state.count == 10)
    }

    /// After an ending the next episode's reset follows, which counts as no step.
    @Test func episodesFollowOneAnother() throws {
        let documents = try lines(trace("--seed 1 --steps 60 --json").out).map {
            try JSONReader.parse(Array($0.utf8), path: "").json
        }
        #expect(documents.count { $0["action"] != .null } == 60)
        let endings = documents.indices.filter { documents[$0]["ending"] != "running" }
        #expect(endings.count >= 2)
        for i in endings where i + 1 < documents.count {
            #expect(documents[i + 1]["step"] == 0 && documents[i + 1]["action"] == .null && documents[i + 1]["reward"] == 0.0)
        }
        let limited = try lines(trace("--steps 6 --env-set time_limit=3 --json").out).map {
            try JSONReader.parse(Array($0.utf8), path: "").json
        }
        #expect(
            limited.map { $0["ending"] } == [
                "running", "running", "running", "truncated", "running", "running", "running", "truncated",
            ])
    }

    @Test(arguments: ["0\n1\n1\n", "0\r\n1\r\n1", "0\n\n1\n  \n1\n"]) func actionsFromAFile(_ text: String) throws {
        try AtomicFile.write(text, to: folder("actions"))
        let rows = lines(trace("--actions \(folder("actions")) --steps 4 --csv").out)
        #expect(rows.dropFirst(2).map { $0.split(separator: ",")[1] } == ["0", "1", "1", "0"])
    }

    @Test(arguments: [
        ("0\n2\n", "line 2: \"2\""), ("0.5", "line 1"), ("left", "line 1"), ("0,1", "line 1"), ("", "no actions"),
        ("nan", "line 1"), ("1\n\u{1b}[2J", "line 2"),
    ])
    func actionsThatAreNone(_ text: String, _ words: String) throws {
        try AtomicFile.write(text, to: folder("actions"))
        let result = trace("--actions \(folder("actions"))")
        #expect(result.status == 65 && result.err.contains(words) && result.out == "" && !result.err.contains("\u{1b}"))
    }

    @Test func randomBytesAsActions() throws {
        var random = UInt64(88_172_645_463_325_252)
        func draw(_ count: UInt64) -> UInt64 {
            random ^= random << 13
            random ^= random >> 7
            random ^= random << 17
            return random % count
        }
        for _ in 0..<2000 {
            let bytes = (0..<draw(12)).map { _ in
                draw(3) == 0 ? UInt8(draw(256)) : Array("0123456789,.eE+-naif\n\r ".utf8)[Int(draw(23))]
            }
            try AtomicFile.write(bytes, to: folder("actions"), durable: false)
            #expect([0, 65].contains(trace("--actions \(folder("actions")) --steps 3").status))
        }
    }

    @Test(arguments: [
        ("--csv --json", 64), ("--reference-draws", 64), ("--actions absent", 66), ("--steps -1", 64), ("--env-set low", 64),
        ("--env-set lwo=0", 64),
    ])
    func mistakes(_ line: String, _ status: Int32) {
        let result = trace(line)
        #expect(result.status == status && result.out == "" && result.complaint.hasPrefix("rl: "))
    }
}
