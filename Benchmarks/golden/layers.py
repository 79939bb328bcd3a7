"""Layers, losses and distributions of PyTorch in double precision: the rows of Tests/NeuralTests/LayerGolden.swift.

Every case is a value y and the gradient of sum(c * y) by the first operand, c = 1, 2, 3, ... Needs PyTorch; run it and paste what it
prints.
"""

import torch
import torch.nn.functional as F
from torch.distributions import Categorical, Normal, TransformedDistribution, kl_divergence
from torch.distributions.transforms import TanhTransform

torch.set_default_dtype(torch.float64)

LINE = [-3.0, -0.75, -0.125, 0.0625, 0.5, 2.0, 6.0]
ROWS = [[0.5, -1.25, 2.0, 0.75], [-0.5, 0.25, 1.5, -2.0], [3.0, 0.125, -0.25, 1.0]]
OTHER = [[0.25, 0.5, -1.0, 1.5], [1.0, -0.5, 0.75, 0.125], [-2.0, 1.0, 0.5, 0.0]]
LABELS = torch.tensor([2, 0, 3])
GAIN, BIAS = torch.tensor([1.0, 0.5, -2.0, 1.5]), torch.tensor([0.25, 0.0, -0.5, 1.0])
# [rows, channels, height, width] as PyTorch holds images; printed as [rows, height, width, channels].
IMAGES = torch.tensor([[[[0.5, -1.0], [2.0, 0.25]], [[1.5, 0.75], [-0.5, 3.0]]], [[[-2.0, 1.0], [0.125, 0.5]], [[0.0, -1.5], [1.0, 2.5]]]])


def report(name, function, x):
    x = torch.as_tensor(x).clone().requires_grad_(True)
    y = function(x)
    y = y.permute(0, 2, 3, 1) if y.dim() == 4 else y
    c = torch.arange(1, y.numel() + 1, dtype=torch.float64).reshape(y.shape)
    (c * y).sum().backward()
    gradient = x.grad.permute(0, 2, 3, 1) if x.dim() == 4 else x.grad
    row = lambda numbers: "[" + ", ".join(f"{v:.9g}" for v in numbers.detach().flatten().tolist()) + "]"
    print(f'        "{name}": Golden(\n            y: {row(y)},\n            gradient: {row(gradient)}),')


for name, function in {
    "sigmoid": torch.sigmoid, "softplus": F.softplus, "silu": F.silu, "gelu": lambda x: F.gelu(x, approximate="tanh"),
    "leaky ReLU": lambda x: F.leaky_relu(x, 0.01), "ELU": lambda x: F.elu(x, 0.5),
    "PReLU": lambda x: F.prelu(x, torch.tensor([0.25])),
    "clip": lambda x: torch.clamp(x, -1, 1), "abs": torch.abs,
}.items():
    report(name, function, LINE)

running_mean, running_variance = torch.zeros(4), torch.ones(4)
report("batch norm", lambda x: F.batch_norm(x, running_mean, running_variance, GAIN, BIAS, training=True), ROWS)
report("running mean", lambda x: running_mean + 0 * x[0], ROWS)
report("running variance", lambda x: running_variance + 0 * x[0], ROWS)
report("batch norm evaluated", lambda x: F.batch_norm(x, running_mean, running_variance, GAIN, BIAS), ROWS)
report("batch norm of images", lambda x: F.batch_norm(x, None, None, GAIN[:2], BIAS[:2], training=True), IMAGES)
report("layer norm", lambda x: F.layer_norm(x, [4], GAIN, BIAS), ROWS)
report("group norm of images", lambda x: F.group_norm(x, 1, GAIN[:2], BIAS[:2]), IMAGES)
report("instance norm of images", lambda x: F.instance_norm(x, weight=GAIN[:2], bias=BIAS[:2]), IMAGES)

report("cross-entropy", lambda x: F.cross_entropy(x, LABELS, reduction="none"), ROWS)
report("cross-entropy of probabilities",
       lambda x: F.cross_entropy(x, torch.softmax(torch.tensor(OTHER), 1), reduction="none"), ROWS)
# PyTorch divides the margins by the number of classes.
report("hinge", lambda x: 4 * F.multi_margin_loss(x, LABELS, p=1, reduction="none"), ROWS)
report("squared hinge", lambda x: 4 * F.multi_margin_loss(x, LABELS, p=2, reduction="none"), ROWS)
report("mean squared", lambda x: F.mse_loss(x, torch.tensor(OTHER)).reshape(1), ROWS)
report("mean absolute", lambda x: F.l1_loss(x, torch.tensor(OTHER)).reshape(1), ROWS)
report("Huber", lambda x: F.huber_loss(x, torch.tensor(OTHER), delta=0.75).reshape(1), ROWS)

other = torch.tensor(OTHER)
report("categorical log-probability", lambda x: Categorical(logits=x).log_prob(LABELS), ROWS)
report("categorical entropy", lambda x: Categorical(logits=x).entropy(), ROWS)
report("categorical divergence", lambda x: kl_divergence(Categorical(logits=x), Categorical(logits=other)), ROWS)
normal = lambda x: Normal(x, torch.exp(0.5 * other))
report("Gaussian log-probability", lambda x: normal(x).log_prob(0.25 * other).sum(1), ROWS)
report("Gaussian entropy", lambda x: Normal(other, torch.exp(x)).entropy().sum(1), ROWS)
report("Gaussian divergence", lambda x: kl_divergence(normal(x), Normal(other, torch.exp(0.25 * other))).sum(1), ROWS)
squashed = lambda x: TransformedDistribution(normal(x), TanhTransform())
report("squashed log-probability", lambda x: squashed(x).log_prob(torch.tanh(0.5 * other)).sum(1), ROWS)
