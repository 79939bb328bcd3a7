// Under which tags TensorBoard shows the columns of our tables: CleanRL's where it has one.

enum ScalarTags {
    /// CleanRL's names (vwxyzjn/cleanrl: dqn.py, ppo.py), by our columns.
    private static let known = [
        "return_mean": "charts/episodic_return", "length_mean": "charts/episodic_length",
        "learning_rate": "charts/learning_rate", "epsilon": "charts/epsilon", "updates": "charts/updates",
        "episodes": "charts/episodes", "q_mean": "losses/q_values", "policy_loss": "losses/policy_loss",
        "value_loss": "losses/value_loss", "entropy": "losses/entropy", "approx_kl": "losses/approx_kl",
        "clip_fraction": "losses/clipfrac", "explained_variance": "losses/explained_variance",
        "mean_return": "eval/episodic_return",
    ]
    /// Environment steps per second since the process began or resumed the run.
    static let speed = "charts/SPS"

    /// - Parameter columns: of the same table; a loss beside action values is a temporal-difference loss.
    static func tag(of column: String, among columns: [String]) -> String {
        if column == "loss" { return columns.contains("q_mean") ? "losses/td_loss" : "losses/loss" }
        if let tag = known[column] { return tag }
        let aboutNetwork = ["dead_units", "saturation", "update_ratio"].contains { column.hasSuffix($0) }
        return (aboutNetwork ? "network/" : "losses/") + column
    }
}
