// The hyperparameters that every learner takes: what it is shown instead of what the world shows and pays.
public import Basics
public import RLCore

extension Preprocessing {
    /// In the words of Gymnasium's wrappers and of Stable-Baselines3's `VecNormalize`.
    public static let declarations = [
        SettingDeclaration(
            "normalize_observation", .boolean(false), help: "observations less their running mean, over their running deviation"),
        SettingDeclaration(
            "clip_obs", .number(10), .numbers(0.001...1e6), help: "the bound of a normalised observation"),
        SettingDeclaration(
            "reward_scale", .number(1), .numbers(-1e9...1e9), help: "rewards are multiplied by this, first of all"),
        SettingDeclaration(
            "normalize_reward", .boolean(false), help: "rewards over the running deviation of the discounted return"),
        SettingDeclaration(
            "normalize_gamma", .number(0.99), .numbers(0...1), help: "the discount of the return that normalize_reward measures"),
        SettingDeclaration(
            "clip_reward", .number(0), .numbers(0...1e9), help: "the bound of a reward, last of all; 0 for none"),
    ]

    /// Nothing where `settings` do not declare it.
    init(_ settings: Settings) {
        self.init()
        guard settings.declarations.contains(where: { $0.key == "normalize_observation" }) else { return }
        normalizesObservations = settings.boolean("normalize_observation")
        observationLimit = Float(settings.number("clip_obs"))
        rewardScale = Float(settings.number("reward_scale"))
        normalizesRewards = settings.boolean("normalize_reward")
        discount = settings.number("normalize_gamma")
        let limit = settings.number("clip_reward")
        rewardLimit = limit > 0 ? Float(limit) : nil
    }
}
