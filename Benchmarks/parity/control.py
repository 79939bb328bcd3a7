#!/usr/bin/env python3
"""Plays Gymnasium's control worlds beside ours, from the same seeds and with the same actions, and counts what differs.

In turn, episodes are played at random and by a rule that reaches the end (Pendulum's all by rule, nine actions of ten). Compared are step, action, ending, reward and state of
every line, and the observation. States may be off by 1e-9. A reward is a float32 here and a double there: it must be the float32 of
a number within 1e-9 of theirs. Acrobot is chaotic: an error in the last place grows until, some hundreds of steps on, an episode is
another one. Each of its episodes is therefore compared alone, over its first 100 steps, and those that end at another step later are
told but not counted.
Exit status: 0 when nothing differs, 1 otherwise.
"""

import argparse
import itertools
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field

import gymnasium
import numpy


COMPARED_OF_CHAOS = 100  # steps


@dataclass
class Case:
    world: str
    name: str
    rule: callable  # from a state to an action
    arguments: dict = field(default_factory=dict)  # of gymnasium.make, and ours
    attributes: dict = field(default_factory=dict)  # of the object, and ours
    start: dict = field(default_factory=dict)  # options of reset, and ours
    is_chaotic: bool = False
    only_by_rule: bool = False  # but for every tenth action, which is drawn

    @property
    def settings(self):
        return {**self.arguments, **self.attributes, **self.start}


def with_the_car(state):
    return 2 if state[1] >= 0 else 0


def with_the_strong_car(state):
    return [1.0 if state[1] >= 0 else -1.0]


def with_the_elbow(state):
    return 2 if state[3] > 0 else 0


def with_the_rod(state):
    """Turns it ever faster. Left to chance it may linger at the top, where what differs grows by e four times a second."""
    return [2.0 if state[1] > 0 else -2.0]


CASES = [
    Case("mountaincar", "MountainCar-v0", with_the_car),
    Case("mountaincar", "MountainCar-v0", with_the_car, {"goal_velocity": 0.03}, start={"low": -0.9, "high": -0.2}),
    Case("mountaincarcontinuous", "MountainCarContinuous-v0", with_the_strong_car),
    Case("mountaincarcontinuous", "MountainCarContinuous-v0", with_the_strong_car, {"goal_velocity": 0.02},
         start={"low": -1.1, "high": 0.1}),
    Case("pendulum", "Pendulum-v1", with_the_rod, only_by_rule=True),
    Case("pendulum", "Pendulum-v1", with_the_rod, {"g": 9.81}, start={"x_init": 0.5, "y_init": 7.5}, only_by_rule=True),
    Case("acrobot", "Acrobot-v1", with_the_elbow, is_chaotic=True),
    Case("acrobot", "Acrobot-v1", with_the_elbow, attributes={"book_or_nips": "nips"}, is_chaotic=True),
    Case("acrobot", "Acrobot-v1", with_the_elbow, attributes={"torque_noise_max": 0.5}, start={"low": -0.3, "high": 0.2},
         is_chaotic=True),
]


def choose(case, state, space, chooser, by_rule):
    """A number, or a list of float32 numbers."""
    if by_rule and chooser.random() < 0.9:
        action = case.rule(state)
    elif isinstance(space, gymnasium.spaces.Discrete):
        action = int(chooser.integers(space.n))
    else:
        action = list(chooser.uniform(space.low, space.high))
    return action if isinstance(action, int) else [float(numpy.float32(number)) for number in action]


