"""The networks of `rl bench core` in PyTorch: the same layers, the same number of actions."""

from collections.abc import Callable
from dataclasses import dataclass

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


class Recurrent(nn.Module):
    """An LSTM through time from a state of zeros, a linear head on every step."""

    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(64, 128, batch_first=True)
        self.head = nn.Linear(128, ACTIONS)

    def forward(self, x):
        return self.head(self.lstm(x)[0])


def picked(values, generator):
    """Huber's loss of one picked action value a row, as DQN has it."""
    action = torch.randint(values.shape[1], (values.shape[0], 1), generator=generator)
    target = torch.rand((values.shape[0], 1), generator=generator) * 2 - 1
    return lambda values: nn.functional.smooth_l1_loss(values.gather(1, action), target)


def squared(values, generator):
    """The mean squared error of all values."""
    target = torch.randn(values.shape, generator=generator)
    return lambda values: nn.functional.mse_loss(values, target)


@dataclass(frozen=True)
class Network:
    build: Callable[[], nn.Module]
    shape: tuple[int, ...]  # of one row; floats, where ours begins with bytes for images
    loss: Callable = picked  # makes the loss, with its own targets, for values of this shape


NETWORKS = {
    "mlp": Network(mlp, (4,)),
    "minatar": Network(minatar, (4, 10, 10)),
    "nature": Network(nature, (4, 84, 84)),
    "lstm": Network(Recurrent, (16, 64), squared),
}
