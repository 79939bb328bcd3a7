#!/usr/bin/env python3
"""Steps `rl trace cartpole` and Gymnasium's CartPole-v1 side by side and counts every number that differs.

Half of the episodes are played at random, half by a controller that lives until a time limit of 200 steps. Compared
are step, action, reward, ending and state of every line; an observation must be its state's float32 cast. Our sine may
differ from the C library's in the last place, and a falling pole multiplies an error by e about four times a second: a
state may be off by 1e-13 exp(0.08 step). Exit status: 0 when nothing differs, 1 otherwise.
"""

import argparse
import json
import math
import pathlib
import random
import subprocess
import sys
import tempfile

import gymnasium
import numpy

TIME_LIMIT = 200
VARIANTS = [
    {"kinematics_integrator": "euler", "sutton_barto_reward": False},
    {"kinematics_integrator": "semi-implicit", "sutton_barto_reward": False},
    {"kinematics_integrator": "euler", "sutton_barto_reward": True},
]


def make(variant):
    reward = variant["sutton_barto_reward"]
    environment = gymnasium.make("CartPole-v1", max_episode_steps=TIME_LIMIT, sutton_barto_reward=reward)
    environment.unwrapped.kinematics_integrator = variant["kinematics_integrator"]
    return environment


def controlled(state, chooser):
    """Keeps the pole up and the cart near the middle, with one action in ten at random."""
    if chooser.random() < 0.1:
        return chooser.randrange(2)
    x, velocity, angle, spin = state
    return int(angle + 0.5 * spin + 0.05 * velocity + 0.01 * x > 0)


def play(variant, seed, episodes, controls):
    """Gymnasium's side: one line for each reset and step, in the words of `rl trace --json --full`."""
    chooser = random.Random(seed)
    environment = make(variant)
    lines = []
    for episode in range(episodes):
        environment.reset(seed=seed if episode == 0 else None)
        step, ending, reward, action = 0, "running", 0.0, None
        while True:
            state = [float(value) for value in environment.unwrapped.state]
            lines.append((step, action, reward, ending, state))
            if ending != "running":
                break
            action = controlled(state, chooser) if controls else chooser.randrange(2)
            _, reward, terminated, truncated, _ = environment.step(action)
            step += 1
            ending = "terminated" if terminated else "truncated" if truncated else "running"
    return lines


def trace(binary, variant, seed, actions):
    """Our side, told the same actions."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "actions"
        path.write_text("".join(f"{action}\n" for action in actions))
        command = [binary, "trace", "cartpole", "--json", "--full", "--seed", str(seed), "--actions", str(path)]
        command += ["--steps", str(len(actions)), "--env-set", f"time_limit={TIME_LIMIT}"]
        for key, value in variant.items():
            command += ["--env-set", f"{key}={str(value).lower()}"]
        output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return [json.loads(line) for line in output.splitlines()]


def differences(theirs, ours):
    """How many lines differ, and the largest gap between two states as a share of what is allowed."""
    count, largest = abs(len(theirs) - len(ours)), 0.0
    for (step, action, reward, ending, state), line in zip(theirs, ours):
        gap = max(abs(a - b) for a, b in zip(state, line["state"], strict=True)) / (1e-13 * math.exp(0.08 * step))
        largest = max(largest, gap)
        same = (
            (step, action, ending) == (line["step"], line["action"], line["ending"])
            and float(reward) == line["reward"]
            and gap <= 1
            and numpy.array_equal(numpy.float32(line["state"]), numpy.float32(line["observation"]))
        )
        count += not same
    return count, largest


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rl", default="rl", help="the binary")
    parser.add_argument("--episodes", type=int, default=1000, help="of each variant")
    arguments = parser.parse_args()

    total = 0
    for variant in VARIANTS:
        found, steps, largest = 0, 0, 0.0
        for seed in range(20):
            theirs = play(variant, seed, arguments.episodes // 20, controls=seed % 2 == 1)
            actions = [action for _, action, *_ in theirs if action is not None]
            # A trace that has used its last action shows the reset that follows an ending as well.
            ours = trace(arguments.rl, variant, seed, actions)[: len(theirs)]
            count, gap = differences(theirs, ours)
            found, steps, largest = found + count, steps + len(actions), max(largest, gap)
        words = ", ".join(f"{key} {value}" for key, value in variant.items())
        print(f"{words}: {arguments.episodes} episodes, {steps} steps, {found} differences")
        print(f"    the largest gap between two states is {largest:.0%} of what is allowed")
        total += found
    print(f"{total} differences")
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main())
