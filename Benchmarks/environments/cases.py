"""What is compared: one line for each world of ours, the peers that have it, and what ours must reach."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    name: str  # the bench case of ours
    peers: tuple  # (package, its id, how many are stepped together); the manner is the package's part before the colon
    required: float  # steps per second on one core with a roof of 272 GFLOP/s


def atari(game):
    name = game.capitalize()
    return (("ale:wrappers", f"ALE/{name}-v5", 1), ("ale:vector", game, 8), ("envpool", f"{name}-v5", 8))


def control(name):
    return (("gymnasium", name, 1), ("envpool", name, 64))


CARTPOLE = (
    ("gymnasium", "CartPole-v1", 1), ("gymnasium:vector", "CartPole-v1", 64), ("gymnasium:vector", "CartPole-v1", 4096),
    ("envpool", "CartPole-v1", 64))

CASES = [
    Case("steps/cartpole/vector", CARTPOLE, 250e6),
    Case("steps/cartpole/serial", CARTPOLE, 90e6),
    Case("steps/mountaincar", control("MountainCar-v0"), 0),
    Case("steps/mountaincarcontinuous", control("MountainCarContinuous-v0"), 0),
    Case("steps/acrobot", control("Acrobot-v1"), 0),
    Case("steps/pendulum", control("Pendulum-v1"), 0),
    Case("steps/frozenlake", control("FrozenLake-v1"), 100e6),
    Case("steps/cliffwalking", control("CliffWalking-v1"), 0),
    Case("steps/blackjack", control("Blackjack-v1"), 0),
    Case("steps/breakout", (("minatar", "breakout", 1),), 25e6),
    Case("steps/asterix", (("minatar", "asterix", 1),), 8e6),
    Case("steps/freeway", (("minatar", "freeway", 1),), 8e6),
    Case("steps/seaquest", (("minatar", "seaquest", 1),), 8e6),
    Case("steps/space-invaders", (("minatar", "space_invaders", 1),), 8e6),
    # Observations after four frames, 84×84, four stacked.
    Case("steps/pixel-pong", atari("pong"), 20e3),
    Case("steps/pixel-breakout", atari("breakout"), 20e3),
]
