"""Ask the caption encoder alone which words belong together, before it is trained on with everything else.

    python -m snowglobe.train_clauses configs/mini-clauses.toml --budget-minutes 8 --start ../models/mini --out ../runs/clauses

What it is: snowglobe.train with everything frozen but the caption encoder, and no film: captions are some thirty words, so a
core asks ten times in the second, where all of mini takes one step. It stays near what it gave out before, since the
transformer reads that.
What it is not: enough. The transformer has to learn to use it (snowglobe.train, with the same configuration).
"""

from __future__ import annotations

import copy

import torch
from torch import Tensor

from .train import Examples, TrainConfig, Trainer, main

READS = 8  # how often a caption is read, on average
KEPT = 20_000  # captions, the newest
NEAR = 2.0  # weight of the mean squared distance to what the encoder gave out before


class ClausesTrainer(Trainer):
    """A run that leaves everything but the caption encoder as it was. `clips` counts captions, `step` steps of the encoder."""

    def restart(self, config: TrainConfig) -> None:
        if not config.clauses:
            raise SystemExit("this configuration asks for no clauses: give [train] clauses a weight")
        self.model.requires_grad_(False)
        self.model.text.requires_grad_(True)
        self.kept: Tensor | None = None  # (K, L)
        super().restart(config)
        self.before = copy.deepcopy(self.model.text).requires_grad_(False)

    def update(self, examples: Examples, generator: torch.Generator, rate: float) -> None:
        self.rate(rate)
        tokens = examples[1]
        self.kept = tokens if self.kept is None else torch.cat([self.kept, tokens])[-KEPT:]
        self.clips += len(tokens)
        for _ in range(READS):
            self.read(self.kept[torch.randint(len(self.kept), (len(tokens),), generator=generator)])

    def read(self, tokens: Tensor) -> None:
        """One step of the encoder. tokens: (B, L)"""
        with torch.autocast(self.device.type, self.objective.dtype, enabled=self.objective.dtype is not None):
            text = self.model.text(tokens)  # (B, L, D)
            before = self.before(tokens)  # (B, L, D)
        asked = self.objective.clauses(text.float(), tokens)
        self.descend(asked + NEAR * (text.float() - before.float()).square().mean())
        self.stepped(asked.detach()[None], torch.zeros(1, 1, 1, 1, 1))


if __name__ == "__main__":
    main(ClausesTrainer, __doc__)
