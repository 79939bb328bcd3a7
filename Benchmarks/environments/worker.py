"""A peer's side: steps one world with random actions on one core, and prints how many steps a second as one JSON line.

The time is that of the process on the CPU, all its threads together: what other processes take of the core does not count. Actions
are drawn inside, episodes are reset, observations are written; a step in which a peer resets instead of stepping counts in its favour.
"""

import argparse
import importlib.metadata
import json
import statistics
import time

import numpy


def gymnasium_single(name, _):
    import gymnasium

    return single(gymnasium.make(name))


def single(environment):
    """Steps a Gymnasium environment; its space draws the actions."""
    environment.reset(seed=1)
    environment.action_space.seed(1)

    def run(rounds):
        step, sample = environment.step, environment.action_space.sample
        for _ in range(rounds):
            _, _, terminated, truncated, _ = step(sample())
            if terminated or truncated:
                environment.reset()

    return run, 1


def many(environment, lanes, space):
    """Steps a vector; NumPy draws the actions of all lanes at once."""
    environment.reset()
    generator = numpy.random.default_rng(1)
    discrete = hasattr(space, "n")

    def run(rounds):
        for _ in range(rounds):
            if discrete:
                actions = generator.integers(space.n, size=lanes)
            else:
                actions = generator.uniform(space.low, space.high, (lanes, *space.shape)).astype(numpy.float32)
            environment.step(actions)

    return run, lanes


def gymnasium_vector(name, lanes):
    import gymnasium

    environment = gymnasium.make_vec(name, num_envs=lanes, vectorization_mode="vector_entry_point")
    return many(environment, lanes, environment.single_action_space)


def envpool(name, lanes):
    import envpool as package

    environment = package.make(name, env_type="gymnasium", num_envs=lanes, num_threads=1, seed=1)
    return many(environment, lanes, environment.action_space)


def minatar(name, _):
    from minatar import Environment

    environment = Environment(name, sticky_action_prob=0.1)
    environment.seed(1)
    environment.reset()
    generator = numpy.random.default_rng(1)

    def run(rounds):
        for action in generator.integers(6, size=rounds):
            _, terminal = environment.act(action)
            environment.state()
            if terminal:
                environment.reset()

    return run, 1


def ale_wrappers(name, _):
    import ale_py
    import gymnasium
    from gymnasium.wrappers import AtariPreprocessing, FrameStackObservation

    gymnasium.register_envs(ale_py)
    environment = gymnasium.make(name, frameskip=1, repeat_action_probability=0.25)
    return single(FrameStackObservation(AtariPreprocessing(environment, noop_max=30, frame_skip=4), 4))


def ale_vector(name, lanes):
    from ale_py.vector_env import AtariVectorEnv

    environment = AtariVectorEnv(game=name, num_envs=lanes, num_threads=1, repeat_action_probability=0.25)
    return many(environment, lanes, environment.single_action_space)


PEERS = {
    "gymnasium": gymnasium_single, "gymnasium:vector": gymnasium_vector, "envpool": envpool, "minatar": minatar,
    "ale:wrappers": ale_wrappers, "ale:vector": ale_vector,
}
PACKAGES = {"ale": "ale-py", "minatar": "MinAtar"}


def rate(run, lanes, duration, repetitions):
    """Steps per second: the median of `repetitions`, after a warm-up that also finds how many rounds fill one."""
    rounds = 1
    while True:
        start = time.process_time()
        run(rounds)
        seconds = time.process_time() - start
        if seconds >= duration / 4:
            break
        rounds *= 2
    rounds = max(1, round(rounds * duration / seconds))
    rates = []
    for _ in range(repetitions):
        start = time.process_time()
        run(rounds)
        rates.append(rounds * lanes / (time.process_time() - start))
    return statistics.median(rates)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("peer", choices=PEERS)
    parser.add_argument("name")
    parser.add_argument("lanes", type=int)
    parser.add_argument("--duration", type=float, default=0.3, help="seconds of one repetition")
    parser.add_argument("--repetitions", type=int, default=3)
    options = parser.parse_args()
    run, lanes = PEERS[options.peer](options.name, options.lanes)
    package = options.peer.split(":")[0]
    print(json.dumps({
        "per_second": rate(run, lanes, options.duration, options.repetitions),
        "version": importlib.metadata.version(PACKAGES.get(package, package)),
    }))
