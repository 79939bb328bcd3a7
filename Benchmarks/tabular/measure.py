#!/usr/bin/env python3
"""Trains every tabular learner on every fully observed tabular world and measures how far its greedy policy is from the optimum.

    Benchmarks/tabular/measure.py                                  # all pairs, seeds 50 to 59
    Benchmarks/tabular/measure.py --algorithms sarsa --worlds taxi maze --seeds 40-41
    Benchmarks/tabular/measure.py --write                          # also records what was reached in each preset that passes
    Benchmarks/tabular/measure.py --page Documentation/algorithms/tabular-results.md

Needs only Python's own library. The shortfall is (V* - V) / |V*| at the start of an episode, exact under the world's model
(`rl eval --regret`). A pair without a preset in `agents/` is trained with the algorithm's defaults, and marked so. Exit status 1
when a measured pair is not within 1 % of the optimum for every seed.
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ALGORITHMS = [
    "q-learning", "double-q-learning", "sarsa", "expected-sarsa", "n-step-sarsa", "sarsa-lambda", "q-lambda", "dyna-q",
    "monte-carlo",
]
WORLDS = [
    "gridworld", "gridworld-lecture", "frozenlake", "frozenlake-8x8", "cliffwalking", "taxi", "windygrid", "maze", "blackjack",
    "probe-constant", "probe-identity", "probe-two-step", "probe-delayed", "probe-exploration", "probe-bandit",
]
TOLERANCE = 0.01


class Result:
    """What the seeds of one pair reached."""

    def __init__(self, algorithm, world, preset):
        self.algorithm, self.world, self.preset = algorithm, world, preset
        self.shortfalls, self.finals, self.seconds, self.seeds = [], [], [], []
        self.steps = 0

    @property
    def within(self):
        return sum(shortfall < TOLERANCE for shortfall in self.shortfalls)

    @property
    def passes(self):
        return self.within == len(self.seeds)


def preset_path(algorithm, world):
    return ROOT / "agents" / f"{algorithm}-{world}.json"


def report_of(command):
    """The one JSON document that a command prints. Its failure is ours: the command's own sentence is passed on."""
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stderr}")
    return json.loads(done.stdout)


def train(rl, algorithm, world, seed, preset):
    """(relative shortfall, mean return of the final evaluation, seconds, steps) of one seed."""
    folder = Path(tempfile.mkdtemp(prefix="bellman-tabular-"))
    try:
        command = [rl, "train", algorithm, world, "--seed", str(seed), "--out", folder / "run"]
        command += ["--json", "--quiet", "--no-progress"] + (["--preset", preset] if preset else [])
        trained = report_of(command)
        regret = report_of([rl, "eval", folder / "run", "--regret", "--json", "--episodes", "1"])["regret"]
    finally:
        shutil.rmtree(folder)
    size = abs(regret["optimal_value"])
    shortfall = regret["regret"] / (size if size >= 1e-9 else 1)
    return shortfall, trained["final"]["mean_return"], trained["seconds"], trained["steps"]


def measure(rl, algorithm, world, seeds):
    preset = preset_path(algorithm, world)
    result = Result(algorithm, world, preset if preset.exists() else None)
    for seed in seeds:
        shortfall, final, seconds, result.steps = train(rl, algorithm, world, seed, result.preset)
        result.seeds.append(seed)
        result.shortfalls.append(shortfall)
        result.finals.append(final)
        result.seconds.append(seconds)
    return result


def record(result):
    """Writes what was reached into the preset, and leaves the rest of its text as it is."""
    text = result.preset.read_text()
    seeds = ", ".join(map(str, result.seeds))
    finals = ", ".join(map(str, result.finals))
    expected = f'"expected": {{\n    "seeds": [{seeds}],\n    "final": [{finals}]\n  }}'
    text, count = re.subn(r'"expected"\s*:\s*\{[^{}]*\}', expected, text)
    if count == 0:
        text = text.rstrip().removesuffix("}").rstrip() + ",\n  " + expected + "\n}\n"
    result.preset.write_text(text)


