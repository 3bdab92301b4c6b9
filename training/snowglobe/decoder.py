"""The decoder: the second network, which draws large what the transformer made small.

What it is: a convolutional network, `frames = decoder(near, words)`. A frame of the transformer's guess with the frames
before and after it goes in, that frame at four times its height and width comes out: a two-stage cascade (Ho et al.
2022) whose second stage leaves nothing to chance (sub-pixel convolution; Shi et al. 2016).
What it is not: no sampler, and no second opinion. It draws what the transformer believes; given a clean clip it returns
that clip, larger.

`src/model/decoder.ts` says the same in tfjs, name by name: read them side by side.

Letters in the shape comments: B frames, H height, W width, C channels.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields

import torch
import torch.nn.functional as F
from torch import Tensor, nn


FACTOR = 4  # how much larger it draws: twice by `detail_up`, twice by `fine_up`


@dataclass(frozen=True)
class DecoderConfig:
    """Everything that fixes the network's shape. Written to config.json beside the weights."""

    near: int = 3  # frames that it sees at once, the one to draw in the middle
    detail: int = 28  # channels at the clip's own height and width
    middle: int = 48  # at half of both
    context: int = 84  # at a quarter of both
    fine: int = 12  # at twice both
    full: int = 6  # at four times both
    detail_depth: int = 1  # blocks of each
    middle_depth: int = 1
    context_depth: int = 1
    vocabulary: int = 64  # of the world's words, the first so many are read; 0: none

    def to_dict(self) -> dict:
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict) -> DecoderConfig:
        known = {field.name for field in fields(cls)}
        if unknown := sorted(set(values) - known):
            raise ValueError(f"unknown decoder settings {unknown}; known ones are {sorted(known)}")
        return cls(**values)


def neighbours(clip: Tensor, near: int) -> Tensor:
    """(B, 3, F, H, W) -> (B, F, 3 near, H, W): each frame with those around it, in order; the ends are repeated,
    and what lies beyond -1 .. 1 is cut off: a guess may overshoot, a picture can not."""
    frames = clip.shape[2]
    place = torch.arange(frames)[:, None] + torch.arange(near) - near // 2  # (F, near)
    window = clip[:, :, place.clamp(0, frames - 1)].clamp(-1, 1)  # (B, 3, F, near, H, W)
    return window.permute(0, 2, 3, 1, 4, 5).flatten(2, 3)


def bag_of(tokens: Tensor, vocabulary: int) -> Tensor:
    """(B, L) word tokens -> (B, V): 1 for each word of the caption, whatever its place, and 0 for <pad>."""
    bag = torch.zeros(len(tokens), max(vocabulary, int(tokens.max()) + 1), device=tokens.device)
    bag.scatter_(1, tokens, 1.0)
    bag[:, 0] = 0  # <pad>
    return bag[:, :vocabulary]


class ResidualBlock(nn.Module):
    """x + outer(silu(inner(x))), both 3 x 3 (He et al. 2016)."""

    def __init__(self, channels: int):
        super().__init__()
        self.inner = nn.Conv2d(channels, channels, 3, padding=1)
        self.outer = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.outer(F.silu(self.inner(x)))  # (B, C, H, W)


class Decoder(nn.Module):
    """frames = decoder(near, words).

    near:    (B, 3 near, H, W) frames of a guess, see `neighbours`, clean values in [-1, 1]; H and W multiples of 4
    words:   (B, V) the caption, see `bag_of`
    returns  (B, 3, 4H, 4W) the middle frames, drawn large
    """

    def __init__(self, config: DecoderConfig):
        super().__init__()
        self.config = config
        detail, middle, context, fine = config.detail, config.middle, config.context, config.fine
        self.stem = nn.Conv2d(3 * config.near, detail, 3, padding=1)
        self.detail_down = nn.Conv2d(detail, middle, 2, stride=2)
        self.middle_down = nn.Conv2d(middle, context, 2, stride=2)
        self.word = nn.Linear(config.vocabulary, context, bias=False) if config.vocabulary else None
        self.context_blocks = nn.ModuleList(ResidualBlock(context) for _ in range(config.context_depth))
        self.context_up = nn.Conv2d(context, 4 * middle, 1)
        self.middle_blocks = nn.ModuleList(ResidualBlock(middle) for _ in range(config.middle_depth))
        self.middle_up = nn.Conv2d(middle, 4 * detail, 1)
        self.detail_blocks = nn.ModuleList(ResidualBlock(detail) for _ in range(config.detail_depth))
        self.detail_up = nn.Conv2d(detail, 4 * fine, 3, padding=1)
        self.fine_up = nn.Conv2d(fine, 4 * 2 * config.full, 3, padding=1)
        self.out = nn.Conv2d(config.full, 3, 1)
        self.initialise()

    def initialise(self) -> None:
        """Each block starts as the identity, and the whole as the bilinear enlargement."""
        for block in (*self.context_blocks, *self.middle_blocks, *self.detail_blocks):
            nn.init.zeros_(block.outer.weight)
            nn.init.zeros_(block.outer.bias)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def forward(self, near: Tensor, words: Tensor | None = None) -> Tensor:
        middle = 3 * (self.config.near // 2)
        frame = near[:, middle : middle + 3]  # (B, 3, H, W) the one to draw
        detail = F.silu(self.stem(near))  # (B, detail, H, W)
        half = F.silu(self.detail_down(detail))  # (B, middle, H/2, W/2)
        quarter = self.middle_down(half)  # (B, context, H/4, W/4)
        if self.word is not None:
            quarter = quarter + self.word(words)[:, :, None, None]  # (B, context, H/4, W/4)
        quarter = F.silu(quarter)  # (B, context, H/4, W/4)
        for block in self.context_blocks:
            quarter = block(quarter)  # (B, context, H/4, W/4)
        half = half + F.pixel_shuffle(self.context_up(quarter), 2)  # (B, middle, H/2, W/2)
        for block in self.middle_blocks:
            half = block(half)  # (B, middle, H/2, W/2)
        detail = detail + F.pixel_shuffle(self.middle_up(half), 2)  # (B, detail, H, W)
        for block in self.detail_blocks:
            detail = block(detail)  # (B, detail, H, W)
        double = F.silu(F.pixel_shuffle(self.detail_up(detail), 2))  # (B, fine, 2H, 2W)
        gate, value = F.pixel_shuffle(self.fine_up(double), 2).chunk(2, dim=1)  # (B, full, 4H, 4W) each
        # An edge is one colour times a mask, and another times the rest: products, at the size of the picture.
        drawn = self.out(F.silu(gate) * value)  # (B, 3, 4H, 4W)
        return drawn + F.interpolate(frame, scale_factor=FACTOR, mode="bilinear", align_corners=False)


def decoder_flops(config: DecoderConfig, height: int = 32, width: int = 32) -> float:
    """Floating-point operations for a frame: two for each multiplication of a convolution, and nothing else."""
    detail, middle, context, fine = config.detail, config.middle, config.context, config.fine
    pixel = 9 * 3 * config.near * detail + config.detail_depth * 18 * detail**2 + 9 * detail * 4 * fine
    half = 4 * detail * middle + config.middle_depth * 18 * middle**2 + middle * 4 * detail
    quarter = 4 * middle * context + config.context_depth * 18 * context**2 + context * 4 * middle
    double = 9 * fine * 4 * 2 * config.full
    return 2.0 * height * width * (pixel + half / 4 + quarter / 16 + 4 * double + 16 * 3 * config.full)
