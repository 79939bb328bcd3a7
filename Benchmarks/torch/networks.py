"""The networks of `rl bench core` in PyTorch: the same layers, the same number of actions."""

import torch
from torch import nn

ACTIONS = 6


def mlp():
    return nn.Sequential(nn.Linear(4, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 2))


def minatar():
    return nn.Sequential(
        nn.Conv2d(4, 16, 3), nn.ReLU(), nn.Flatten(), nn.Linear(1024, 128), nn.ReLU(), nn.Linear(128, ACTIONS))


def nature():
    return nn.Sequential(
        nn.Conv2d(4, 32, 8, stride=4), nn.ReLU(), nn.Conv2d(32, 64, 4, stride=2), nn.ReLU(),
        nn.Conv2d(64, 64, 3), nn.ReLU(), nn.Flatten(), nn.Linear(3136, 512), nn.ReLU(), nn.Linear(512, ACTIONS))


# The network, the shape of one row, and how many values it gives.
NETWORKS = {
    "mlp": (mlp, (4,), 2),
    "minatar": (minatar, (4, 10, 10), ACTIONS),
    "nature": (nature, (4, 84, 84), ACTIONS),
}


def batch(shape, rows, actions):
    """Rows that are floats already (ours begins with bytes), actions, targets."""
    generator = torch.Generator().manual_seed(2)
    x = torch.rand((rows, *shape), generator=generator)
    action = torch.randint(actions, (rows, 1), generator=generator)
    target = torch.rand((rows, 1), generator=generator) * 2 - 1
    return x, action, target
