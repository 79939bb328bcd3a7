// `rl plot`, `rl compare` and `rl report` on runs that were made up or trained for a moment.
import Commands
import Foundation
import Glibc
import TestSupport
import Testing
import Training

@Suite struct ReportingTests {
    private let folder = TemporaryFolder()

    private func rl(_ words: String...) -> Invocation { rl(words) }
    private func rl(_ words: [String]) -> Invocation {
        Invocation(words, of: Bellman.application(), environment: ["BELLMAN_HOME": folder.path])
    }

    /// Finished runs with these final returns, and two rows of metrics each.
    private func group(_ name: String, _ finals: [Double], environment: String = "cartpole") throws -> String {
        for (seed, final) in finals.enumerated() {
            let path = folder("\(name)/seed-\(seed)")
            try Folders.make(path)
            let plan = #"{"algorithm": "dqn", "environment": "\#(environment)", "preset": "<b>", "seed": \#(seed)}"#
            try AtomicFile.write(
                #"{"format": 1, "status": "finished", "plan": \#(plan), "results": {"final": {"mean_return": \#(final)}}}"#,
                to: path + "/run.json")
            try AtomicFile.write("step,return_mean\n100,\(final / 2)\n200,\(final)\n", to: path + "/metrics.csv")
        }
        return folder(name)
    }

    @Test func twoGroupsAreTwoLinesWithBands() throws {
        let a = try group("a", [1, 2, 3, 4]), b = try group("b", [5, 6, 7, 8])
        let result = rl("plot", a, b, "--out", folder("x.svg"), "--json")
        #expect(result.status == 0, "\(result.err)")
        let svg = try #require(folder.text("x.svg"))
        #expect(svg.matches(of: #/<polyline /#).count == 2 && svg.matches(of: #/<polygon /#).count == 2)
        #expect(svg.matches(of: #/\(IQM of 4 runs\)</#).count == 2 && svg.contains("solved at 475"))
        let document = try JSONReader.parse(result.out).json
        #expect(document["groups"]?.arrayValue?.map { $0["y"] } == [[1.25, 2.5], [3.25, 6.5]])
        #expect(document["groups"]?.arrayValue?[0]["x"] == [100.0, 200.0])
    }

    @Test func groupsByPresetAndByRun() throws {
        let a = try group("a", [1, 2]), b = try group("b", [5, 6])
        let byPreset = rl("plot", a, b, "--group", "preset", "--out", folder("x.svg"), "--json")
        #expect(try JSONReader.parse(byPreset.out).json["groups"]?.arrayValue?.map { $0["name"] } == ["<b>"])
        #expect(folder.text("x.svg")?.contains("&lt;b&gt; (IQM of 4 runs)") == true)
        let byRun = rl("plot", a, b, "--group", "run", "--threshold", "none", "--out", folder("x.svg"), "--json")
        #expect(try JSONReader.parse(byRun.out).json["groups"]?.arrayValue?.count == 4)
        #expect(folder.text("x.svg")?.contains("solved at") == false)
    }

    @Test func whatCannotBePlottedIsASentence() throws {
        let a = try group("a", [1, 2])
        for (words, status, hint) in [
            (["plot", folder("none")], 66, "no such folder"), (["plot", a, "--y", "reward"], 65, "there is no column"),
            (["plot"], 64, "RUN is missing"), (["plot", a, "--x", "time"], 64, "steps, seconds or episodes"),
            (["plot", a, "--x", "seconds"], 66, "timing.csv"), (["report", folder("none")], 66, "run.json"),
            (["compare", a], 64, "--against is missing"),
        ] {
            let result = rl(words)
            #expect(result.status == status && result.err.contains(hint), "\(words): \(result.status) \(result.err)")
        }
    }

