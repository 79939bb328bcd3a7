// The only training loop in the house: act, step, remember, learn, and now and then examine.
import Agents
public import Basics
public import Kernels
public import RLCore

/// Seconds of the loop by what they went into.
public struct PhaseTimes: Hashable, Sendable {
    public var act = 0.0
    public var worlds = 0.0
    public var learn = 0.0
    public var report = 0.0
}

/// Where a run stands, as observers are told on a fixed grid of steps.
public struct Progress: Sendable {
    public let step: Int
    public let updates: Int
    public let episodes: Int
    /// Over the last hundred episodes; nil before the first has ended.
    public let meanReturn: Double?
    public let meanLength: Double?
    /// Means over the updates since the last report, by the agent's `metricNames`; nil where there was none.
    public let metrics: [Double]?
    /// What the agent's networks looked like, by its `diagnosticNames`; nil where there is nothing to tell.
    public let diagnostics: [Double?]
    public let times: PhaseTimes
    /// Since the run was begun, what earlier processes have spent on it included.
    public let seconds: Double
}

/// Who looks on. Called between steps, on the run's own thread, with views that are valid during the call.
public protocol Observer: AnyObject {
    /// Once per vector step.
    func didStep(_ run: TrainingRun, _ batch: StepBatch)
    func didReport(_ run: TrainingRun, _ progress: Progress) throws
    /// After every evaluation; `isBest` when its weights are now the kept ones.
    func didEvaluate(_ run: TrainingRun, _ evaluation: Evaluation, isBest: Bool) throws
    /// When a checkpoint is due.
    func shouldCheckpoint(_ run: TrainingRun) throws
    /// Before `advance` throws it. What `save(into:)` gives now is the state before the update that failed.
    func didDiverge(_ run: TrainingRun, _ divergence: Divergence) throws
}

extension Observer {
    public func didStep(_ run: TrainingRun, _ batch: StepBatch) {}
    public func didReport(_ run: TrainingRun, _ progress: Progress) throws {}
    public func didEvaluate(_ run: TrainingRun, _ evaluation: Evaluation, isBest: Bool) throws {}
    public func shouldCheckpoint(_ run: TrainingRun) throws {}
    public func didDiverge(_ run: TrainingRun, _ divergence: Divergence) throws {}
}

public final class TrainingRun {
    public let plan: TrainingPlan
    public let agent: any Agent
    public var observers: [any Observer] = []

    private let vector: any VectorEnvironment
    private let examination: any VectorEnvironment
    private let actions: Actions
    /// Streams by key: (0, lane) worlds, (1, lane) acting, (2) replay sampling, (3) initialisation, (4) the rest.
    private var acting: [RandomSource]
    private var sampling: RandomSource
    private var batch: StepBatch
    private var statistics: EpisodeStatistics
    private var sums: [Double]
    private var updatesSinceReport = 0
    /// The first thing that went wrong in the step that is being taken.
    private var failure: (any Error)?

    public private(set) var step = 0
    /// The kept weights, and what chose them.
    public private(set) var best: (weights: Archive, evaluation: Evaluation, step: Int)?
    /// The first episode of the evaluation that chose the kept weights; nil before the first, and after a resume until the next.
    public private(set) var bestEpisode: Recording?
    /// Whether an evaluation has reached `plan.untilReturn`.
    private var hasReachedGoal = false
    public var isFinished: Bool { hasReachedGoal || step >= plan.steps }
    public private(set) var times = PhaseTimes()
    /// Seconds from the run's beginning to the first evaluation that reached the world's threshold.
    public private(set) var secondsToSolve: Double?
    /// Seconds since any moment: for saying how long things took, never for deciding what to do.
    private let clock: () -> Double
    private var begun: Double
    public var seconds: Double { clock() - begun }
    public var episodes: Int { statistics.finished }

    /// Makes the worlds and the agent; all memory of the run exists after this.
    ///
    /// - Parameters:
    ///   - threads: how many step the worlds; results do not depend on it.
    ///   - clock: seconds; whatever it answers changes `timing` alone.
    /// - Throws: `SettingError` when values do not go together.
    public init(_ plan: TrainingPlan, threads: Int = 1, clock: @escaping () -> Double = monotonicSeconds) throws {
        self.plan = plan
        self.clock = clock
        begun = clock()
        vector = try plan.environment.makeVector(plan.environmentSettings, lanes: plan.lanes, threads: threads)
        examination = try plan.environment.makeVector(plan.environmentSettings, lanes: min(plan.evaluationEpisodes, 100))
        let seed = plan.seed
        let model = plan.algorithm.needsModel ? try plan.environment.makeModel(plan.environmentSettings) : nil
        agent = try plan.algorithm.makeAgent(
            AgentContext(
                observationSpace: vector.observationSpace, actionSpace: vector.actionSpace, lanes: plan.lanes,
                steps: plan.scheduleSteps,
                random: RandomSource(seed: seed, key: [3]), model: model), plan.hyperparameters)
        actions = Actions(lanes: plan.lanes, space: vector.actionSpace)
        acting = (0..<plan.lanes).map { RandomSource(seed: seed, key: [1, UInt32($0)]) }
        sampling = RandomSource(seed: seed, key: [2])
        statistics = EpisodeStatistics(lanes: plan.lanes)
        sums = Array(repeating: 0, count: agent.metricNames.count)
        batch = vector.reset(seed: seed)
        agent.begin(batch)
    }

