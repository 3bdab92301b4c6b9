"""What a network does without, as text, and what it comes to in a forward pass: the twin of src/sampling/ablation.ts and
src/model/ablation.ts.

    time_head.3.2_key.red.200    no attention across time; head 2 of block 3 silent; the keys of "red" doubled
    vector.red.red.blue.50      the vector of "red" half way to that of "blue"

What it is not: part of training. A model is trained whole.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from . import world
from .noise import uniforms

FIELDS = {"time": 0, "space": 0, "words": 1, "block": 1, "head": 2, "shuffle": 1, "key": 2, "vector": 4}
SHUFFLE_STREAM = 0x73687566  # of noise.py; other users take other streams

Ablation = list[tuple]  # ("head", 3, 2), ("key", "red", 200)


class Cut(NamedTuple):
    """What one block does without."""

    skipped: bool
    mask: Tensor | None  # (N, L + N), added to the scores: -inf where a patch does not read a key
    loudness: Tensor  # (h, 1, 1): 1, and 0 for a silent head


def read(text: str) -> Ablation:
    parts = []
    for part in text.split("_") if text else []:
        kind, *values = part.split(".")
        if FIELDS.get(kind) != len(values):
            raise ValueError(f"{part} is no ablation: take parts such as time, words.4, head.3.2, shuffle.1, key.red.200, vector.red.red.blue.50")
        parts.append((kind, *(value if value.isalpha() else int(value) for value in values)))
    return parts


def cut_of(
    ablation: Ablation, block: int, heads: int, places: int, grid: tuple[int, int, int], device: torch.device
) -> Cut:
    """`places` of the prompt stand in front of the patches of `grid` among the keys."""
    kinds = {kind for kind, *_ in ablation}
    loudness = torch.ones(heads, 1, 1)
    loudness[[values[1] for kind, *values in ablation if kind == "head" and values[0] == block]] = 0
    times = torch.arange(grid[0]).repeat_interleave(grid[1] * grid[2])  # (N,)
    squares = torch.arange(grid[1] * grid[2]).repeat(grid[0])  # (N,)
    hidden = torch.zeros(len(times), places + len(times), dtype=torch.bool)
    if any(kind == "words" and values[0] <= block for kind, *values in ablation):
        hidden[:, :places] = True
    for kind, own in (("time", times), ("space", squares)):
        if kind in kinds:
            hidden[:, places:] |= own[:, None] != own
    mask = torch.zeros(hidden.shape).masked_fill(hidden, -torch.inf) if hidden.any() else None
    return Cut(("block", block) in ablation, None if mask is None else mask.to(device), loudness.to(device))


def order_of(ablation: Ablation, patches: int) -> Tensor:
    """The patch whose place each one is told: (N,)."""
    order = np.arange(patches)
    for kind, *values in ablation:
        if kind == "shuffle":
            order = np.argsort(uniforms(values[0], SHUFFLE_STREAM, patches), kind="stable")
    return torch.from_numpy(order)


def key_scales(ablation: Ablation, tokens: Tensor) -> Tensor:
    """What the keys of the prompt are multiplied by: (B, L) -> (B, 1, L, 1)."""
    scales = torch.ones(tokens.shape, device=tokens.device)
    for kind, *values in ablation:
        if kind == "key":
            scales[tokens == world.VOCABULARY.index(values[0])] *= values[1] / 100
    return scales[:, None, :, None]


def turned(ablation: Ablation, tokens: Tensor, vectors: Tensor, x: Tensor) -> Tensor:
    """Vectors of words (B, L, D) as an ablation turns them. tokens: (B, L), vectors: (vocabulary, D)"""
    for kind, *values in ablation:
        if kind == "vector":
            word, minus, plus = (world.VOCABULARY.index(each) for each in values[:3])
            x = x + (tokens == word)[..., None] * (vectors[plus] - vectors[minus]) * values[3] / 100
    return x
