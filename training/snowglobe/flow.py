"""Rectified flow with a noise level for every pixel: mixing, level maps, loss.

z_t = t x + (1 - t) noise, v = x - noise = (x - z_t) / (1 - t) (Liu et al. 2022). The model predicts x, the loss is
taken in velocity (JiT, Li & He 2025, their best of nine combinations).
What it is not: it knows neither optimiser nor sampler.
"""

from __future__ import annotations

import torch
from torch import Tensor

MIN_REMAINING = 0.05  # floor of 1 - t in the loss only; sampling never clamps


def mix(clip: Tensor, noise: Tensor, levels: Tensor) -> Tensor:
    """(B, 3, F, H, W) x 2, (B, 1, F, H, W) -> the noisy clip."""
    return levels * clip + (1 - levels) * noise


def sample_level(shape: tuple, mean: float, spread: float, generator: torch.Generator) -> Tensor:
    """Logit-normal noise levels (SD3, Esser et al. 2024); a negative mean is more noise. A tenth of them lies between
    0 and 0.1 instead: there the setting is decided, by thousands of pixels at once, and logit-normal hardly looks."""
    levels = torch.sigmoid(mean + spread * torch.randn(shape, generator=generator))
    early = torch.rand(shape, generator=generator) < 0.1
    return torch.where(early, 0.1 * torch.rand(shape, generator=generator), levels)


def clean_frames(frames: int, generator: torch.Generator) -> Tensor:
    """Which frames are given clean: first, last, both ends, the first k, the last k, or a random choice. (F,) bool"""

    def pick(low: int, high: int) -> int:
        return int(torch.randint(low, high, (), generator=generator))

    clean = torch.zeros(frames, dtype=torch.bool)
    match pick(0, 6):
        case 0:
            clean[0] = True
        case 1:
            clean[-1] = True
        case 2:
            clean[0] = clean[-1] = True
        case 3:
            clean[: pick(2, frames * 3 // 4)] = True
        case 4:
            clean[-pick(2, frames * 3 // 4) :] = True
        case 5:
            clean = torch.rand(frames, generator=generator) < torch.rand((), generator=generator) * 0.8
            clean[pick(0, frames)] = False  # a clip without noise would teach nothing
    return clean


def clean_region(height: int, width: int, generator: torch.Generator) -> Tensor:
    """A rectangle that is clean, or that alone is noisy, in every frame. (H, W) bool"""

    def span(size: int) -> slice:
        length = int(torch.randint(size // 4, size * 3 // 4 + 1, (), generator=generator))
        start = int(torch.randint(0, size - length + 1, (), generator=generator))
        return slice(start, start + length)

    clean = torch.zeros(height, width, dtype=torch.bool)
    clean[span(height), span(width)] = True
    return clean if torch.rand((), generator=generator) < 0.5 else ~clean


def sample_levels(
    batch: int,
    frames: int,
    height: int,
    width: int,
    mean: float,
    spread: float,
    generator: torch.Generator,
    mapped: float = 0.5,
) -> Tensor:
    """Noise-level maps (B, 1, F, H, W). A share of `mapped` has more than one level: of every ten of those, five are
    given clean frames, two a clean region, three a level for each frame (diffusion forcing, Chen et al. 2024)."""
    levels = sample_level((batch, 1, 1, 1, 1), mean, spread, generator).expand(batch, 1, frames, height, width).clone()
    for b, kind in enumerate(torch.rand(batch, generator=generator).tolist()):
        if kind < 0.5 * mapped:
            levels[b, 0, clean_frames(frames, generator)] = 1
        elif kind < 0.7 * mapped:
            levels[b, 0, :, clean_region(height, width, generator)] = 1
        elif kind < mapped:
            levels[b, 0] = sample_level((frames, 1, 1), mean, spread, generator)
    return levels


def flow_loss(guess: Tensor, clip: Tensor, levels: Tensor) -> Tensor:
    """Squared velocity error of each clip, over its noisy pixels: (B,)."""
    weight = torch.where(levels < 1, (1 - levels).clamp(min=MIN_REMAINING) ** -2, 0)  # (B, 1, F, H, W)
    noisy = (levels < 1).float().sum((1, 2, 3, 4)).clamp(min=1)  # (B,)
    return (weight * (guess - clip) ** 2).mean(1).sum((1, 2, 3)) / noisy