    @Test func groupsAreCompared() throws {
        let a = try group("a", [5, 6, 7, 8, 6.5]), b = try group("b", [1, 2, 3, 4, 2.5]), c = try group("c", [5, 6, 7, 8, 6.5])
        let won = rl("compare", a, "--against", b, "--resamples", "500", "--json", "--out", folder("profiles.svg"))
        #expect(won.status == 0)
        let document = try JSONReader.parse(won.out).json
        #expect(document["probability_of_improvement"] == ["value": 1.0, "ci95": [1.0, 1.0]])
        #expect(document["first"]?["worlds"]?.arrayValue?[0]["iqm"] == 6.5)
        #expect(document["verdict"] == "the first group is better")
        #expect(folder.text("profiles.svg")?.contains("Performance profiles in cartpole") == true)
        // Several groups on either side; what follows --against belongs to it up to the next option.
        let equal = rl("compare", a, b, "--against", b, c, "--resamples", "500")
        #expect(equal.out.contains("probability of improvement 0.50") && equal.out.contains("do not tell the groups apart"))
        #expect(equal.out.contains("over 10 runs"))
    }

    /// One run a side is no evidence, and named five times it is still one run.
    @Test func fewRunsDecideNothing() throws {
        let a = try group("a", [5, 6, 7, 8]), b = try group("b", [1, 2, 3, 4, 2.5])
        let few = rl("compare", a, "--against", b, "--resamples", "500", "--json")
        let document = try JSONReader.parse(few.out).json
        #expect(document["verdict"] == "too few runs for a verdict: 4 where each world needs 5 on either side")
        #expect(document["probability_of_improvement"]?["value"] == 1.0)
        let one = a + "/seed-0"
        let repeated = rl(
            "compare", one, one + "/", folder("b/../a/seed-0"), a + "/./seed-0", one, "--against", b, "--resamples", "500")
        #expect(repeated.status == 0, "\(repeated.err)")
        #expect(repeated.out.contains("over 1 run\n") && repeated.out.contains("too few runs for a verdict: 1 where"))
        #expect(repeated.out.contains("\(one)/ is named more than once and counts once"), "\(repeated.out)")
        let alone = rl("compare", a, one, "--against", b, "--resamples", "500", "--json")
        #expect(try JSONReader.parse(alone.out).json["first"]?["worlds"]?.arrayValue?[0]["scores"] == [5.0, 6.0, 7.0, 8.0])
    }

