"""Trains for a moment with --tensorboard, reads the event file with the tensorboard package, and compares it with the run's tables.

Every number of metrics.csv and evaluations.csv must be there, as the nearest 32-bit float, at its step and under its tag.

Usage: python read_events.py [--rl PROGRAM]     (needs: pip install tensorboard)
"""

import argparse
import csv
import os
import subprocess
import sys
import tempfile

import numpy
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

TAGS = {
    "return_mean": "charts/episodic_return",
    "length_mean": "charts/episodic_length",
    "learning_rate": "charts/learning_rate",
    "loss": "losses/td_loss",
    "q_mean": "losses/q_values",
    "gradient_norm": "losses/gradient_norm",
    "dead_units": "network/dead_units",
}


def table(path, column):
    """(step, value) of every row that has a value."""
    with open(path) as file:
        return [(int(row["step"]), float(row[column])) for row in csv.DictReader(file) if row[column]]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rl", default="rl")
    rl = os.path.abspath(parser.parse_args().rl)
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        run = os.path.join(folder, "run")
        words = ["train", "dqn", "cartpole", "--steps", "5000", "--tensorboard", "--out", run, "--quiet"]
        subprocess.run([rl, *words], cwd=folder, check=True)
        events = EventAccumulator(run, size_guidance={"scalars": 0})
        events.Reload()
        known = set(events.Tags()["scalars"])
        columns = [(tag, "metrics.csv", column) for column, tag in TAGS.items()]
        for tag, file, column in columns + [("eval/episodic_return", "evaluations.csv", "mean_return")]:
            expected = [(step, float(numpy.float32(value))) for step, value in table(os.path.join(run, file), column)]
            found = [(event.step, event.value) for event in events.Scalars(tag)] if tag in known else []
            fits = found == expected and len(expected) > 0
            failures += not fits
            print(f"{'same   ' if fits else 'DIFFERS'}  {tag}: {len(found)} of {len(expected)} values of {file}")
        times = [event.wall_time for event in events.Scalars("charts/SPS")]
        if times != sorted(times) or min(times) < 1.5e9:
            failures += 1
            print("DIFFERS  the wall times of charts/SPS are no times")
    sys.exit(f"{failures} tags differ" if failures else 0)


main()