    /// One step of all lanes, with whatever falls due after it.
    ///
    /// - Throws: `Divergence` when a number is no longer finite, and what the observers throw.
    public func advance() throws {
        precondition(!isFinished, "the run has ended")
        let started = clock()
        agent.act(into: actions, using: &acting)
        let acted = clock()
        batch = vector.step(actions)
        let stepped = clock()
        agent.remember(actions, batch)
        var fault: NotFinite?
        do throws(NotFinite) {
            if let metrics = try agent.learn(using: &sampling) {
                for i in sums.indices { sums[i] += Double(metrics.values[i]) }
                updatesSinceReport += 1
            }
        } catch { fault = error }
        let learned = clock()
        statistics.count(batch)
        let before = step
        step += plan.lanes
        for observer in observers { observer.didStep(self, batch) }
        if let fault { try stop(Divergence(fault, plan)) }

        // A multiple of the interval lies in (before, step].
        func isDue(_ interval: Int) -> Bool { step / interval != before / interval }
        if step >= plan.steps || isDue(plan.evaluationInterval) { examine() }
        if isFinished || isDue(plan.reportInterval) { report() }
        if plan.isCheckpoint(step) { tell { try $0.shouldCheckpoint(self) } }
        try throwFailure()
        times.act += acted - started
        times.worlds += stepped - acted
        times.learn += learned - stepped
        times.report += clock() - learned
    }

    /// Tells every observer, whatever the others throw: what fails is thrown when the step is whole, so that it can be saved elsewhere.
    private func tell(_ body: (any Observer) throws -> Void) {
        for observer in observers { do { try body(observer) } catch { failure = failure ?? error } }
    }

    private func throwFailure() throws {
        guard let failure else { return }
        self.failure = nil
        throw failure
    }

    /// Greedy episodes on the selection seeds; the best weights are kept, the later of equals.
    private func examine() {
        let policy = agent.makePolicy()
        let recorder = EpisodeRecorder()
        let result = evaluate(
            policy, in: examination, episodes: plan.evaluationEpisodes, firstSeed: SeedRange.selection, recorder: recorder)
        let isBest = best.map { result.mean >= $0.evaluation.mean } ?? true
        if isBest {
            var weights = Archive()
            policy.save(into: &weights)
            best = (weights, result, step)
            bestEpisode = recording(recorder, step: step)
        }
        if secondsToSolve == nil, let threshold = plan.environment.threshold, result.mean >= threshold {
            secondsToSolve = seconds
        }
        tell { try $0.didEvaluate(self, result, isBest: isBest) }
        if let goal = plan.untilReturn, result.mean >= goal { hasReachedGoal = true }
    }

    /// The step has been counted, so that what is saved now is whole: all of it but the update that failed.
    private func stop(_ divergence: Divergence) throws {
        tell { try $0.didDiverge(self, divergence) }
        try throwFailure()
        throw divergence
    }

    private func report() {
        let progress = Progress(
            step: step, updates: agent.updates, episodes: statistics.finished, meanReturn: statistics.meanReturn,
            meanLength: statistics.meanLength,
            metrics: updatesSinceReport == 0 ? nil : sums.map { $0 / Double(updatesSinceReport) }, diagnostics: agent.diagnose(),
            times: times, seconds: seconds)
        for i in sums.indices { sums[i] = 0 }
        updatesSinceReport = 0
        tell { try $0.didReport(self, progress) }
        if let metrics = progress.metrics, let index = metrics.firstIndex(where: { !$0.isFinite }) {
            failure = failure ?? Divergence(metric: agent.metricNames[index], value: metrics[index], step: step, plan)
        }
    }

