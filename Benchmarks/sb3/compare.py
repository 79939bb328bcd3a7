"""Trains ours and the peers in turn on one core, A B A B, and writes CPU seconds, frames a second, ratios and returns as JSON and Markdown.

On Cart-Pole the peer is Stable-Baselines3; on mini-Breakout, with one update a frame, a PyTorch twin of our preset.
"""

import argparse
import datetime
import importlib.metadata
import json
import os
import pathlib
import platform
import resource
import statistics
import subprocess
import sys
import tempfile

from cases import BREAKOUT, CASES

HERE = pathlib.Path(__file__).parent


def run(command, core):
    """What the command printed as JSON, and the CPU seconds of its process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = ["taskset", "--cpu-list", str(core), *map(str, command)]
    done = subprocess.run(command, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout), after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def ours(case, seed, options):
    with tempfile.TemporaryDirectory() as folder:
        # One examination at the end, beside the hundred episodes of the result: both are in our time, the peer's are not in its.
        command = [
            options.rl, "train", case.algorithm, "cartpole", "--preset", case.preset, "--seed", seed, "--until-return", "none",
            "--steps", options.steps or case.steps, "--eval-every", options.steps or case.steps, "--out", f"{folder}/run", "--json",
            "--no-progress"]
        report, seconds = run(command, options.core)
    return {"seconds": seconds, "mean_return": report["final"]["mean_return"], "updates": report["updates"]}


def theirs(case, seed, options):
    command = [sys.executable, HERE / "worker.py", case.algorithm, seed]
    return run(command + (["--steps", options.steps] if options.steps else []), options.core)[0]


def interval(values):
    """The mean and twice its standard error."""
    spread = statistics.stdev(values) if len(values) > 1 else 0
    return statistics.fmean(values), 2 * spread / len(values) ** 0.5


def compare(case, options):
    pairs = []
    for index in range(options.pairs):
        seed = options.seed + index
        pairs.append({
            "seed": seed, "ours": ours(case, seed, options), "sb3": theirs(case, seed, options), "load": os.getloadavg()[0]})
        ratio = pairs[-1]["sb3"]["seconds"] / pairs[-1]["ours"]["seconds"]
        print(f"{case.algorithm}, seed {seed}: {ratio:.1f} times", file=sys.stderr)
    sides = {}
    for side in ("ours", "sb3"):
        mean, error = interval([pair[side]["mean_return"] for pair in pairs])
        sides[side] = {
            "seconds": statistics.median(pair[side]["seconds"] for pair in pairs), "mean_return": mean, "error": error,
            "updates": pairs[0][side]["updates"]}
    ratios = [pair["sb3"]["seconds"] / pair["ours"]["seconds"] for pair in pairs]
    gap = abs(sides["ours"]["mean_return"] - sides["sb3"]["mean_return"])
    return {
        "case": case.algorithm, "steps": options.steps or case.steps, **sides, "ratio": statistics.median(ratios),
        "ratios": ratios, "required": case.required, "pairs": pairs,
        "returns_agree": gap <= (sides["ours"]["error"] ** 2 + sides["sb3"]["error"] ** 2) ** 0.5,
    }


def breakout(options):
    """DQN as MinAtar's paper has it: frames a second of both sides, each frame with an update of 32."""
    case, pairs = BREAKOUT, []
    for index in range(options.pairs):
        seed = options.seed + index
        with tempfile.TemporaryDirectory() as folder:
            steps = case.start + (options.steps or case.frames)
            command = [
                options.rl, "train", "dqn", "breakout", "--preset", case.preset, "--seed", seed, "--steps", steps,
                "--eval-every", steps, "--eval-episodes", 1, "--out", f"{folder}/run", "--json", "--no-progress"]
            # All of the process counts on our side, its random start and its hundred final episodes too.
            report, seconds = run(command, options.core)
        twin = [sys.executable, HERE.parent / "peers" / "dqn_breakout.py", "--seed", seed, "--frames",
                options.steps or case.twin_frames]
        theirs = run(twin, options.core)[0]["frames_per_second"]
        pairs.append({
            "seed": seed, "ours": report["updates"] / seconds, "twin": theirs, "updates": report["updates"],
            "load": os.getloadavg()[0]})
        print(f"breakout, seed {seed}: {pairs[-1]['ours']:,.0f} and {theirs:,.0f} frames a second", file=sys.stderr)
    middle = {side: statistics.median(pair[side] for pair in pairs) for side in ("ours", "twin")}
    return {
        **middle, "ratio": statistics.median(pair["ours"] / pair["twin"] for pair in pairs), "required": case.required,
        "known": case.known, "counts": middle["twin"] >= 0.85 * case.known, "pairs": pairs}


