// `rl inspect` as a user types it: which sections a page has, that its figures are those of other commands, and that it needs no other file.
import Commands
import Foundation
import TestSupport
import Testing
import Training

@Suite struct InspectTests {
    private let folder = TemporaryFolder()
    private func rl(_ words: String...) -> Invocation {
        Invocation(words, of: Bellman.application(), environment: ["BELLMAN_HOME": folder.path])
    }
    private func trained(_ algorithm: String, _ world: String, steps: Int, _ settings: String...) -> String {
        let run = folder(algorithm + world)
        let words =
            ["train", algorithm, world, "--steps", "\(steps)", "--out", run, "--quiet", "--eval-episodes", "2"]
            + settings.flatMap { ["--set", $0] }
        let result = Invocation(words, of: Bellman.application(), environment: ["BELLMAN_HOME": folder.path])
        #expect(result.status == 0, "\(result.err)")
        return run
    }
    /// The page of `agent`, and what is said of it.
    private func inspected(_ agent: String, _ more: String...) throws -> (page: String, json: JSON) {
        let file = folder("page.html")
        let words = ["inspect", agent, "--out", file, "--json"] + more
        let result = Invocation(words, of: Bellman.application(), environment: ["BELLMAN_HOME": folder.path])
        #expect(result.status == 0, "\(result.err)")
        let json = try JSONReader.parse(Array(result.out.utf8), path: "").json
        #expect(json["file"]?.stringValue == file)
        return (try #require(folder.text("page.html")), json)
    }
    private func sections(_ json: JSON) -> [String] { json["sections"]?.arrayValue?.compactMap(\.stringValue) ?? [] }

    /// Whatever the page shows lies in it; every picture is one that libpng wrote.
    private func expectSelfContained(_ page: String) {
        #expect(
            !page.contains("http://") || page.ranges(of: "http://").count == page.ranges(of: "http://www.w3.org/2000/svg").count)
        #expect(!page.contains("https://") && !page.contains("<script"))
        for source in page.matches(of: #/(?:src|href)="([^"]{0,30})/#).map({ String($0.output.1) }) {
            #expect(source.hasPrefix("data:image/png;base64,iVBOR") || source.hasPrefix("#s"), "\(source)")
        }
    }

    /// Nothing about a network, and the figures of `rl eval --regret`.
    @Test func aTableBesideTheTruth() throws {
        let run = trained("q-learning", "frozenlake", steps: 2000)
        let (page, json) = try inspected(run, "--episodes", "2")
        #expect(sections(json) == ["One episode", "Against the exact values"])
        let evaluated = try JSONReader.parse(Array(rl("eval", run, "--episodes", "2", "--regret", "--json").out.utf8), path: "")
            .json
        #expect(json["mean_return"] == evaluated["mean_return"])
        let exact = try #require(json["exact"]), regret = try #require(evaluated["regret"])
        #expect(exact["largest_error"] == regret["largest_error"] && exact["optimal_share"] == regret["optimal_share"])
        #expect(exact["states"] == regret["states"] && (exact["largest_error"]?.numberValue ?? 0) > 0.01)
        expectSelfContained(page)
    }

    @Test func aPlanIsTheTruth() throws {
        let (_, json) = try inspected(trained("value-iteration", "frozenlake", steps: 100))
        #expect(json["exact"]?["optimal_share"]?.numberValue == 1)
        #expect((json["exact"]?["largest_error"]?.numberValue ?? 1) < 1e-6)
    }

    @Test func aNetworkOnStates() throws {
        let run = trained("dqn", "frozenlake", steps: 1200, "net_arch=8")
        let (page, json) = try inspected(run)
        #expect(
            sections(json) == [
                "One episode", "First layer", "Layers at work", "Units", "A map of its states", "Against the exact values",
            ])
        #expect(json["layers"]?.arrayValue?.first?["weights"] == JSON([16, 8]))
        expectSelfContained(page)
    }

    @Test func aNetworkOnNumbers() throws {
        let run = trained("ppo", "cartpole", steps: 512, "net_arch=8,8")
        let (page, json) = try inspected(run, "--episodes", "2")
        #expect(
            sections(json) == [
                "One episode", "First layer", "Layers at work", "What it looks at", "Units", "How little flips a decision",
                "A map of its states",
            ])
        let shares = try #require(json["attention"]?.objectValue?.members)
        #expect(shares.map(\.key).first == "cart position (m)" && shares.count == 4)
        #expect(abs(shares.reduce(0) { $0 + ($1.value.numberValue ?? 0) } - 1) < 1e-9)
        let flips = try #require(json["flips"])
        let flipped = flips["flipped"]?.arrayValue?.compactMap(\.numberValue) ?? []
        let noise = flips["flipped_by_noise"]?.arrayValue?.compactMap(\.numberValue) ?? []
        #expect(flipped.count == 40 && noise.count == 40 && flipped.reduce(0, +) > noise.reduce(0, +))
        expectSelfContained(page)
    }

    /// Behind a normalisation: what is examined is what enters the network.
    @Test func aNetworkOnNormalisedNumbers() throws {
        let run = trained("dqn", "cartpole", steps: 400, "net_arch=8", "normalize_observation=true")
        let (page, json) = try inspected(run, "--episodes", "1")
        #expect(sections(json).contains("How little flips a decision"))
        expectSelfContained(page)
    }

    @Test func aNetworkOnPictures() throws {
        let run = trained("dqn", "breakout", steps: 300, "buffer_size=1000", "net_arch=16")
        let (page, json) = try inspected(run, "--episodes", "1", "--frames", "2")
        #expect(
            sections(json) == [
                "One episode", "First layer", "Layers at work", "What it looks at", "Units", "How little flips a decision",
                "A map of its states",
            ])
        #expect(page.contains("guided gradient") && page.contains("<th>ball</th>") && page.contains("step 0: "))
        expectSelfContained(page)
    }

    @Test func aPolicyThatSaysNothingHasAPageToo() throws {
        let (_, json) = try inspected(trained("random", "pendulum", steps: 200))
        #expect(sections(json) == ["One episode"])
    }

    /// The same page to the last byte, whenever it is made; a name that would be markup is none.
    @Test func theSamePageAgainAndNamesAreText() throws {
        let run = trained("dqn", "frozenlake", steps: 200, "net_arch=8")
        let named = folder("<b>bold.safetensors")
        try FileManager.default.copyItem(atPath: run + "/best.safetensors", toPath: named)
        let first = try inspected(named).page
        #expect(first.contains("&lt;b&gt;bold") && !first.contains("<b>bold"))
        #expect(try inspected(named).page == first)
    }

    @Test func mistakesAreSentences() throws {
        let run = trained("random", "frozenlake", steps: 200)
        try Data("no weights".utf8).write(to: URL(fileURLWithPath: folder("damaged.safetensors")))
        for (words, status, hint) in [
            (["inspect"], 64, "AGENT"), (["inspect", run, "--mode", "best"], 64, "greedy, sampled or epsilon=X"),
            (["inspect", run, "--frames", "0"], 64, "--frames"), (["inspect", "no-such-agent"], 66, "no such agent"),
            (["inspect", folder("damaged.safetensors")], 65, "damaged.safetensors"),
            (["inspect", run, "--out", folder("no/such/page.html")], 73, "no such folder"),
            (["inspect", run, "--out", folder.path], 73, "this is a folder"),
        ] {
            let result = Invocation(words, of: Bellman.application(), environment: ["BELLMAN_HOME": folder.path])
            #expect(result.status == status && result.err.contains(hint), "\(words): \(result.status) \(result.err)")
        }
    }
}
