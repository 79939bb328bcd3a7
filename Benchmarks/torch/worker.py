"""PyTorch's side: times one network in one mode on one thread, in the thread's own CPU time, and prints one JSON line."""

import argparse
import json
import statistics
import time

import torch

from networks import NETWORKS

MODES = ["eager", "trace", "channels_last", "channels_last+trace", "compile"]


def work(network, mode, rows, trains):
    """A function that does one update (the network's loss, Adam) or one forward pass."""
    network = NETWORKS[network]
    torch.manual_seed(1)
    model = network.build()
    generator = torch.Generator().manual_seed(2)
    x = torch.rand((rows, *network.shape), generator=generator)
    if "channels_last" in mode:
        model = model.to(memory_format=torch.channels_last)
        x = x.contiguous(memory_format=torch.channels_last)
    parameters = list(model.parameters())
    if "trace" in mode:
        model = torch.jit.trace(model if trains else model.eval(), x)
        if not trains:
            model = torch.jit.optimize_for_inference(torch.jit.freeze(model))
    if mode == "compile":
        model = torch.compile(model)

    if not trains:
        def act():
            with torch.inference_mode():
                return model(x)
        return act

    with torch.inference_mode():
        values = model(x)
    measure = network.loss(values, generator)
    optimizer = torch.optim.Adam(parameters, lr=1e-4, fused=True)

    def update():
        optimizer.zero_grad(set_to_none=True)
        loss = measure(model(x))
        loss.backward()
        optimizer.step()
        return loss
    return update


def rate(function, duration, repetitions):
    """Calls per second: the median of `repetitions`, after a warm-up that also finds how many calls fill one."""
    function()
    calls = 1
    while True:
        start = time.thread_time()
        for _ in range(calls):
            function()
        seconds = time.thread_time() - start
        if seconds >= duration / 4:
            break
        calls *= 2
    calls = max(1, round(calls * duration / seconds))
    rates = []
    for _ in range(repetitions):
        start = time.thread_time()
        for _ in range(calls):
            function()
        rates.append(calls / (time.thread_time() - start))
    return statistics.median(rates)


def peak(duration, repetitions):
    """GFLOP/s of PyTorch's own product of 1024³."""
    a, b = torch.rand(1024, 1024), torch.rand(1024, 1024)
    return 2e-9 * 1024**3 * rate(lambda: torch.mm(a, b), duration, repetitions)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", choices=NETWORKS)
    parser.add_argument("rows", type=int)
    parser.add_argument("mode", choices=MODES)
    parser.add_argument("--act", action="store_true", help="time the forward pass alone")
    parser.add_argument("--duration", type=float, default=0.2, help="seconds of one repetition")
    parser.add_argument("--repetitions", type=int, default=5)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    function = work(options.network, options.mode, options.rows, trains=not options.act)
    print(json.dumps({
        "per_second": rate(function, options.duration, options.repetitions),
        "sgemm": peak(options.duration / 4, 3),
        "version": torch.__version__,
    }))
