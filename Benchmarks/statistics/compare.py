"""Compares `rl compare` with rliable (Agarwal et al. 2021) on made-up final returns of one and of two worlds.

Point estimates must be equal to twelve digits. Intervals come from other random numbers: their ends may differ by a tenth of their
width (and a hundredth of the scores' spread, for ends that jump between the few values that small samples allow).

Usage: python compare.py [--rl PROGRAM]     (needs: pip install rliable)
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile

import numpy
from rliable import library, metrics

RESAMPLES = 5_000


def write_runs(folder, worlds):
    """Finished runs: one folder for each score, in the form that rl writes."""
    for world, scores in worlds.items():
        for seed, score in enumerate(scores):
            path = os.path.join(folder, f"{world}-seed-{seed}")
            os.makedirs(path)
            plan = {"algorithm": "dqn", "environment": world, "seed": seed}
            results = {"final": {"mean_return": score}}
            with open(os.path.join(path, "run.json"), "w") as file:
                json.dump({"format": 1, "status": "finished", "plan": plan, "results": results}, file)


def rl_compare(rl, first, second):
    with tempfile.TemporaryDirectory() as folder:
        write_runs(os.path.join(folder, "a"), first)
        write_runs(os.path.join(folder, "b"), second)
        words = ["compare", "a", "--against", "b", "--json", "--resamples", str(RESAMPLES)]
        answer = subprocess.run([os.path.abspath(rl), *words], cwd=folder, check=True, capture_output=True)
        return json.loads(answer.stdout)


def matrix(worlds):
    """[runs, worlds], the worlds in alphabetical order."""
    return numpy.array([worlds[name] for name in sorted(worlds)]).T


def rliable_interval(scores, figure):
    _, intervals = library.get_interval_estimates({"x": scores}, lambda x: numpy.array([figure(x)]), reps=RESAMPLES)
    return intervals["x"][:, 0]


def improvement(first, second):
    pair = {"a,b": (first, second)}
    values, intervals = library.get_interval_estimates(pair, metrics.probability_of_improvement, reps=RESAMPLES)
    return float(values["a,b"]), numpy.ravel(intervals["a,b"])


class Judge:
    def __init__(self):
        self.failures = 0

    def point(self, name, ours, theirs):
        self._say(name, ours, theirs, abs(ours - theirs) <= 1e-12 * max(1, abs(theirs)))

    def interval(self, name, ours, theirs, spread):
        width = float(theirs[1] - theirs[0])
        limit = 0.1 * width + 0.01 * spread
        self._say(name, ours, [float(x) for x in theirs], all(abs(a - b) <= limit for a, b in zip(ours, theirs)))

    def _say(self, name, ours, theirs, fits):
        print(f"{'same   ' if fits else 'DIFFERS'}  {name}: rl {ours}, rliable {theirs}")
        self.failures += not fits


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rl", default="rl")
    rl = parser.parse_args().rl
    random = numpy.random.default_rng(7)
    cases = {
        "ten against ten": ({"cartpole": random.uniform(0, 500, 10)}, {"cartpole": random.uniform(100, 500, 10)}),
        "seven against five": ({"cartpole": random.normal(0, 1, 7)}, {"cartpole": random.normal(0.5, 2, 5)}),
        "draws": ({"cartpole": [500, 500, 500, 480, 470.5, 500]}, {"cartpole": [500, 490, 500, 500, 480, 9.25]}),
        "two worlds": (
            {"cartpole": random.uniform(0, 500, 8), "acrobot": random.uniform(-500, -70, 8)},
            {"cartpole": random.uniform(0, 500, 8), "acrobot": random.uniform(-300, -70, 8)},
        ),
    }
    judge = Judge()
    for name, (first, second) in cases.items():
        first, second = ({w: [float(x) for x in s] for w, s in group.items()} for group in (first, second))
        ours = rl_compare(rl, first, second)
        for side, scores in (("first", first), ("second", second)):
            for world in ours[side]["worlds"]:
                values = numpy.array(scores[world["environment"]])[:, None]
                label = f"{name}, {side} group, {world['environment']}"
                judge.point(f"{label}: IQM", world["iqm"], float(metrics.aggregate_iqm(values)))
                theirs = rliable_interval(values, metrics.aggregate_iqm)
                judge.interval(f"{label}: interval", world["ci95"], theirs, float(numpy.ptp(values)))
        value, interval = improvement(matrix(first), matrix(second))
        judge.point(f"{name}: probability of improvement", ours["probability_of_improvement"]["value"], value)
        judge.interval(f"{name}: its interval", ours["probability_of_improvement"]["ci95"], interval, 1.0)
    sys.exit(f"{judge.failures} figures differ" if judge.failures else 0)


main()
