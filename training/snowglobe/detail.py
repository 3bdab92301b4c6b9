"""The detail head: convolutions over the guess at full size, before it is weighed.

What it is: the last part of a model with `detail`. A token has `dim` numbers for a patch of more pixels than that, so outlines
fray where they cross it; a small U-Net (Ronneberger et al. 2015) sees every pixel of the guess beside what is left of the
noisy clip when the guess is taken away, and corrects both colour and variance. Its counterparts: the patch detailer of DiP
(Chen et al. 2025), the decoder of DDT (Wang et al. 2025).
What it is not: it decides nothing that needs the whole clip; it sees some pixels and a few frames around each.

`src/model/detail.ts` says the same in tfjs, name by name: read them side by side.

Letters in the shape comments: B clips, F frames, H height, W width, C channels at full size, D width of a token.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

DEPTH = 2  # blocks at half size
SEEN = 8  # channels that it sees: colour and variance of the guess, what is left of the noise, the noise level


def seen_of(drawn: Tensor, x: Tensor, levels: Tensor) -> Tensor:
    """What each pixel is judged by. drawn: (B, 4, F, H, W) guess and logit of its variance; x, levels: as the model's.
    Returns (B, 8, F, H, W): about -1 .. 1, but for the noise, which is of unit variance over 2 where the guess is right."""
    guess, logit = drawn[:, :3], drawn[:, 3:]
    left = (x - levels * guess) * (2.1 - 2 * levels).reciprocal()  # the noise, if the guess is right; a clean pixel has none
    return torch.cat([guess, logit / 5, left, 2 * levels - 1], dim=1)


def frames_around(x: Tensor, frames: int) -> Tensor:
    """(B F, C, H, W) -> (B F, 3C, H, W): the frame before, this one, the one after; the ends are repeated."""
    clip = x.permute(0, 2, 3, 1).unflatten(0, (-1, frames))  # (B, F, H, W, C), as it lies in memory
    before, after = torch.cat([clip[:, :1], clip[:, :-1]], 1), torch.cat([clip[:, 1:], clip[:, -1:]], 1)
    return torch.cat([before, clip, after], dim=-1).flatten(0, 1).permute(0, 3, 1, 2)


class DetailBlock(nn.Module):
    """x + outer(frames around silu(inner(x))): 3 x 3 in space, then 3 in time (Qiu et al. 2017)."""

    def __init__(self, channels: int):
        super().__init__()
        self.inner = nn.Conv2d(channels, channels, 3, padding=1)
        self.outer = nn.Conv2d(3 * channels, channels, 1)

    def forward(self, x: Tensor, frames: int) -> Tensor:
        return x + self.outer(frames_around(F.silu(self.inner(x)), frames))  # (B F, C, H, W)


class Detail(nn.Module):
    """drawn = detail(drawn, x, levels, caption).

    drawn:   (B, 4, F, H, W) the guess of the transformer, and the logit of its variance; H and W even
    x:       (B, 3, F, H, W) the noisy clip
    levels:  (B, 1, F, H, W) noise level t of each pixel
    caption: (B, D) the caption's own vector
    returns  (B, 4, F, H, W) both, corrected
    """

    def __init__(self, channels: int, dim: int):
        super().__init__()
        half = 2 * channels
        self.stem = nn.Conv2d(SEEN, channels, 3, padding=1)
        self.down = nn.Conv2d(channels, half, 2, stride=2)
        self.caption = nn.Linear(dim, half, bias=False)
        self.blocks = nn.ModuleList(DetailBlock(half) for _ in range(DEPTH))
        self.up = nn.Conv2d(half, 4 * channels, 1)
        self.inner = nn.Conv2d(channels, channels, 3, padding=1)
        self.outer = nn.Conv2d(channels, channels, 3, padding=1)
        self.out = nn.Conv2d(channels, 4, 3, padding=1)

    def initialise(self) -> None:
        """Each block starts as the identity, and the whole corrects nothing."""
        for layer in (*(block.outer for block in self.blocks), self.outer, self.out):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)
        nn.init.zeros_(self.caption.weight)

    def forward(self, drawn: Tensor, x: Tensor, levels: Tensor, caption: Tensor) -> Tensor:
        frames = x.shape[2]
        # Channels lie together in memory from here on: three times as fast on a CPU.
        seen = seen_of(drawn, x, levels).permute(0, 2, 3, 4, 1).flatten(0, 1).permute(0, 3, 1, 2)  # (B F, 8, H, W)
        full = F.silu(self.stem(seen))  # (B F, C, H, W)
        words = self.caption(caption).repeat_interleave(frames, 0)[:, :, None, None]  # (B F, 2C, 1, 1)
        half = F.silu(self.down(full) + words)  # (B F, 2C, H/2, W/2)
        for block in self.blocks:
            half = block(half, frames)  # (B F, 2C, H/2, W/2)
        full = full + F.pixel_shuffle(self.up(half), 2)  # (B F, C, H, W)
        full = full + self.outer(F.silu(self.inner(full)))  # (B F, C, H, W)
        change = self.out(F.silu(full))  # (B F, 4, H, W)
        return drawn + change.float().unflatten(0, (-1, frames)).transpose(1, 2)  # (B, 4, F, H, W)


def detail_flops(channels: int, pixels: int) -> float:
    """Floating-point operations over so many pixels of a clip: two for each multiplication of a convolution, and nothing else."""
    c, half = channels, 2 * channels
    full = 9 * SEEN * c + 18 * c**2 + 9 * c * 4
    return 2.0 * pixels * (full + (4 * c * half + DEPTH * 12 * half**2 + half * 4 * c) / 4)
