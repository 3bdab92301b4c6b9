"""Train the detail head alone, on what a finished transformer says.

    python -m snowglobe.train_detail configs/mini-detail.toml --budget-minutes 60 --start ../models/mini --out ../runs/detail

What it is: snowglobe.train with the transformer frozen. Its guesses are kept, and each is read many times, as crops around
things: a head that sees some pixels far learns as much from a crop as from the clip, for a fifth of the work.
What it is not: needed on a GPU, where the head trains with everything else.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor

from .flow import flow_loss, mix, sample_levels
from .model import variance_of, weigh
from .train import Examples, TrainConfig, Trainer, main

READS = 48  # how often a guess is read, on average
KEPT = 9600  # guesses, the newest: 4 GB
FIRST = 1440  # guesses that are there before the first step
CROPS = 32  # a step
FRAMES, SIDE = 8, 20  # of a crop
EDGE = 2  # pixels at the cut edges of a crop that count nothing: the head sees less there than it will
AROUND = 0.8  # share of the crops that lie around a thing


class Kept(NamedTuple):
    """Guesses of the transformer, and what they are of: (K, ...) each, in half precision."""

    clip: Tensor  # (K, 3, F, H, W)
    x: Tensor  # (K, 3, F, H, W)
    levels: Tensor  # (K, 1, F, H, W)
    drawn: Tensor  # (K, 4, F, H, W)
    caption: Tensor  # (K, D)
    there: Tensor  # (K, H, W) bool: where a thing is in any frame


class DetailTrainer(Trainer):
    """A run that leaves everything but the detail head as it was. `clips` counts fresh clips, `step` steps of the head."""

    def restart(self, config: TrainConfig) -> None:
        if self.model.detail is None:
            raise SystemExit("this configuration has no detail head: give [model] a detail")
        if config.emphasis == 1:
            raise SystemExit("this configuration does not say where things are, and crops lie around them: give [train] an emphasis above 1")
        self.model.requires_grad_(False)
        self.model.detail.requires_grad_(True).to(memory_format=torch.channels_last)
        self.kept: Kept | None = None
        super().restart(config)

    def update(self, examples: Examples, generator: torch.Generator, rate: float) -> None:
        self.rate(rate)
        self.keep(examples, generator)
        if len(self.kept.clip) >= FIRST:
            for _ in range(READS * len(examples.clips) // CROPS):
                self.read(generator)

    @torch.no_grad()
    def keep(self, examples: Examples, generator: torch.Generator) -> None:
        """What the transformer says of fresh clips, kept in the place of the oldest."""
        clips, tokens, emphasis, _ = examples
        config, shape = self.config, clips.shape[2:]
        levels = sample_levels(len(clips), *shape, config.level_mean, config.level_spread, generator, config.mapped, config.late)
        x = mix(clips, torch.randn(clips.shape, generator=generator), levels)
        with torch.autocast("cpu", self.objective.dtype, enabled=self.objective.dtype is not None):
            text, caption = self.model.encode_text(tokens)
            drawn = self.model.draw(x, levels, text, caption)
        there = (emphasis > 1).amax((1, 2))  # (B, H, W)
        fresh = Kept(*(part.half() for part in (clips, x, levels, drawn, caption)), there)
        self.kept = fresh if self.kept is None else Kept(*(torch.cat(pair)[-KEPT:] for pair in zip(self.kept, fresh)))
        self.clips += len(clips)

    def read(self, generator: torch.Generator) -> None:
        """One step of the head, on crops of guesses that were kept."""
        clip, x, levels, drawn, caption, counts = self.crops(generator)
        with torch.autocast("cpu", self.objective.dtype, enabled=self.objective.dtype is not None):
            said = self.model.detail(drawn, x, levels, caption)
        guess = weigh(said[:, :3], variance_of(said[:, 3:]), x, levels)
        losses = flow_loss(guess, clip, levels, counts)  # (B,)
        self.descend(losses.mean())
        self.stepped(losses, levels)

    def crops(self, generator: torch.Generator) -> tuple[Tensor, ...]:
        """clip, x, levels, drawn (B, C, FRAMES, SIDE, SIDE) each, caption (B, D), and which pixels count (B, 1, 1, SIDE, SIDE)."""
        kept, parts, counts = self.kept, [], torch.zeros(CROPS, 1, 1, SIDE, SIDE)
        frames, height, width = kept.clip.shape[2:]

        def random(below: int) -> int:
            return int(torch.randint(below, (), generator=generator))

        chosen = torch.randint(len(kept.clip), (CROPS,), generator=generator)
        for count, k in zip(counts, chosen.tolist()):
            y, x = random(height), random(width)
            if torch.rand((), generator=generator) < AROUND and kept.there[k].any():
                places = kept.there[k].nonzero()
                y, x = places[random(len(places))].tolist()
            # Even places, as the head halves the clip; a crop at the clip's edge ends there, as the clip does.
            top, left = ((min(max(at - SIDE // 2, 0), size - SIDE) // 2 * 2) for at, size in ((y, height), (x, width)))
            first = random(frames - FRAMES + 1)
            box = (slice(None), slice(first, first + FRAMES), slice(top, top + SIDE), slice(left, left + SIDE))
            parts.append([part[k][box] for part in kept[:4]])
            rows, columns = (
                slice(EDGE * (at > 0), SIDE - EDGE * (at + SIDE < size)) for at, size in ((top, height), (left, width))
            )
            count[..., rows, columns] = 1
        clip, x, levels, drawn = (torch.stack(part).float() for part in zip(*parts))
        return clip, x, levels, drawn, kept.caption[chosen].float(), counts


if __name__ == "__main__":
    main(DetailTrainer, __doc__)
