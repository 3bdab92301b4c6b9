"""Pairs for the decoder: what a transformer believes, and what the renderer draws.

What it is: a store of frames that is refilled as it is read. A clip of the world is drawn small and large; the
transformer makes the small one out of noise, in one step or by sampling the rest of the way; a few frames are kept, each
with its neighbours and with what the renderer draws for it. A sampled film has its things a little elsewhere than the true
clip: the renderer draws them where the film has them (`fitting.py`).
What it is not: it trains nothing.
"""

from __future__ import annotations

import random
from typing import NamedTuple

import torch
from torch import Tensor

from . import world
from .decoder import FACTOR, neighbours
from .fitting import fit
from .flow import mix
from .model import Transformer
from .sampling import RESTART_LEVEL, integrate

KINDS = {"true": 0.2, "guess": 0.3, "sampled": 0.5}  # shares
LEVELS = {"guess": (0.03, 1.0), "sampled": (0.15, 0.9)}  # noise levels t at which the transformer takes over
GUIDANCE = {"guess": (1, 1, 2, 3), "sampled": (1, 2, 3)}  # the early guesses of a run are guided, and overshoot
RESTARTS = (0, 2, 2, 4)  # of the sampled clips
CLIPS, PICKED = 16, 8  # clips of one kind that are made together, and frames kept of each
OTHER_PLOTS = 0.15  # share of the true clips that show what no model of one or two things draws
OTHER_WORDS = 0.15  # share of the true clips with the caption of another, so that it draws what it sees
UNEXPLAINED = 0.004  # mean squared error, pixel values 0 .. 1, from which on a film is not what its scene says: left out


class Pairs(NamedTuple):
    near: Tensor  # (N, 3 near, H, W) what the transformer believes, -1 .. 1
    tokens: Tensor  # (N, L) word tokens of the caption, of the whole world's words
    large: Tensor  # (N, 3, 4H, 4W) what the renderer draws, 0 .. 255


@torch.no_grad()
def believed(
    model: Transformer, clips: Tensor, tokens: Tensor, noise: Tensor, levels: Tensor, steps: int = 1, guidance: float = 1
) -> Tensor:
    """What the model makes of true clips (B, 3, F, H, W) that are noisy to the level t (B,): its guess or, in more steps,
    the end of a run that begins there."""
    empty = torch.zeros_like(tokens)
    empty[:, 0] = world.INDEX["<start>"]
    rows = 1 if guidance == 1 else 2
    text, caption = model.encode_text(torch.cat([tokens, empty][:rows]))
    begin = levels[:, None, None, None, None]

    def ask(x: Tensor, s: float) -> Tensor:
        t = (begin + (1 - begin) * s).expand(-1, -1, *x.shape[2:])  # (B, 1, F, H, W)
        guess = model.denoise(torch.cat([x] * rows), torch.cat([t] * rows), text, caption).float()
        return guess if rows == 1 else guess[len(x) :] + guidance * (guess[: len(x)] - guess[len(x) :])

    # From t to 1 is a run of its own from s = 0 to 1, along the same straight lines: t = begin + (1 - begin) s.
    x = mix(clips, noise, begin)
    return integrate(x, ask, steps, "multistep")[0] if steps > 1 else ask(x, 0.0)


