"""Runs ours and PyTorch in turn on one core, A B A B, and writes medians and the ratios pair by pair as JSON and Markdown."""

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
ROOF = 272  # GFLOP/s of the core that the known figures were measured on


def run(command, core):
    command = ["taskset", "--cpu-list", str(core), *map(str, command)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout)


def ours(case, options):
    report = run(
        [options.rl, "bench", "core", "--only", case.name, "--json", "--repetitions", options.repetitions,
         "--duration", options.duration], options.core)
    result = next(item for item in report["cases"] if item["name"] == case.name)
    return {
        "per_second": result["per_second"], "share_of_peak": result["share_of_peak"],
        "fma": report["peak_gflops"]["fma"], "sgemm": report["peak_gflops"]["sgemm"],
    }


def theirs(case, mode, options):
    command = [
        sys.executable, HERE / "worker.py", case.network, case.rows, mode, "--duration", options.duration,
        "--repetitions", options.repetitions]
    return run(command if case.trains else command + ["--act"], options.core)


def compare(case, options):
    modes = ["eager", "trace"] + (["channels_last", "channels_last+trace"] if case.has_images else [])
    if options.compile:
        modes.append("compile")
    trials = {mode: max(theirs(case, mode, options)["per_second"] for _ in range(2)) for mode in modes}
    best = max(trials, key=trials.get)
    pairs = []
    for index in range(options.pairs):
        pairs.append({"ours": ours(case, options), "torch": theirs(case, best, options), "load": os.getloadavg()[0]})
        ratio = pairs[-1]["ours"]["per_second"] / pairs[-1]["torch"]["per_second"]
        print(f"{case.name}, pair {index + 1} of {options.pairs}: {ratio:.2f}", file=sys.stderr)

    def median(side, key):
        return statistics.median(pair[side][key] for pair in pairs)
    ratios = [pair["ours"]["per_second"] / pair["torch"]["per_second"] for pair in pairs]
    expected = case.known * median("ours", "fma") / ROOF
    return {
        "case": case.name, "ours": median("ours", "per_second"), "share_of_peak": median("ours", "share_of_peak"),
        "torch": median("torch", "per_second"), "torch_mode": best, "torch_modes": trials,
        "ratio": statistics.median(ratios), "ratios": ratios, "required": case.required,
        "torch_expected": expected, "counts": median("torch", "per_second") >= 0.85 * expected,
        "peak_ours": {"fma": median("ours", "fma"), "sgemm": median("ours", "sgemm")},
        "peak_torch": {"sgemm": median("torch", "sgemm")}, "version": pairs[0]["torch"]["version"], "pairs": pairs,
    }


def verdict(row):
    if not row["counts"]:
        return f"void: PyTorch was expected to reach {0.85 * row['torch_expected']:.4g}"
    return "yes" if row["ratio"] >= row["required"] else "no"


def processor():
    with open("/proc/cpuinfo") as lines:
        return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def markdown(report):
    lines = [
        f"# Ours and PyTorch {report['torch']} on one core, {report['date']}", "",
        f"{report['processor']}, {report['cores']} cores, load {report['load_before']:.1f} before and {report['load_after']:.1f} "
        f"after; Python {report['python']}. Written by `Benchmarks/compare-torch`: both sides pinned to one core with one thread, "
        f"in turn, {report['pairs']} pairs; per second in the thread's own CPU time, medians; the ratio is the median of the pairs', "
        "their range in brackets.", "",
        "| case | ours | of our FMA peak | PyTorch | its mode | ratio | required | reached |",
        "|---|---:|---:|---:|---|---:|---:|---|",
    ]
    for row in report["cases"]:
        lines.append(
            f"| {row['case']} | {row['ours']:,.5g} | {100 * row['share_of_peak']:.0f} % | {row['torch']:,.5g} | {row['torch_mode']} "
            f"| {row['ratio']:.2f} ({min(row['ratios']):.2f}–{max(row['ratios']):.2f}) | {row['required']} | {verdict(row)} |")
    lines += ["", "Peaks in GFLOP/s, medians over a case's pairs:", "", "| case | our FMA | OpenBLAS 1024³ | PyTorch 1024³ |", "|---|---:|---:|---:|"]
    for row in report["cases"]:
        lines.append(
            f"| {row['case']} | {row['peak_ours']['fma']:.0f} | {row['peak_ours']['sgemm']:.0f} | {row['peak_torch']['sgemm']:.0f} |")
    lines += [
        "", "Ours makes floats of bytes first where a case has images; PyTorch is given floats. PyTorch's best mode is chosen by two "
        "trials of each; its memory comes in huge pages; Adam is the fused one. A row is void where PyTorch stays more than 15 % below the figure that is known of it, "
        "scaled by our FMA peak.", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rl", required=True, help="the program to measure")
    parser.add_argument("--results", type=pathlib.Path, required=True, help="the folder to write to")
    parser.add_argument("--only", default="", help="the cases whose names contain this")
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--core", type=int, default=max(os.sched_getaffinity(0)))
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--duration", type=float, default=0.2)
    parser.add_argument("--compile", action="store_true", help="try torch.compile as well (needs a C++ compiler)")
    options = parser.parse_args()
    chosen = [case for case in CASES if options.only in case.name]
    if not chosen or options.pairs < 1:
        sys.exit(f"no case contains \"{options.only}\", or no pairs; the cases are {', '.join(case.name for case in CASES)}")
    report = {
        "date": datetime.date.today().isoformat(), "processor": processor(), "cores": os.cpu_count(), "core": options.core,
        "python": platform.python_version(), "pairs": options.pairs, "load_before": os.getloadavg()[0],
    }
    report["cases"] = [compare(case, options) for case in chosen]
    report["torch"] = report["cases"][0]["version"]
    report["load_after"] = os.getloadavg()[0]
    part = "".join(f"-{word}" for word in options.only.split("/") if word)
    stem = options.results / f"compare-torch{part}-{report['date']}"
    options.results.mkdir(parents=True, exist_ok=True)
    stem.with_suffix(".json").write_text(json.dumps(report, indent=1) + "\n")
    stem.with_suffix(".md").write_text(markdown(report))
    print(markdown(report))