    @Test func groupsOfOtherWorldsAreRefused() throws {
        let a = try group("a", [5, 6]), b = try group("b", [1], environment: "acrobot")
        let other = rl("compare", a, "--against", b)
        #expect(other.status == 1 && other.err.contains("cartpole against acrobot"))
        // Two worlds on both sides are two strata.
        let both = rl("compare", a, b, "--against", a, b, "--resamples", "500", "--json")
        #expect(
            try JSONReader.parse(both.out).json["first"]?["worlds"]?.arrayValue?.map { $0["environment"] } == [
                "acrobot", "cartpole",
            ])
        #expect(
            rl("compare", a, b, "--against", a, b, "--out", folder("x.svg")).err.contains("profiles compare returns of one world")
        )
    }

    /// A whole run: everything in one page, nothing fetched, and the command that repeats it.
    @Test func aReportHoldsEverything() throws {
        let run = folder("run")
        let words = [
            "train", "q-learning", "frozenlake", "--steps", "3000", "--seed", "5", "--set", "gamma=0.9", "--out", run, "--quiet",
        ]
        #expect(rl(words).status == 0)
        #expect(rl("report", run, "--out", folder("page.html")).status == 0)
        let page = try #require(folder.text("page.html"))
        for part in [
            "<h1>q-learning on frozenlake</h1>", "Alarms", "Curves", "Evaluations while training", "The best episode",
            "data:image/png;base64,", "Where the time went", "Configuration", "<td>gamma</td><td>0.9</td><td>--set</td>",
            "rl train q-learning frozenlake --seed 5 --steps 3000 --set gamma=0.9",
        ] { #expect(page.contains(part), "\(part)") }
        #expect(!page.contains("<script") && !page.contains("src=") && !page.contains("href="))
        #expect(page.matches(of: #/url\((?!data:|#)/#).isEmpty)
        // XML's own identifiers must not repeat on one page.
        let names = page.matches(of: #/<clipPath id="([^"]+)"/#).map(\.output.1)
        #expect(Set(names).count == names.count && !names.isEmpty)
    }

    /// The network that decides, behind preprocessing too: its entries with their weights and operations, and their sums.
    @Test func aReportTellsWhatTheNetworkIs() throws {
        let run = folder("run")
        let words = ["train", "a2c", "cartpole", "--steps", "200", "--set", "net_arch=8", "--set", "normalize_observation=true"]
        #expect(rl(words + ["--out", run, "--quiet"]).status == 0)
        #expect(rl("report", run, "--out", folder("page.html")).status == 0)
        let page = try #require(folder.text("page.html"))
        let cells = page.matches(of: #/<td[^>]*>([^<]*)<\/td>/#).map { String($0.output.1) }
        let first = try #require(cells.firstIndex(of: "Affine"))
        // 4 → 8: a product of 32 multiply-adds and 8 additions.
        #expect(cells[first + 1] == "8" && cells[first + 2].contains("4 × 8") && cells[first + 3...first + 4] == ["40", "72"])
        #expect(cells[first + 5].hasPrefix("Neural/Linear.swift:"))
        let all = try #require(cells.firstIndex(of: "all"))
        #expect(cells[all + 3...all + 4] == ["58", "106"], "\(cells[first - 1...all + 5])")
    }

    /// What stands in a table is shown as it is: no number is too large for a page, and no name becomes markup.
    @Test func aTableOfAnyNumbersMakesAPage() throws {
        let run = try group("a", [1]) + "/seed-0"
        try AtomicFile.write(
            "step,mean_return,std_return,min_return,max_return,episodes\n1e300,1,nan,-inf,9e99,\nnan,1.7e308,0,0,0,1e300\n-5,1,1,1,1,2.5\n",
            to: run + "/evaluations.csv")
        try AtomicFile.write("step,return_mean,\"><script>x\n1e300,-1.7e308,3\n2e300,5e-324,4\n", to: run + "/metrics.csv")
        try AtomicFile.write("step,seconds,act\n1,1e300,nan\n", to: run + "/timing.csv")
        let result = rl("report", run, "--out", folder("page.html"))
        #expect(result.status == 0, "\(result.err)")
        let page = try #require(folder.text("page.html"))
        for cell in ["1e+300", "nan", "-inf", "2.50", "-5"] {
            #expect(page.contains("<td class=\"number\">\(cell)</td>"), "\(cell)")
        }
        #expect(!page.contains("<script") && page.contains("&quot;&gt;&lt;script&gt;x"))
        #expect(rl("plot", run, "--threshold", "-1.7e308", "--out", folder("x.svg")).status == 0)
    }

    /// Whatever chose the values, the command on the page chooses them again: a preset that lies in a file has only its name there.
    @Test func theCommandOfAReportRepeatsTheRun() throws {
        try Folders.make(folder("h 3"))
        try AtomicFile.write(
            #"{"format": 1, "algorithm": "dqn", "environment": "cartpole", "steps": 300, "lanes": 2, "until_return": 9.5, "#
                + #""eval_every": 100, "env": {"time_limit": 50}, "hyperparameters": {"net_arch": [8, 4], "gamma": 0.9}}"#,
            to: folder("h 3/preset.json"))
        // The preset that rl itself would begin with.
        try Folders.make(folder("agents"))
        try AtomicFile.write(
            #"{"format": 1, "algorithm": "dqn", "environment": "cartpole", "steps": 900, "hyperparameters": {"batch_size": 16, "double": true}}"#,
            to: folder("agents/dqn-cartpole.json"))
        let run = folder("run")
        let words = ["train", "dqn", "cartpole", "--preset", folder("h 3/preset.json"), "--set", "learning_starts=100"]
        #expect(rl(words + ["--seed", "3", "--out", run, "--quiet"]).status == 0)
        #expect(rl("report", run, "--out", folder("page.html")).status == 0)
        let page = try #require(folder.text("page.html"))
        let command = try #require(page.firstMatch(of: #/<pre>rl (train [^<]*)<\/pre>/#)).output.1
        #expect(!command.contains("--preset") && command.contains("--set gamma=0.9") && command.contains("--set net_arch=8,4"))
        #expect(rl(command.split(separator: " ").map(String.init) + ["--out", folder("again"), "--quiet"]).status == 0)
        let plans = try [run, folder("again")].map { try JSONReader.read($0 + "/run.json").json["plan"] }
        for key in ["hyperparameters", "env", "seed", "steps", "lanes", "until_return", "eval_every", "checkpoint_every"] {
            #expect(plans[0]?[key] == plans[1]?[key], "\(key) of \(command)")
        }
    }

    /// Where the world has gone, everything that needs no world is still on the page.
    @Test func aReportOfARunWhoseWorldIsGone() throws {
        try Folders.make(folder("envs"))
        try AtomicFile.write(
            #"{"format": 1, "world": "grid", "map": ["SFG"], "legend": {}, "reward": {"G": 1}, "time_limit": 20}"#,
            to: folder("envs/corridor.json"))
        let trained = try BuiltBinary(
            ["train", "q-learning", "corridor", "--steps", "200", "--out", "run", "--quiet"], in: folder.path
        ).ending()
        #expect(trained.status == 0, "\(trained.err)")
        try Folders.remove(folder("envs/corridor.json"))
        let result = try BuiltBinary(["report", "run", "--out", "page.html"], in: folder.path).ending()
        #expect(result.status == 0, "\(result.err)")
        let page = try #require(folder.text("page.html"))
        for part in ["Evaluations while training", "Where the time went", "Configuration", "corridor"] {
            #expect(page.contains(part), "\(part)")
        }
        #expect(page.contains("Neither the best episode nor what was learned is shown") && !page.contains("<h2>The best episode"))
        // Nor is what was learned on a map shown on another one.
        try AtomicFile.write(
            #"{"format": 1, "world": "grid", "map": ["SFFG"], "legend": {}, "reward": {"G": 1}, "time_limit": 20}"#,
            to: folder("envs/corridor.json"))
        let changed = try BuiltBinary(["report", "run", "--out", "changed.html"], in: folder.path).ending()
        #expect(changed.status == 0, "\(changed.err)")
        #expect(folder.text("changed.html")?.contains("the file of corridor has changed since this run began") == true)
    }

    /// As every other output that nobody reads any more.
    @Test func aReportIntoAPipeThatClosesEndsAsOne() async throws {
        let run = try group("a", [1]) + "/seed-0"
        // More than a pipe holds.
        let rows = (0..<3000).map { "\($0),1,1,1,1,1\n" }.joined()
        try AtomicFile.write("step,mean_return,std_return,min_return,max_return,episodes\n" + rows, to: run + "/evaluations.csv")
        try AtomicFile.write("step,seconds\n", to: run + "/timing.csv")
        let path = BuiltBinary.path
        let result = await #expect(processExitsWith: .exitCode(141), observing: [\.standardErrorContent]) {
            [path = path as String, run = run as String] in
            signal(SIGPIPE, SIG_DFL)
            let script = "set -o pipefail; \(path) report '\(run)' --out /dev/stdout | head -c 50 >/dev/null"
            let words = ["bash", "-c", script]
            var arguments = words.map { strdup($0) } + [nil]
            execv("/bin/bash", &arguments)
            exit(99)
        }
        // Asked last, for the folder goes when nobody needs it any more.
        #expect(!result.lastWords.contains("rl:") && folder.names == ["a"])
    }
}
