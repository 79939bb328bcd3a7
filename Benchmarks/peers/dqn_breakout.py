"""A PyTorch twin of `agents/dqn-breakout-paper.json`: MinAtar's network and hyperparameters, one update a frame; prints frames/s.

The game comes from PyPI (`minatar`), the learner is written from the paper's hyperparameters. Run on one core with one thread:

    taskset -c 1 env OMP_NUM_THREADS=1 python3 Benchmarks/peers/dqn_breakout.py --frames 15000
"""

import argparse
import json
import random
import time

import minatar
import numpy
import torch
from torch import nn

CAPACITY, BATCH, START, COPY = 100_000, 32, 5_000, 1_000
DISCOUNT, LAST_EPSILON, EPSILON_FRAMES = 0.99, 0.1, 100_000


def network(channels, actions):
    return nn.Sequential(
        nn.Conv2d(channels, 16, 3), nn.ReLU(), nn.Flatten(), nn.Linear(16 * 8 * 8, 128), nn.ReLU(), nn.Linear(128, actions))


class Memory:
    """Both views of every transition as bytes, drawn uniformly."""

    def __init__(self, shape):
        self.views = numpy.zeros((2, CAPACITY, *shape), numpy.uint8)
        self.actions = numpy.zeros(CAPACITY, numpy.int64)
        self.rewards = numpy.zeros(CAPACITY, numpy.float32)
        self.goes_on = numpy.zeros(CAPACITY, numpy.float32)
        self.count = self.cursor = 0

    def append(self, view, action, reward, next_view, is_over):
        place = self.cursor
        self.views[0, place], self.views[1, place] = view, next_view
        self.actions[place], self.rewards[place], self.goes_on[place] = action, reward, 0 if is_over else 1
        self.cursor, self.count = (place + 1) % CAPACITY, min(self.count + 1, CAPACITY)

    def sample(self):
        rows = numpy.random.randint(self.count, size=BATCH)
        views = torch.from_numpy(self.views[:, rows]).float()
        return (views[0], views[1], *(torch.from_numpy(part[rows]) for part in (self.actions, self.rewards, self.goes_on)))


def picture(world):
    return world.state().transpose(2, 0, 1).astype(numpy.uint8)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--frames", type=int, default=15_000, help="after the random start, each with an update")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    torch.set_num_threads(1)
    random.seed(options.seed), numpy.random.seed(options.seed), torch.manual_seed(options.seed)
    world = minatar.Environment("breakout")
    world.seed(options.seed)
    world.reset()
    actions = world.num_actions()
    view = picture(world)
    online, target = network(view.shape[0], actions), network(view.shape[0], actions)
    target.load_state_dict(online.state_dict())
    optimizer = torch.optim.RMSprop(online.parameters(), lr=2.5e-4, alpha=0.95, centered=True, eps=0.01)
    memory = Memory(view.shape)
    begun = None
    for frame in range(START + options.frames):
        if frame == START:
            begun = time.thread_time()
        share = min(1.0, max(0.0, (frame - START) / EPSILON_FRAMES))
        if frame < START or random.random() < 1 + (LAST_EPSILON - 1) * share:
            action = random.randrange(actions)
        else:
            with torch.no_grad():
                action = int(online(torch.from_numpy(view[None]).float()).argmax())
        reward, is_over = world.act(action)
        next_view = picture(world)
        memory.append(view, action, reward, next_view, is_over)
        if is_over:
            world.reset()
        view = picture(world)
        if frame < START:
            continue
        views, next_views, chosen, rewards, goes_on = memory.sample()
        with torch.no_grad():
            goals = rewards + DISCOUNT * goes_on * target(next_views).max(1).values
        loss = nn.functional.smooth_l1_loss(online(views).gather(1, chosen[:, None])[:, 0], goals)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if (frame - START + 1) % COPY == 0:
            target.load_state_dict(online.state_dict())
    print(json.dumps({"frames_per_second": options.frames / (time.thread_time() - begun), "torch": torch.__version__}))


if __name__ == "__main__":
    main()