def row(result):
    shortfall = f"{100 * max(max(result.shortfalls), 0):.3f} %"
    source = "" if result.preset else "defaults"
    return [
        result.algorithm, result.world, f"{result.steps:,}", shortfall, f"{result.within} of {len(result.seeds)}",
        f"{result.seeds[0]}–{result.seeds[-1]}", f"{statistics.median(result.seconds):.2f}", source,
    ]


HEADINGS = ["algorithm", "world", "steps", "worst shortfall", "within 1 %", "seeds", "median seconds", ""]


def table_rows(path):
    """The rows of a page written before, by algorithm and world."""
    lines = path.read_text().splitlines() if path.exists() else []
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if line.startswith("|")]
    return {(cells[0], cells[1]): cells for cells in rows if len(cells) == len(HEADINGS) and cells[0] in ALGORITHMS}


def passes(cells):
    within, seeds = cells[4].split(" of ")
    return within == seeds


def page(rows):
    """Markdown; `rows` holds the cells by algorithm and world."""
    rows = [rows[algorithm, world] for algorithm in ALGORITHMS for world in WORLDS if (algorithm, world) in rows]
    passed = sum(map(passes, rows))
    unnamed = " Where \"defaults\" stands there is no preset, and the algorithm's default hyperparameters were measured."
    lines = [
        "# How close the tabular learners come to the optimum", "",
        "Every tabular learner on every fully observed tabular world, with the budget of its preset, on seeds that nothing was"
        " tuned on. The shortfall is (V* − V) / |V*| of the greedy policy at the start of an episode, exact under the world's"
        f" model; the worst seed is shown. {passed} of {len(rows)} pairs are within 1 % of the optimum for every seed shown.", "",
        "Measured with `Benchmarks/tabular/measure.py`, pair by pair; `--page FILE` measures all of it anew, or with `--algorithms`"
        " and `--worlds` the rows named. Seconds are of training on one core of a machine that had other work too: a rough guide."
        + (unnamed if any(cells[7] for cells in rows) else ""), "",
        "| " + " | ".join(HEADINGS) + " |", "|---|---|--:|--:|--:|--:|--:|---|",
    ]
    lines += ["| " + " | ".join(cells) + " |" for cells in rows]
    failed = [f"{cells[0]} on {cells[1]}" for cells in rows if not passes(cells)]
    if failed:
        lines += ["", "Not within 1 % for every seed: " + ", ".join(failed) + "."]
    return "\n".join(lines) + "\n"


def seed_list(text):
    """"40-49" or "40,41"."""
    if "-" in text:
        first, last = map(int, text.split("-"))
        return list(range(first, last + 1))
    return [int(part) for part in text.split(",")]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--algorithms", nargs="+", default=ALGORITHMS, choices=ALGORITHMS, metavar="NAME")
    parser.add_argument("--worlds", nargs="+", default=WORLDS, choices=WORLDS, metavar="NAME")
    parser.add_argument("--seeds", type=seed_list, default=list(range(50, 60)), help='"50-59" or "50,51"')
    parser.add_argument("--write", action="store_true", help="record seeds and final returns in the presets that pass")
    parser.add_argument("--page", type=Path, help="also write the rows measured into this Markdown file")
    parser.add_argument("--rl", default=ROOT / "rl", type=Path, help="the program (default: ./rl)")
    options = parser.parse_args()
    os.environ["BELLMAN_HOME"] = str(ROOT)
    results = []
    print("  ".join(HEADINGS))
    for algorithm in options.algorithms:
        for world in options.worlds:
            result = measure(options.rl.resolve(), algorithm, world, options.seeds)
            results.append(result)
            print("  ".join(row(result)), "" if result.passes else "  <- not within 1 %", flush=True)
            if options.write and result.preset and result.passes:
                record(result)
    if options.page:
        measured = {(result.algorithm, result.world): row(result) for result in results}
        options.page.write_text(page(table_rows(options.page) | measured))
    return 0 if all(result.passes for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
