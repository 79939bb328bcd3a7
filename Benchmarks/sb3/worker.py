"""One training with Stable-Baselines3 as JSON: the process's CPU seconds until it had learned, and the greedy return after that."""

import argparse
import json
import sys
import time

import stable_baselines3
import torch
from stable_baselines3.common.env_util import make_vec_env
from stable_baselines3.common.evaluation import evaluate_policy

from cases import CASES

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("algorithm")
parser.add_argument("seed", type=int)
parser.add_argument("--steps", type=int, help="instead of the case's")
parser.add_argument("--episodes", type=int, default=100)
options = parser.parse_args()
case = next(case for case in CASES if case.algorithm == options.algorithm)
torch.set_num_threads(1)
worlds = make_vec_env("CartPole-v1", n_envs=case.lanes, seed=options.seed)
learner = getattr(stable_baselines3, case.algorithm.upper())(
    "MlpPolicy", worlds, seed=options.seed, device="cpu", **case.arguments)
learner.learn(options.steps or case.steps)
seconds = time.process_time()
fresh = make_vec_env("CartPole-v1", n_envs=1, seed=2_000_000)
mean, _ = evaluate_policy(learner, fresh, n_eval_episodes=options.episodes, deterministic=True)
json.dump({
    "seconds": seconds, "mean_return": float(mean), "updates": getattr(learner, "_n_updates", None),
    "version": stable_baselines3.__version__, "torch": torch.__version__}, sys.stdout)