    /// The kept weights on the report seeds, once, after training: the only figure that is ever published.
    ///
    /// - Parameter attend: called at every step of an episode; throws to give up, which leaves the run as it was.
    public func finish(episodes: Int = 100, attend: () throws -> Void = {}) throws -> RunReport {
        if best == nil { examine() }
        try throwFailure()
        guard let best else { preconditionFailure("an evaluation keeps weights") }
        let policy = agent.makePolicy()
        try policy.load(from: best.weights)
        let worlds = try plan.environment.makeVector(plan.environmentSettings, lanes: min(episodes, 100))
        let final = try evaluate(policy, in: worlds, episodes: episodes, firstSeed: SeedRange.report, attend: attend)
        return RunReport(
            plan: plan, step: step, updates: agent.updates, episodes: statistics.finished, seconds: seconds,
            secondsToSolve: secondsToSolve, best: (best.evaluation, best.step), final: final, fingerprint: fingerprint())
    }

    /// Begins to count where an earlier process has stopped.
    func goOn(after spent: TimeSpent) {
        begun -= spent.seconds
        times = spent.times
        secondsToSolve = spent.secondsToSolve
    }

    /// What has been learned by now, as 16 hexadecimal digits: equal weights, to the last bit, have equal ones.
    public func fingerprint() -> String {
        var weights = Archive()
        agent.makePolicy().save(into: &weights)
        return String(SHA256.hex(of: SafetensorsFile.encode(weights).span).prefix(16))
    }

    /// Plays the first episode of the evaluation that chose the kept weights again, for a folder that has lost it.
    func replayBestEpisode() throws -> Recording? {
        guard let best else { return nil }
        let policy = agent.makePolicy(), recorder = EpisodeRecorder()
        try policy.load(from: best.weights)
        let worlds = try plan.environment.makeVector(plan.environmentSettings, lanes: 1)
        _ = evaluate(policy, in: worlds, episodes: 1, firstSeed: SeedRange.selection, recorder: recorder)
        return recording(recorder, step: best.step)
    }
    private func recording(_ recorder: EpisodeRecorder, step: Int) -> Recording {
        recorder.recording(
            of: plan.environment, plan.environmentSettings, seed: SeedRange.selection,
            agent: "\(plan.algorithm.name), seed \(plan.seed), step \(step)")
    }
}

extension TrainingRun {
    /// Everything that decides what the next steps will be; the clock is not part of it.
    public func save(into archive: inout Archive) {
        archive.store([Int64(step), hasReachedGoal ? 1 : 0, Int64(updatesSinceReport)], as: "run.position")
        archive.store(sums, as: "run.sums")
        archive.store(sampling, as: "run.sampling")
        for lane in acting.indices { archive.store(acting[lane], as: "run.acting\(lane)") }
        archive.store(part: "episodes") { statistics.save(into: &$0) }
        archive.store(part: "worlds") { vector.save(into: &$0) }
        archive.store(part: "agent") { agent.save(into: &$0) }
        guard let best else { return }
        archive.store(part: "best") {
            for name in best.weights.names { if let tensor = best.weights[name] { $0.store(tensor, as: "weights/" + name) } }
            $0.store(best.evaluation.returns, as: "returns")
            $0.store(best.evaluation.lengths.map { Int64($0) }, as: "lengths")
            $0.store(best.step, as: "step")
        }
    }

    /// The run as it was saved; the next `advance` takes the step that would have come next.
    public func load(from archive: Archive) throws(ArchiveError) {
        let position = try archive.int64s("run.position", count: 3)
        guard (0...Int64(plan.steps)).contains(position[0]), position[0] % Int64(plan.lanes) == 0, position[2] >= 0 else {
            throw ArchiveError("\"run.position\" is \(position), which is no step of this run")
        }
        sums = try archive.doubles("run.sums", count: sums.count)
        sampling = try archive.random("run.sampling")
        for lane in acting.indices { acting[lane] = try archive.random("run.acting\(lane)") }
        try statistics.load(from: archive.part("episodes"))
        try vector.load(from: archive.part("worlds"))
        try agent.load(from: archive.part("agent"))
        step = Int(position[0])
        hasReachedGoal = position[1] != 0
        updatesSinceReport = Int(position[2])
        let kept = archive.part("best")
        guard kept["step"] != nil else { return best = nil }
        var weights = Archive()
        let prefix = "best/weights/"
        for name in archive.names where name.hasPrefix(prefix) {
            let short = String(name.dropFirst(prefix.count))
            if let tensor = kept["weights/" + short] { weights.store(tensor, as: short) }
        }
        let returns = try kept.doubles("returns"), lengths = try kept.int64s("lengths", count: returns.count)
        best = (
            weights, Evaluation(firstSeed: SeedRange.selection, returns: returns, lengths: lengths.map { Int($0) }),
            try kept.integer("step")
        )
    }
}
