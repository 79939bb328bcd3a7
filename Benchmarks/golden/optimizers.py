"""Steps of PyTorch's optimizers in double precision: the rows of `OptimizerGolden` in Tests/NeuralTests/OptimizerGolden.swift.

Two values with these gradients at each step; after steps 1, 2 and 8 the values are written, so that RAdam is seen before and after
its sixth step, where it begins to divide. Needs PyTorch; run it and paste what it prints.
"""

import torch

START = [0.5, -2.0]
STEPS = 8
REPORTED = (1, 2, 8)


def gradients(step):
    """Exact in single precision: quarters, some of them negative."""
    return [0.25 * (step % 5) - 0.5, 0.75 - 0.25 * (step % 3)]


OPTIMIZERS = {
    "SGD": lambda p: torch.optim.SGD(p, lr=0.125),
    "momentum": lambda p: torch.optim.SGD(p, lr=0.125, momentum=0.875),
    "Nesterov": lambda p: torch.optim.SGD(p, lr=0.125, momentum=0.875, nesterov=True),
    "AdaGrad": lambda p: torch.optim.Adagrad(p, lr=0.125, eps=1e-10),
    "RMSProp": lambda p: torch.optim.RMSprop(p, lr=0.125, alpha=0.75, eps=1e-5),
    "centred RMSProp": lambda p: torch.optim.RMSprop(p, lr=0.125, alpha=0.75, eps=1e-2, centered=True),
    "Adam": lambda p: torch.optim.Adam(p, lr=0.125, betas=(0.75, 0.9375), eps=1e-8),
    "AdamW": lambda p: torch.optim.AdamW(p, lr=0.125, betas=(0.75, 0.9375), eps=1e-8, weight_decay=0.25),
    "RAdam": lambda p: torch.optim.RAdam(p, lr=0.125, betas=(0.75, 0.9375), eps=1e-8),
}

for name, make in OPTIMIZERS.items():
    p = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    optimizer = make([p])
    rows = []
    for step in range(1, STEPS + 1):
        p.grad = torch.tensor(gradients(step), dtype=torch.float64)
        optimizer.step()
        if step in REPORTED:
            rows.append("[" + ", ".join(f"{x:.9f}" for x in p.tolist()) + "]")
    print(f'    "{name}": [{", ".join(rows)}],')
