"""Growing: a larger model that begins by computing what a smaller one computes, so that no clip was seen in vain.

What it is: weights of one configuration from those of another. Further blocks come last and begin as the identity (their
two output matrices are zero); a skip begins with one variance everywhere, a detail head with no correction; a patch may be halved in time (progressive growing).
What it is not: training; optimisers start afresh.
"""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import Tensor

from .model import ModelConfig, Transformer


def grown(weights: dict[str, Tensor], old: ModelConfig, new: ModelConfig) -> dict[str, Tensor]:
    """The weights of a model `new`, from those of a model `old`. Raises ValueError where the one is no growth of the other."""
    if new.patch_frames != old.patch_frames:
        halved = replace(old, patch_frames=new.patch_frames, bottleneck=new.bottleneck)
        weights, old = halve_patches(weights, old, halved), halved
    if replace(old, depth=new.depth, skip=new.skip, detail=new.detail) != new:
        raise ValueError("a grown model differs in depth, skip, detail, or patches of half as many frames, and in nothing else")
    if new.depth < old.depth or new.skip < old.skip or old.detail not in (0, new.detail):
        raise ValueError("a grown model has no fewer blocks, and the skip and the detail head that there were")
    result = Transformer(new).state_dict()
    for name, value in result.items():
        if name in weights:
            result[name] = weights[name]
            if value.shape != weights[name].shape:  # the head's further rows, which say the variance
                result[name] = torch.cat([weights[name], value.new_zeros(len(value) - len(weights[name]), value.shape[1])])
        elif name.endswith((".out.weight", ".mlp.outer.weight")):
            result[name] = torch.zeros_like(value)
    return result


def halve_patches(weights: dict[str, Tensor], old: ModelConfig, new: ModelConfig) -> dict[str, Tensor]:
    """From patches of so many frames to patches of half as many: coarse tokens have learned what is where at twice the clips
    a second, finer ones learn how it moves and where its edges are. A finer patch reads with the sum, and draws with the mean,
    of what the coarse patch had for its two halves; further rows of the bottleneck start at zero effect."""
    if new.patch_frames * 2 != old.patch_frames or new.bottleneck < old.bottleneck:
        raise ValueError("a grown model has patches of half as many frames, and no narrower a bottleneck")
    pixels, result = old.patch_size**2, dict(weights)
    down = Transformer(new).state_dict()["embed_down.weight"]
    halves = weights["embed_down.weight"].reshape(old.bottleneck, 4, 2, new.patch_frames, pixels)
    down[: old.bottleneck] = halves.sum(2).reshape(old.bottleneck, -1)
    up = weights["embed_up.weight"]  # (dim, bottleneck)
    halves = weights["head.outer.weight"].reshape(3, 2, new.patch_frames, pixels, old.mlp_dim)
    result["embed_down.weight"] = down
    result["embed_up.weight"] = torch.cat([up, up.new_zeros(new.dim, new.bottleneck - old.bottleneck)], dim=1)
    result["head.outer.weight"] = halves.mean(1).reshape(-1, old.mlp_dim)
    return result
