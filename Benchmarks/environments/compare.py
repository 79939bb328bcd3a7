"""Runs ours and every peer in turn on one core, A B C A B C, and writes medians and the ratios round by round as JSON and Markdown."""

import argparse
import datetime
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys

from cases import CASES

HERE = pathlib.Path(__file__).parent
ROOF = 272  # GFLOP/s of the core that the required figures were measured on


def run(command, core):
    """The JSON that a command prints, or None and what it complained of."""
    done = subprocess.run(
        ["taskset", "--cpu-list", str(core), *map(str, command)], capture_output=True, text=True)
    if done.returncode != 0:
        return None, (done.stderr.strip().splitlines() or ["no word"])[0]
    # Peers greet on standard output too.
    text = done.stdout if done.stdout.startswith("{") else done.stdout.strip().splitlines()[-1]
    return json.loads(text), None


def ours(case, options):
    report, complaint = run(
        [options.rl, "bench", "environments", "--only", case.name, "--json", "--repetitions", 5, "--duration", options.duration],
        options.core)
    if report is None:
        return None, complaint
    found = next((item for item in report["cases"] if item["name"] == case.name), None)
    if found is None:
        return None, f"no case is called {case.name}"
    return {"per_second": found["per_second"], "fma": report["peak_gflops"]["fma"]}, None


def theirs(peer, options):
    kind, name, lanes = peer
    return run(
        [sys.executable, HERE / "worker.py", kind, name, lanes, "--duration", options.duration, "--repetitions", 3], options.core)


def label(peer):
    kind, name, lanes = peer
    return f"{kind} {name}" + (f" ×{lanes}" if lanes > 1 else "")


def compare(case, options):
    """One row; None where this program has no such case."""
    rounds = []
    for number in range(options.rounds):
        mine, complaint = ours(case, options)
        if mine is None:
            print(f"{case.name}: left out ({complaint})", file=sys.stderr)
            return None
        entry = {"ours": mine, "peers": {}}
        for peer in case.peers:
            found, complaint = theirs(peer, options)
            if found is None:
                sys.exit(f"{label(peer)} failed: {complaint}")
            entry["peers"][label(peer)] = found
        rounds.append(entry)
        print(f"{case.name}: round {number + 1} of {options.rounds}", file=sys.stderr)
    fma = statistics.median(entry["ours"]["fma"] for entry in rounds)
    peers = []
    for peer in case.peers:
        rates = [entry["peers"][label(peer)]["per_second"] for entry in rounds]
        ratios = [entry["ours"]["per_second"] / rate for entry, rate in zip(rounds, rates)]
        peers.append({
            "peer": label(peer), "version": rounds[0]["peers"][label(peer)]["version"], "per_second": statistics.median(rates),
            "ratio": statistics.median(ratios), "ratios": ratios})
    return {
        "case": case.name, "ours": statistics.median(entry["ours"]["per_second"] for entry in rounds), "fma": fma,
        "required": case.required, "required_here": case.required * fma / ROOF, "peers": peers, "rounds": rounds}


def processor():
    with open("/proc/cpuinfo") as lines:
        return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def figure(number):
    return f"{number / 1e6:,.1f} M" if number >= 1e7 else f"{number / 1e6:,.2f} M" if number >= 1e5 else f"{number:,.0f}"


def markdown(report):
    lines = [
        f"# Worlds of ours and of the peers on one core, {report['date']}", "",
        f"{report['processor']}, {report['cores']} cores, load {report['load_before']:.1f} before and {report['load_after']:.1f} "
        f"after; Python {report['python']}, {report['packages']}. Written by `Benchmarks/compare-environments`: all pinned to one core "
        f"with one thread, in turn, {report['rounds']} rounds; steps per second of CPU time, medians; the ratio is the median of the "
        "rounds', their range in brackets.", "",
        "| case | ours | must reach | reached | peer | its steps | ratio |", "|---|---:|---:|---|---|---:|---:|",
    ]
    for row in report["cases"]:
        required = figure(row["required_here"]) if row["required"] else "–"
        reached = "–" if not row["required"] else "yes" if row["ours"] >= row["required_here"] else "no"
        first = f"| {row['case']} | {figure(row['ours'])} | {required} | {reached} "
        for peer in row["peers"]:
            ratios = f"{peer['ratio']:,.1f} ({min(peer['ratios']):,.1f}–{max(peer['ratios']):,.1f})"
            lines.append(f"{first}| {peer['peer']} | {figure(peer['per_second'])} | {ratios} |")
            first = "| | | | "
    lines += [
        "", "Random actions are drawn inside, episodes are reset, observations are written, on all sides. What ours must reach is stated "
        f"for a core with a roof of {ROOF} GFLOP/s and scaled by the one measured here. Atari's games and our pixel games are different "
        "games of the same size: frames of 160×210, four a step, seen as four of 84×84.", ""]
    if report["left_out"]:
        lines += [f"This program has no case {', '.join(report['left_out'])}.", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rl", required=True, help="the program to measure")
    parser.add_argument("--results", type=pathlib.Path, required=True, help="the folder to write to")
    parser.add_argument("--only", default="", help="the cases whose names contain this")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--core", type=int, default=max(os.sched_getaffinity(0)))
    parser.add_argument("--duration", type=float, default=0.2, help="seconds of one repetition")
    options = parser.parse_args()
    chosen = [case for case in CASES if options.only in case.name]
    if not chosen or options.rounds < 1:
        sys.exit(f"no case contains \"{options.only}\", or no rounds; the cases are {', '.join(case.name for case in CASES)}")
    report = {
        "date": datetime.date.today().isoformat(), "processor": processor(), "cores": os.cpu_count(), "core": options.core,
        "python": platform.python_version(), "rounds": options.rounds, "load_before": os.getloadavg()[0],
    }
    rows = [(case, compare(case, options)) for case in chosen]
    report["cases"] = [row for _, row in rows if row]
    report["left_out"] = [case.name for case, row in rows if not row]
    if not report["cases"]:
        sys.exit("nothing was measured")
    names = {"ale": "ale-py", "minatar": "MinAtar"}
    versions = {(peer["peer"].split()[0].split(":")[0], peer["version"]) for row in report["cases"] for peer in row["peers"]}
    report["packages"] = ", ".join(f"{names.get(name, name)} {version}" for name, version in sorted(versions))
    report["load_after"] = os.getloadavg()[0]
    stem = options.results / f"compare-environments-{report['date']}"
    options.results.mkdir(parents=True, exist_ok=True)
    stem.with_suffix(".json").write_text(json.dumps(report, indent=1) + "\n")
    stem.with_suffix(".md").write_text(markdown(report))
    print(markdown(report))
