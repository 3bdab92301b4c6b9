"""Writes tests/golden/sampling.json: runs that `run()` in TypeScript must repeat, on a model that is one formula.

    PYTHONPATH=training python training/golden_sampling.py
"""

import json
from pathlib import Path

import torch
from torch import nn

from snowglobe.model import ModelConfig
from snowglobe.sampling import SOLVERS, Guidance, sample


class Formula(nn.Module):
    """guess = c (x t + 0.3) / (1 + x^2), with c = 1 for a prompt and 1/2 for no words."""

    config = ModelConfig(frames=2, height=2, width=3)

    def __init__(self):
        super().__init__()
        self.place = nn.Parameter(torch.zeros(1))

    def encode_text(self, tokens):
        return [], torch.where(tokens[:, 1:2] > 0, 1.0, 0.5)  # (B, 1)

    def denoise(self, x, levels, text, caption):
        return caption[:, :, None, None, None] * (x * levels + 0.3) / (1 + x * x)


CASES = [(7, 1, (1.0, 0.0, 1.0), 1.0), (11, 5, (3.0, 0.15, 0.7), 1.0), (4294967295, 12, (2.5, 0.0, 1.0), 2.0), (3, 4, (0.0, 0.0, 1.0), 0.5)]


def golden() -> list[dict]:
    tokens = torch.tensor([[1, 5, 0]])
    runs = []
    for sampler in SOLVERS:
        for seed, steps, guidance, shift in CASES:
            _, trajectory = sample(Formula(), tokens, [seed], steps, sampler, Guidance(*guidance), shift)
            settings = {"seed": seed, "steps": steps, "sampler": sampler, "shift": shift}
            settings["guidance"] = dict(zip(("scale", "from", "to"), guidance))
            numbers = [{"t": s.t, "x": s.x[0].flatten().tolist(), "guess": s.guess[0].flatten().tolist()} for s in trajectory]
            runs.append({"settings": settings, "steps": numbers})
    return runs


if __name__ == "__main__":
    path = Path(__file__).parent.parent / "tests/golden/sampling.json"
    path.write_text(json.dumps(golden()) + "\n")
    print(path)
