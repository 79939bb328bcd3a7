#!/usr/bin/env python3
"""Plays every tabular game of Gymnasium beside ours, from the same seed and with the same actions, and counts differences.

Needs `pip install gymnasium`. Run from the checkout, after a build: `python3 Benchmarks/parity/toy_text.py`. Every step is compared
in observation, reward and ending; the exit status is 1 where any differs.
"""

import argparse
import itertools
import json
import subprocess
import sys
import tempfile

import gymnasium
import numpy
from gymnasium.envs.toy_text.frozen_lake import generate_random_map
from gymnasium.wrappers import TimeLimit

# Our world and its parameters; Gymnasium's id and its arguments.
CASES = [
    ("frozenlake", {}, "FrozenLake-v1", {}),
    ("frozenlake", {"is_slippery": "false"}, "FrozenLake-v1", {"is_slippery": False}),
    ("frozenlake", {"success_rate": "0.7", "reward_schedule": "5,-2,-0.25"},
     "FrozenLake-v1", {"success_rate": 0.7, "reward_schedule": (5, -2, -0.25)}),
    ("frozenlake", {"map": "random", "map_size": "6", "map_seed": "11", "map_p": "0.7"},
     "FrozenLake-v1", {"desc": generate_random_map(6, 0.7, 11)}),
    ("frozenlake", {"map": "SFFS/FHFF/SFFG"}, "FrozenLake-v1", {"desc": ["SFFS", "FHFF", "SFFG"]}),
    ("frozenlake-8x8", {}, "FrozenLake8x8-v1", {}),
    ("cliffwalking", {}, "CliffWalking-v1", {}),
    ("cliffwalking", {"is_slippery": "true"}, "CliffWalkingSlippery-v1", {}),
    ("taxi", {}, "Taxi-v4", {}),
    ("taxi", {"is_rainy": "true"}, "Taxi-v4", {"is_rainy": True}),
    ("taxi", {"is_rainy": "true", "rainy_probability": "0.5"}, "Taxi-v4", {"is_rainy": True, "rainy_probability": 0.5}),
    ("taxi", {"fickle_passenger": "true"}, "Taxi-v4", {"fickle_passenger": True}),
    ("taxi", {"is_rainy": "true", "fickle_passenger": "true", "fickle_probability": "0.9"},
     "Taxi-v4", {"is_rainy": True, "fickle_passenger": True, "fickle_probability": 0.9}),
    ("blackjack", {}, "Blackjack-v1", {}),
    ("blackjack", {"sab": "false"}, "Blackjack-v1", {"sab": False}),
    ("blackjack", {"sab": "false", "natural": "true"}, "Blackjack-v1", {"sab": False, "natural": True}),
]


def choose(environment, chooser):
    """A random action; in Taxi mostly one that does something, so that passengers are fetched and brought home."""
    if environment.spec.id.startswith("Taxi") and chooser.random() < 0.9:
        state = environment.unwrapped.s
        return int(chooser.choice(numpy.flatnonzero(environment.unwrapped.action_mask(state))))
    return int(chooser.integers(environment.action_space.n))


def play(name, arguments, seed, episodes):
    """Gymnasium's account: one (action, observation, reward, ending) a step, resets with action None."""
    environment = gymnasium.make(name, **arguments)
    if environment.spec.max_episode_steps is None:
        environment = TimeLimit(environment, 1000 if name.startswith("Cliff") else 100)
    chooser = numpy.random.default_rng(seed + 1)
    view, _ = environment.reset(seed=seed)
    account = [(None, view, 0.0, "running")]
    finished = 0
    while finished < episodes:
        action = choose(environment, chooser)
        view, reward, terminated, truncated, _ = environment.step(action)
        ending = "terminated" if terminated else "truncated" if truncated else "running"
        account.append((action, view, float(reward), ending))
        if ending != "running":
            finished += 1
            if finished < episodes:
                view, _ = environment.reset()
                account.append((None, view, 0.0, "running"))
    return account


def trace(rl, world, settings, seed, actions):
    """Ours, line by line."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(map(str, actions)) + "\n")
        file.flush()
        command = [rl, "trace", world, "--json", "--full", "--seed", str(seed), "--actions", file.name, "--steps", str(len(actions))]
        for key, value in settings.items():
            command += ["--env-set", f"{key}={value}"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            for line in process.stdout:
                yield json.loads(line)
        if process.returncode != 0:
            sys.exit(f"{' '.join(command)} ended with status {process.returncode}")


def same(ours, theirs):
    action, view, reward, ending = theirs
    expected = [float(number) for number in (view if isinstance(view, tuple) else (view,))]
    return (
        ours["state"] == expected and ours["ending"] == ending
        and numpy.float32(ours["reward"]) == numpy.float32(reward)
        and ours["action"] == action
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rl", default="./rl", help="the program to compare (./rl)")
    parser.add_argument("--episodes", type=int, default=1000, help="episodes of each game (1000)")
    parser.add_argument("--seed", type=int, default=123)
    options = parser.parse_args()
    print(f"gymnasium {gymnasium.__version__}, numpy {numpy.__version__}, seed {options.seed}, {options.episodes} episodes each")
    total = 0
    for world, settings, name, arguments in CASES:
        account = play(name, arguments, options.seed, options.episodes)
        actions = [row[0] for row in account if row[0] is not None]
        differences = 0
        ours = trace(options.rl, world, settings, options.seed, actions)
        for number, (line, row) in enumerate(itertools.zip_longest(ours, account)):
            if line is None or row is None or not same(line, row):
                differences += 1
                if differences == 1:
                    print(f"  first at line {number}: ours {line}, theirs {row}")
        total += differences
        label = " ".join([world] + [f"{key}={value}" for key, value in settings.items()])
        print(f"{label}: {len(actions)} steps, {differences} differences", flush=True)
    sys.exit(1 if total else 0)


if __name__ == "__main__":
    main()