def make_pairs(
    kind: str,
    model: Transformer,
    rng: random.Random,
    near: int,
    count: int = CLIPS,
    picked: int = PICKED,
    level: float | None = None,
    guidance: float = 1,
) -> Pairs:
    """Fresh pairs of one kind (KINDS), `picked` frames of each of `count` clips, of sampled ones at most. level: t of all, instead
    of chance, and then their guidance."""
    config = model.config
    shape, picked = (config.frames, config.height, config.width), min(picked, config.frames)
    others = [plot for plot in world.PLOTS if plot not in ("one", "two", "pan")]
    plots = [rng.choice(others) if kind == "true" and rng.random() < OTHER_PLOTS else None for _ in range(count)]
    scenes = [world.sample_scene(rng.random, plot=plot) for plot in plots]
    captions = [world.caption(scene, rng.random) if rng.random() < 0.9 else "" for scene in scenes]
    if kind == "true":
        captions = [captions[i - 1] if rng.random() < OTHER_WORDS else captions[i] for i in range(count)]
    generator = torch.Generator().manual_seed(rng.getrandbits(48))
    clips = world.render(scenes, *shape) * 2 - 1  # (B, 3, F, H, W)
    if kind != "true":
        tokens = torch.tensor([world.tokenize(text, config.text_length, config.vocabulary) for text in captions])
        noise = torch.randn(clips.shape, generator=generator)
        low, high = LEVELS[kind] if level is None else (level, level)
        levels = low + (high - low) * torch.rand(count, generator=generator)
        more = {"steps": rng.randint(4, 12)} if kind == "sampled" else {}
        more["guidance"] = rng.choice(GUIDANCE[kind]) if level is None else guidance
        with torch.autocast("cpu", torch.bfloat16, enabled=torch.cpu._is_avx512_bf16_supported()):
            clips = believed(model, clips, tokens, noise, levels, **more)
            restarts = rng.choice(RESTARTS) if kind == "sampled" else 0
            again = [torch.randn(clips.shape, generator=generator) for _ in range(restarts)]
            level = torch.full((count,), RESTART_LEVEL)
            if again:
                clips = torch.stack([believed(model, clips, tokens, noise, level) for noise in again]).mean(0)  # under the prompt alone
    n = torch.stack([torch.randperm(config.frames, generator=generator)[:picked] for _ in scenes])  # (B, K)
    small = neighbours(clips, near)[torch.arange(count)[:, None], n]  # (B, K, 3 near, H, W)
    height, width = FACTOR * config.height, FACTOR * config.width
    kept = torch.arange(count * picked)
    if kind == "sampled":
        found = fit(scenes, clips, n)
        kept = (found.error < UNEXPLAINED).nonzero()[:, 0]
        large = found.draw(config.frames, height, width)  # (B K, 3, 4H, 4W)
    else:
        look = world.looks(torch.device("cpu"), torch.float32)
        large = world.draw_scenes(world.pack(scenes), look, config.frames, height, width, n.float())  # (B, 3, K, 4H, 4W)
        large = large.transpose(1, 2).flatten(0, 1)
    large = (large * 255).round().to(torch.uint8)
    words = torch.tensor([world.tokenize(text, config.text_length) for text in captions])
    return Pairs(small.flatten(0, 1)[kept], words.repeat_interleave(picked, 0)[kept], large[kept])


class Store:
    """Pairs by the thousand: read at random, refilled in turn."""

    def __init__(self, model: Transformer, near: int, size: int, seed: int):
        self.model, self.near, self.rng = model, near, random.Random(seed)
        first = self.fresh()
        self.pairs = Pairs(*(torch.empty(size, *part.shape[1:], dtype=part.dtype) for part in first))
        self.size, self.filled, self.place = size, 0, 0
        self.add(first)
        self.generator = torch.Generator().manual_seed(seed)

    def fresh(self) -> Pairs:
        kind = self.rng.choices(list(KINDS), list(KINDS.values()))[0]
        return make_pairs(kind, self.model, self.rng, self.near)

    def add(self, pairs: Pairs) -> None:
        """Puts pairs in the place of the oldest."""
        at = (self.place + torch.arange(len(pairs.near))) % self.size
        for kept, part in zip(self.pairs, pairs):
            kept[at] = part
        self.place = (self.place + len(at)) % self.size
        self.filled = min(self.size, self.filled + len(at))

    def read(self, count: int) -> Pairs:
        at = torch.randint(self.filled, (count,), generator=self.generator)
        return Pairs(*(part[at] for part in self.pairs))
