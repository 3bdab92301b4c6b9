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


def sample_level(
    shape: tuple, mean: float, spread: float, generator: torch.Generator, late: float = 0.0, pure: float = 0.0
) -> Tensor:
    """Logit-normal noise levels (SD3, Esser et al. 2024); a negative mean is more noise. A tenth of them lies between
    0 and 0.1 instead: there the setting is decided, by thousands of pixels at once, and logit-normal hardly looks. A share of
    `late` lies between 0.8 and 1: there alone is learned how far a guess may lean on the noisy pixels (`weigh`). A share of
    `pure` is 0, the level of every run's first model call: there the setting is told by the words alone."""
    where = {"generator": generator, "device": generator.device}
    levels = torch.sigmoid(mean + spread * torch.randn(shape, **where))
    kind, place = torch.rand(2, *shape, **where)
    levels = torch.where(kind < 0.1, 0.1 * place, levels)
    levels = torch.where((kind >= 0.1) & (kind < 0.1 + pure), 0, levels)
    return torch.where(kind >= 1 - late, 1 - 0.2 * place, levels)


def clean_frames(batch: int, frames: int, generator: torch.Generator) -> Tensor:
    """Which frames are given clean: first, last, some at both ends, the first k, the last k, or a random choice. (B, F)
    bool. From these come a still set in motion, a clip extended either way, a gap filled and a loop closed."""

    def chance(*shape: int) -> Tensor:
        return torch.rand(batch, *shape, generator=generator, device=generator.device)

    n = torch.arange(frames, device=generator.device)
    kind = (6 * chance(1)).long()
    length = 2 + (chance(1) * (max(3, frames * 3 // 4) - 2)).long()
    ends = torch.where(chance(1) < 0.5, 1, 1 + (chance(2) * (frames // 3)).long())  # one frame each, or some
    choices = (
        (n == 0).expand(batch, -1),
        (n == frames - 1).expand(batch, -1),
        (n < ends[:, :1]) | (n >= frames - ends[:, 1:]),
        n < length,
        n >= frames - length,
        chance(frames) < 0.8 * chance(1),
    )
    clean = torch.stack(choices, 1).gather(1, kind[:, :, None].expand(-1, 1, frames))[:, 0]
    noisy = n == (chance(1) * frames).long()  # a clip without noise would teach nothing
    return clean & ~(noisy & ((kind == 5) | clean.all(1, keepdim=True)))


def clean_region(batch: int, height: int, width: int, generator: torch.Generator) -> Tensor:
    """A rectangle that is clean, or that alone is noisy, in every frame. (B, H, W) bool"""

    def span(size: int) -> Tensor:
        u, v = torch.rand(2, batch, 1, generator=generator, device=generator.device)
        length = size // 4 + (u * (size * 3 // 4 - size // 4 + 1)).long()
        start = (v * (size - length + 1)).long()
        place = torch.arange(size, device=generator.device)
        return (place >= start) & (place < start + length)  # (B, size)

    clean = span(height)[:, :, None] & span(width)[:, None]
    return clean ^ (torch.rand(batch, 1, 1, generator=generator, device=generator.device) < 0.5)


def sample_levels(
    batch: int,
    frames: int,
    height: int,
    width: int,
    mean: float,
    spread: float,
    generator: torch.Generator,
    mapped: float = 0.5,
    late: float = 0.0,
    pure: float = 0.0,
) -> Tensor:
    """Noise-level maps (B, 1, F, H, W), on the generator's device. A share of `mapped` has more than one level: of every
    ten of those, five are given clean frames, two a clean region, three a level for each frame (diffusion forcing, Chen
    et al. 2024)."""
    levels = sample_level((batch, 1, 1, 1, 1), mean, spread, generator, late, pure)
    kind = torch.rand(batch, 1, 1, 1, 1, generator=generator, device=generator.device)
    given = (kind < 0.5 * mapped) & clean_frames(batch, frames, generator)[:, None, :, None, None]
    region = (kind >= 0.5 * mapped) & (kind < 0.7 * mapped) & clean_region(batch, height, width, generator)[:, None, None]
    forced = (kind >= 0.7 * mapped) & (kind < mapped)
    levels = torch.where(forced, sample_level((batch, 1, frames, 1, 1), mean, spread, generator, late, pure), levels)
    return torch.where(given | region, 1, levels)


def flow_loss(guess: Tensor, clip: Tensor, levels: Tensor, emphasis: Tensor | float = 1.0) -> Tensor:
    """Squared velocity error of each clip, over its noisy pixels: (B,). emphasis: (B, 1, F, H, W), how much each counts."""
    weight = torch.where(levels < 1, (1 - levels).clamp(min=MIN_REMAINING) ** -2, 0) * emphasis  # (B, 1, F, H, W)
    noisy = (levels < 1).float().sum((1, 2, 3, 4)).clamp(min=1)  # (B,)
    return (weight * (guess - clip) ** 2).mean(1).sum((1, 2, 3)) / noisy