def processor():
    with open("/proc/cpuinfo") as lines:
        return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def markdown(report):
    lines = [
        f"# Ours and Stable-Baselines3 {report['sb3']} on Cart-Pole, {report['date']}", "",
        f"{report['processor']}, {report['cores']} cores, load {report['load_before']:.1f} before and {report['load_after']:.1f} "
        f"after; Python {report['python']}, PyTorch {report['torch']}. Written by `Benchmarks/compare-sb3`: the zoo's hyperparameters "
        f"on both sides, one core, one thread, in turn, {report['pairs']} seeds; CPU seconds of the whole process (the peer's "
        "without its evaluation), medians; the ratio is the median of the pairs', their range in brackets; returns are greedy means "
        "over 100 episodes with twice their standard error over the seeds.", "",
        "| algorithm | steps | updates, ours and theirs | ours | SB3 | ratio | required | return, ours | return, SB3 |",
        "|---|---:|---|---:|---:|---:|---:|---:|---:|",
    ]
    for row in report["cases"]:
        low, high = min(row["ratios"]), max(row["ratios"])
        lines.append(
            f"| {row['case']} | {row['steps']:,} | {row['ours']['updates']:,} and {row['sb3']['updates']:,} "
            f"| {row['ours']['seconds']:.2f} s | {row['sb3']['seconds']:.1f} s | {row['ratio']:.1f} ({low:.1f}–{high:.1f}) "
            f"| {row['required']} | {row['ours']['mean_return']:.0f} ± {row['ours']['error']:.0f} "
            f"| {row['sb3']['mean_return']:.0f} ± {row['sb3']['error']:.0f} |")
    if row := report.get("breakout"):
        counts = "" if row["counts"] else f"; void, the twin was expected to reach {0.85 * row['known']:.0f}"
        lines += [
            "", f"DQN on mini-Breakout as MinAtar's paper has it, an update of 32 every frame: ours {row['ours']:,.0f} frames/s (required "
            f"{row['required']:,}), a PyTorch twin of the same preset (`Benchmarks/peers/dqn_breakout.py`) {row['twin']:,.0f} (MinAtar's "
            f"own example is known for {row['known']}), ratio {row['ratio']:.1f}{counts}. CPU time; ours with all of its process."]
    return "\n".join(lines + [""])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rl", required=True, help="the program to measure")
    parser.add_argument("--results", type=pathlib.Path, required=True, help="the folder to write to")
    parser.add_argument("--only", default="", help="the algorithms, or breakout, whose names contain this")
    parser.add_argument("--pairs", type=int, default=5, help="seeds, each trained once by either side")
    parser.add_argument("--seed", type=int, default=100)
    parser.add_argument("--steps", type=int, help="instead of the zoo's budget, to try the script")
    parser.add_argument("--core", type=int, default=max(os.sched_getaffinity(0)))
    options = parser.parse_args()
    presets = HERE.parent.parent / "agents"
    chosen = [case for case in CASES if options.only in case.algorithm]
    absent = [case.preset for case in chosen if not (presets / f"{case.preset}.json").exists()]
    for name in absent:
        print(f"left out: there is no preset {name}", file=sys.stderr)
    chosen = [case for case in chosen if case.preset not in absent]
    plays_breakout = options.only in "breakout"
    if not (chosen or plays_breakout) or options.pairs < 1:
        sys.exit(f"nothing to compare: no case with a preset contains \"{options.only}\", or no pairs")
    report = {
        "date": datetime.date.today().isoformat(), "processor": processor(), "cores": os.cpu_count(), "core": options.core,
        "python": platform.python_version(), "pairs": options.pairs, "load_before": os.getloadavg()[0],
    }
    report["cases"] = [compare(case, options) for case in chosen]
    if plays_breakout:
        report["breakout"] = breakout(options)
    report["sb3"], report["torch"] = (importlib.metadata.version(name) for name in ("stable_baselines3", "torch"))
    report["load_after"] = os.getloadavg()[0]
    stem = options.results / f"compare-sb3{'-' + options.only if options.only else ''}-{report['date']}"
    options.results.mkdir(parents=True, exist_ok=True)
    stem.with_suffix(".json").write_text(json.dumps(report, indent=1) + "\n")
    stem.with_suffix(".md").write_text(markdown(report))
    print(markdown(report))