def play(case, seed, episodes, by_rule):
    """Gymnasium's account: one line for each reset and step; every other episode is played by the rule, `by_rule` the first."""
    environment = gymnasium.make(case.name, **case.arguments)
    for key, value in case.attributes.items():
        setattr(environment.unwrapped, key, value)
    chooser = numpy.random.default_rng(seed + 1)
    account = []
    for episode in range(episodes):
        view, _ = environment.reset(seed=seed if episode == 0 else None, options=case.start or None)
        step, ending, reward, action = 0, "running", 0.0, None
        while True:
            state = [float(value) for value in environment.unwrapped.state]
            account.append((step, action, float(reward), ending, state, view))
            if ending != "running":
                break
            action = choose(case, state, environment.action_space, chooser, by_rule=case.only_by_rule or by_rule ^ (episode % 2 == 1))
            told = action if isinstance(action, int) else numpy.array(action, dtype=numpy.float32)
            view, reward, terminated, truncated, _ = environment.step(told)
            step += 1
            ending = "terminated" if terminated else "truncated" if truncated else "running"
    return account


def trace(rl, case, seed, actions):
    """Ours, line by line, told the same actions."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        for action in actions:
            file.write(f"{action}\n" if isinstance(action, int) else ",".join(map(repr, action)) + "\n")
        file.flush()
        command = [rl, "trace", case.world, "--json", "--full", "--seed", str(seed), "--actions", file.name]
        command += ["--steps", str(len(actions))]
        for key, value in case.settings.items():
            command += ["--env-set", f"{key}={value}"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            for line in process.stdout:
                yield json.loads(line)
        if process.returncode != 0:
            sys.exit(f"{' '.join(command)} ended with status {process.returncode}")


def gap(line, row):
    """The largest distance between two numbers of the states; None where more than that differs."""
    step, action, reward, ending, state, view = row
    if (step, ending) != (line["step"], line["ending"]):
        return None
    told = action if action is None or isinstance(action, int) else numpy.float32(action)
    if not numpy.array_equal(line["action"] if isinstance(told, int | None) else numpy.float32(line["action"]), told):
        return None
    if not numpy.float32(reward - 1e-9) <= numpy.float32(line["reward"]) <= numpy.float32(reward + 1e-9):
        return None
    # A float32 may round to its neighbour where the doubles differ in the last place.
    if not numpy.allclose(line["observation"], view, rtol=1.2e-7, atol=6.1e-8):
        return None
    largest = max(abs(a - b) for a, b in zip(state, line["state"], strict=True))
    return largest if largest <= 1e-9 else None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rl", default="./rl", help="the program to compare (./rl)")
    parser.add_argument("--episodes", type=int, default=1000, help="episodes of each case (1000)")
    parser.add_argument("--seed", type=int, default=123)
    parser.add_argument("--only", default="", help="the worlds whose names contain this")
    options = parser.parse_args()
    print(f"gymnasium {gymnasium.__version__}, numpy {numpy.__version__}, {options.episodes} episodes of each case")
    total = 0
    for case in CASES:
        if options.only not in case.world:
            continue
        differences, steps, largest, elsewhere = 0, 0, 0.0, 0
        parts = options.episodes if case.is_chaotic else 10
        for part in range(parts):
            seed = options.seed + part
            account = play(case, seed, options.episodes // parts, by_rule=part % 2 == 1)
            actions = [row[1] for row in account if row[1] is not None]
            ours = list(trace(options.rl, case, seed, actions))
            if case.is_chaotic:
                end = next((line["step"] for line in ours if line["ending"] != "running"), None)
                elsewhere += end != account[-1][0]
                ours, account = ours[: COMPARED_OF_CHAOS + 1], account[: COMPARED_OF_CHAOS + 1]
            for number, (line, row) in enumerate(itertools.zip_longest(ours, account)):
                found = None if line is None or row is None else gap(line, row)
                if found is None:
                    differences += 1
                    if differences == 1:
                        print(f"  first in seed {seed} at line {number}: ours {line}, theirs {row}")
                largest = max(largest, found or 0.0)
            steps += len(actions)
        total += differences
        label = " ".join([case.world] + [f"{key}={value}" for key, value in case.settings.items()])
        late = f"; {elsewhere} of {options.episodes} episodes end at another step" if case.is_chaotic else ""
        print(f"{label}: {steps} steps, {differences} differences, states within {largest:.1e}{late}", flush=True)
    print(f"{total} differences")
    sys.exit(1 if total else 0)


if __name__ == "__main__":
    main()
