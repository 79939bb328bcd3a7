// Every addition to DQN alone and all together, as settings: what the tests run through.

enum DQNVariants {
    static let all: [String: [String: String]] = [
        "plain": [:],
        "double": ["double": "true"],
        "dueling": ["dueling": "true"],
        "noisy": ["noisy": "true", "exploration_initial_eps": "0", "exploration_final_eps": "0"],
        "prioritized": ["prioritized": "true"],
        "n-step": ["n_steps": "3"],
        "c51": ["distribution": "c51", "v_min": "-2", "v_max": "2"],
        "quantile": ["distribution": "quantile", "atoms": "20"],
        "mse": ["loss": "mse"],
        "rainbow": [
            "double": "true", "dueling": "true", "noisy": "true", "prioritized": "true", "n_steps": "3", "distribution": "c51",
            "v_min": "-2", "v_max": "2", "exploration_initial_eps": "0", "exploration_final_eps": "0",
        ],
        "quantile rainbow": [
            "double": "true", "dueling": "true", "noisy": "true", "prioritized": "true", "n_steps": "2",
            "distribution": "quantile", "atoms": "20", "exploration_initial_eps": "0", "exploration_final_eps": "0",
        ],
    ]
    static let names = all.keys.sorted()
}
