// What only a process of its own can show: signals, crashes, locks, closed pipes, full disks, children.
import Glibc
import TestSupport
import Testing
import Training

@Suite struct RunProcessTests {
    private let folder = TemporaryFolder()
    private let long = [
        "train", "random", "cartpole", "--steps", "3000000", "--checkpoint-every", "2000", "--out", "run", "--no-progress",
    ]

    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143), (SIGHUP, 129)] as [(Int32, Int32)])
    func aSignalSavesAndSaysHowToGoOn(number: Int32, status: Int32) throws {
        let rl = try BuiltBinary(long, in: folder.path)
        try rl.wait(forCheckpoint: 4000, in: folder("run"))
        rl.signal(number)
        let ending = rl.ending()
        #expect(ending.status == status)
        #expect(ending.err.contains("go on with: rl resume run\n"))
        #expect(try JSONReader.read(folder("run/run.json")).json["status"] == "interrupted")
        #expect(!folder.names.contains { $0.hasSuffix(".tmp") })
    }

    /// Training is over, its hundred last episodes take a while: what they are about is saved all the same.
    @Test func aSignalInTheLastEvaluationSavesToo() throws {
        let words = "train random pendulum --steps 40 --eval-every 40 --eval-episodes 1 --checkpoint-every 1000000 --out run"
        let rl = try BuiltBinary(
            words.split(separator: " ").map(String.init) + ["--env-set", "time_limit=100000", "--no-progress"], in: folder.path)
        try rl.wait(for: folder("run/best.safetensors"))
        usleep(300_000)
        rl.signal(SIGTERM)
        let ending = rl.ending()
        #expect(ending.status == 143, "\(ending.err)")
        #expect(ending.err.contains("stopped at step 40 of 40; go on with: rl resume run\n"), "\(ending.err)")
        #expect(try JSONReader.read(folder("run/run.json")).json["status"] == "interrupted")
        #expect(folder.bytes("run/checkpoints/40/state.safetensors") != nil)
    }

    /// Killed without warning, resumed, interrupted and resumed again: the bytes are those of a run that nobody touched.
    @Test func killedAndResumedItEndsTheSame() throws {
        let words = [
            "train", "dqn", "cartpole", "--steps", "6000", "--set", "net_arch=16", "--set", "learning_starts=500", "--eval-every",
            "1500",
            "--eval-episodes", "3", "--quiet",
        ]
        #expect(try BuiltBinary(words + ["--out", "whole"], in: folder.path).ending().status == 0)
        let killed = try BuiltBinary(words + ["--out", "run"], in: folder.path)
        try killed.wait(forCheckpoint: 1200, in: folder("run"))
        killed.signal(SIGKILL)
        #expect(killed.ending().status == 128 + SIGKILL)
        let stopped = try BuiltBinary(["resume", "run", "--quiet"], in: folder.path)
        usleep(50_000)
        stopped.signal(SIGTERM)
        #expect([0, 143].contains(stopped.ending().status))
        let resumed = try BuiltBinary(["resume", "run", "--json", "--quiet"], in: folder.path).ending()
        #expect(resumed.status == 0 && resumed.err == "" && resumed.out.hasPrefix("{\n  \"run\": \"run\",\n"))
        for name in [
            "metrics.csv", "evaluations.csv", "best.safetensors", "checkpoints/5400/state.safetensors",
            "checkpoints/6000/state.safetensors",
        ] {
            #expect(folder.bytes("run/" + name) == folder.bytes("whole/" + name), "\(name)")
            #expect(folder.bytes("run/" + name)?.isEmpty == false)
        }
        let plans = try ["run", "whole"].map { try JSONReader.read(folder($0 + "/run.json")).json }
        for key in ["status", "plan", "results"] { #expect(plans[0][key] == plans[1][key], "\(key)") }
    }

    @Test func twoRunsCannotShareAFolder() throws {
        let first = try BuiltBinary(long, in: folder.path)
        try first.wait(forCheckpoint: 2000, in: folder("run"))
        for words in [long, ["resume", "run"]] {
            let second = try BuiltBinary(words, in: folder.path).ending()
            #expect(second.status == 73 && second.err.contains("rl: run: another rl works in this folder"))
        }
        first.signal(SIGTERM)
        #expect(first.ending().status == 143)
    }

    @Test func seedsRunAsChildrenAndStopTogether() throws {
        let words = ["train", "random", "cartpole", "--seeds", "3", "--out", "group", "--json"]
        let whole = try BuiltBinary(words + ["--steps", "200", "--seed", "5"], in: folder.path).ending()
        #expect(whole.status == 0)
        let document = try JSONReader.parse(Array(whole.out.utf8), path: "").json
        #expect(document.objectValue?.members.map(\.key) == ["runs", "summary"])
        #expect(document["runs"]?.arrayValue?.map { $0["seed"] } == [5, 6, 7])
        #expect(
            document["summary"]?.objectValue?.members.map(\.key)
                == ["iqm", "ci95", "fraction_solved", "median_seconds", "median_seconds_to_solve"])
        #expect(document["summary"]?["fraction_solved"] == 0.0 && document["summary"]?["median_seconds_to_solve"] == .null)

        let again = try BuiltBinary(words + ["--seed", "7"], in: folder.path).ending()
        #expect(again.status == 73 && again.out == "" && again.err.contains("group/seed-7"))

        let stopped = try BuiltBinary(
            words.dropLast() + ["--seed", "50", "--steps", "3000000", "--checkpoint-every", "2000"], in: folder.path)
        try stopped.wait(forCheckpoint: 2000, in: folder("group/seed-50"))
        stopped.signal(SIGTERM)
        let ending = stopped.ending()
        #expect(ending.status == 143 && ending.out == "" && ending.err.contains("go on with: rl resume group/seed-50\n"))
        #expect(try JSONReader.read(folder("group/seed-50/run.json")).json["status"] == "interrupted")
    }

    @Test func aChildThatFailsIsReported() throws {
        let ending = try BuiltBinary(
            [
                "train", "dqn", "cartpole", "--seeds", "2", "--steps", "2000", "--set", "optimizer=sgd", "--set",
                "learning_rate=10",
                "--set", "max_grad_norm=1e300", "--set", "loss=mse", "--quiet",
            ], in: folder.path
        ).ending()
        #expect(ending.status == 1 && ending.out == "")
        #expect(
            ending.err.contains("rl: training diverged")
                && ending.err.contains("rl: 2 of 2 runs failed; seed 0 ended with status 1"))
    }

    @Test func aRunThatDivergesSaysWhereAndWhatToTryAndWhereItsStateIs() throws {
        let ending = try BuiltBinary(
            [
                "train", "dqn", "cartpole", "--steps", "2000", "--set", "optimizer=sgd", "--set", "learning_rate=10", "--set",
                "max_grad_norm=1e300", "--set", "loss=mse", "--quiet", "--out", "run",
            ], in: folder.path
        ).ending()
        #expect(ending.status == 1 && ending.out == "")
        #expect(ending.err.wholeMatch(of: /rl: training diverged at step \d+: the .+, recorded at .+, is .+\n/) != nil)
        #expect(ending.err.contains("try a smaller learning_rate (now 10.0) or max_grad_norm (now 1e+300)"))
        #expect(ending.err.hasSuffix("; the state before that update is in run/diverged.safetensors\n"))
        #expect(folder.bytes("run/diverged.safetensors") != nil)
    }

    @Test(arguments: [("| head -1", 141), ("> /dev/full", 73)]) func outputsThatEnd(redirection: String, status: Int32) async {
        let path = BuiltBinary.path
        await #expect(processExitsWith: .exitCode(status)) { [path = path as String, redirection] in
            signal(SIGPIPE, SIG_DFL)
            let script = "set -o pipefail; \(path) trace cartpole --steps 30000 \(redirection) >/dev/null"
            let words = ["bash", "-c", redirection.hasPrefix("|") ? script : String(script.dropLast(" >/dev/null".count))]
            var arguments = words.map { strdup($0) } + [nil]
            execv("/bin/bash", &arguments)
            exit(99)
        }
    }

    /// The reader of all that a training says goes away after a line: 141, and the run goes on as if nothing had been.
    @Test func aClosedPipeEndsATrainingThatCanGoOn() throws {
        let words = "train random cartpole --steps 4000 --checkpoint-every 500 --json"
        #expect(
            try BuiltBinary(words.split(separator: " ").map(String.init) + ["--out", "whole"], in: folder.path).ending().status
                == 0)
        let path = BuiltBinary.path, place = folder.path
        let script = "cd '\(place)' && { '\(path)' \(words) --out run; echo $? >status; } | true; cat status"
        let pipe = try #require(popen(script, "r"))
        var text = ""
        while case let byte = getc(pipe), byte != EOF {
            text.unicodeScalars.append(Unicode.Scalar(UInt8(truncatingIfNeeded: byte)))
        }
        pclose(pipe)
        #expect(text == "141\n")
        #expect(try BuiltBinary(["resume", "run", "--quiet"], in: folder.path).ending().status == 0)
        for file in try RunComparison(of: folder("whole"), with: folder("run")).files {
            #expect(file.difference == nil, "\(file.name)")
        }
    }

    /// The folder of a run is taken away while it trains: it is saved in the current folder, and goes on from there.
    @Test func aRunWhoseFolderGoesIsSavedElsewhere() throws {
        let rl = try BuiltBinary(long, in: folder.path)
        try rl.wait(forCheckpoint: 4000, in: folder("run"))
        try Folders.move(folder("run"), to: folder("gone"))
        let ending = rl.ending()
        #expect(ending.status == 73, "\(ending.err)")
        #expect(ending.err.contains("is saved elsewhere: go on with rl resume rescued-random-cartpole-seed-0\n"), "\(ending.err)")
        let resumed = try BuiltBinary(["resume", "rescued-random-cartpole-seed-0", "--no-progress"], in: folder.path)
        usleep(300_000)
        resumed.signal(SIGTERM)
        let again = resumed.ending()
        #expect(again.status == 143 && again.err.contains("resuming rescued-random-cartpole-seed-0 at step "), "\(again.err)")
    }

    /// `ulimit -f` stands in for a disk that fills up while a checkpoint is written.
    @Test func aFullDiskIsASentence() throws {
        let path = BuiltBinary.path, place = folder.path
        let pipe = try #require(
            popen(
                "cd '\(place)' && ulimit -f 64 && '\(path)' train dqn cartpole --steps 5000 --out run --quiet 2>&1; echo $?", "r")
        )
        var bytes: [UInt8] = []
        while case let byte = getc(pipe), byte != EOF { bytes.append(UInt8(truncatingIfNeeded: byte)) }
        pclose(pipe)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.hasSuffix("\n73\n") && text.contains("cannot be written"), "\(text)")
        #expect(!text.contains("Crash") && !text.contains("Signal"))
    }
}
