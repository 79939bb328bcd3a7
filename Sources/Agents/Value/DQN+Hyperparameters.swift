// DQN's hyperparameters from settings: what goes together, what does not, and whether the memory fits the machine.
import Basics
import Kernels
import Neural
import RLCore

extension DQN.Hyperparameters {
    /// - Throws: for values that exclude each other, in a sentence that says what fits instead.
    init(_ settings: Settings, _ context: AgentContext) throws(SettingError) {
        let rate = settings.number("learning_rate"), lastRate = settings.number("learning_rate_final")
        learningRate = lastRate < 0 ? .constant(rate) : .linear(from: rate, to: lastRate, steps: context.steps)
        epsilon = .linear(
            from: settings.number("exploration_initial_eps"), to: settings.number("exploration_final_eps"),
            steps: Int(settings.number("exploration_fraction") * Double(context.steps)))
        beta = .linear(
            from: settings.number("priority_beta"), to: settings.number("priority_beta_final"), steps: context.steps)
        batchSize = settings.integer("batch_size")
        learningStarts = settings.integer("learning_starts")
        trainFrequency = settings.integer("train_freq")
        gradientSteps = settings.integer("gradient_steps")
        targetUpdateInterval = settings.integer("target_update_interval")
        tau = Float(settings.number("tau"))
        gradientLimit = Float(settings.number("max_grad_norm"))
        isDouble = settings.boolean("double")
        usesHuber = settings.text("loss") == "huber"
        network = try QNetwork.Plan(settings, context)
        memory = try ReplayMemory.Plan(settings, context)
    }
}

extension QNetwork.Plan {
    init(_ settings: Settings, _ context: AgentContext) throws(SettingError) {
        guard case .discrete(let actions) = context.actionSpace else {
            throw SettingError(key: "", "a discrete action space is needed, this world's is \(context.actionSpace)")
        }
        self.init(
            hidden: settings.integers("net_arch"), activation: settings.activation, actions: actions,
            returns: try ReturnModel(settings),
            isDueling: settings.boolean("dueling"),
            noise: settings.boolean("noisy") ? Float(settings.number("noisy_sigma")) : nil)
        if let objection = QNetwork.objection(context.observationSpace, self) {
            throw SettingError(key: "net_arch", objection)
        }
    }
}

extension ReturnModel {
    init(_ settings: Settings) throws(SettingError) {
        let atoms = settings.integer("atoms"), name = settings.text("distribution")
        if name != "none" && settings.text("loss") == "mse" {
            throw SettingError(
                key: "loss", "loss=mse is for distribution=none; \(name) has a loss of its own, so leave loss at huber")
        }
        switch name {
        case "quantile": self = .quantiles(atoms)
        case "c51":
            let low = settings.number("v_min"), high = settings.number("v_max")
            guard low < high else { throw SettingError(key: "v_max", "v_max must be above v_min, \(high) is not above \(low)") }
            self = .categorical(atoms: atoms, low: Float(low), high: Float(high))
        default: self = .mean
        }
    }
}

extension ReplayMemory.Plan {
    init(_ settings: Settings, _ context: AgentContext) throws(SettingError) {
        let capacity = settings.integer("buffer_size")
        let isPacked = settings.boolean("memory_bits")
        if isPacked, case .bytes = context.observationSpace {
        } else if isPacked {
            throw SettingError(
                key: "memory_bits", "memory_bits=true is for pictures, this world shows \(context.observationSpace)")
        }
        self.init(
            capacity: capacity, lanes: context.lanes, space: context.observationSpace, steps: settings.integer("n_steps"),
            discount: Float(settings.number("gamma")), packed: isPacked,
            priorities: settings.boolean("prioritized")
                ? .init(
                    exponent: Float(settings.number("priority_alpha")), epsilon: Float(settings.number("priority_epsilon")))
                : nil, batchSize: settings.integer("batch_size"))
        try checkFit(in: PhysicalMemory.byteCount)
    }

    /// A tenth of the machine is left to everything else.
    func checkFit(in available: Int) throws(SettingError) {
        let limit = available / 10 * 9
        guard byteCount > limit else { return }
        let fitting = max(1, Int(Double(capacity) * Double(limit) / Double(byteCount)))
        throw SettingError(
            key: "buffer_size",
            "a replay memory of \(capacity) transitions takes \(gibibytes(byteCount)), this machine has \(gibibytes(available)); "
                + "set buffer_size to \(fitting) or less")
    }
    private func gibibytes(_ count: Int) -> String {
        let tenths = (count >> 20) * 10 / 1024
        return "\(tenths / 10).\(tenths % 10) GiB"
    }
}
