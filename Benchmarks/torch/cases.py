"""What is compared: one line for each network, with the figures that decide whether the comparison counts."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    name: str  # the bench case of ours; the part before the first slash says what is timed
    network: str  # a key of networks.NETWORKS
    rows: int
    known: float  # PyTorch's best, per second, on one core with a roof of 272 GFLOP/s
    required: float  # ours over PyTorch's best

    @property
    def trains(self) -> bool:
        return self.name.startswith("update/")

    @property
    def has_images(self) -> bool:
        return self.network in ("minatar", "nature")


CASES = [
    Case("update/mlp-4-120-84-2/128", "mlp", 128, known=3631, required=5.5),
    Case("update/minatar/32", "minatar", 32, known=1306, required=3.8),
    Case("update/nature/32", "nature", 32, known=84, required=1.5),
    Case("update/nature/256", "nature", 256, known=12.3, required=1.4),
    Case("update/lstm-128x16/32", "lstm", 32, known=400, required=2),
    Case("act/nature/1", "nature", 1, known=4264, required=1.5),
]
