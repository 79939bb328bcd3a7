"""The jobs that both sides do: RL Baselines3 Zoo's hyperparameters for CartPole-v1, on our side as presets of the same values."""

import dataclasses


def linear(start):
    """Stable-Baselines3 hands a schedule the share of the budget that is left."""
    return lambda left: start * left


@dataclasses.dataclass(frozen=True)
class Case:
    algorithm: str
    steps: int
    lanes: int
    required: float  # how many times faster ours must be
    arguments: dict

    @property
    def preset(self):
        return f"{self.algorithm}-cartpole-zoo"


@dataclasses.dataclass(frozen=True)
class Breakout:
    preset: str
    start: int  # random frames before the first update
    frames: int  # of ours, each with an update
    twin_frames: int
    required: int  # frames a second of ours
    known: int  # frames a second of MinAtar's own example


BREAKOUT = Breakout("dqn-breakout-paper", start=5_000, frames=40_000, twin_frames=10_000, required=3_100, known=554)

CASES = [
    Case("dqn", 50_000, 1, 5.5, dict(
        learning_rate=2.3e-3, batch_size=64, buffer_size=100_000, learning_starts=1000, gamma=0.99, target_update_interval=10,
        train_freq=256, gradient_steps=128, exploration_fraction=0.16, exploration_final_eps=0.04,
        policy_kwargs=dict(net_arch=[256, 256]))),
    Case("ppo", 100_000, 8, 11, dict(
        n_steps=32, batch_size=256, gae_lambda=0.8, gamma=0.98, n_epochs=20, ent_coef=0.0, learning_rate=linear(1e-3),
        clip_range=linear(0.2))),
    Case("a2c", 500_000, 8, 11, dict(ent_coef=0.0)),
]
