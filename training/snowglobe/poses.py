"""Poses: where each thing's middle is and how it is turned, asked of the tokens beside the film.

What it is: an auxiliary loss, the counterpart of `clauses.py` for the film. How a thing is turned shows in a few pixels of its
edge, so the error of the film hardly teaches it. So two layers are asked, of every token on a thing, for its pose in each frame
of the token's patch. They read the tokens after some of the blocks, so that the others can draw what was found (deep
supervision: Lee et al. 2015; for diffusion transformers REPA, Yu et al. 2024).
What it is not: part of the model. The layers are thrown away; the blocks that learned to answer stay, at the same size.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from . import world
from .model import ModelConfig, rms_norm
from .world import ALL_MOTIONS, THINGS, Batch, Window

ASKED_AFTER = 0.4  # of the blocks: the others draw what was found
HIDDEN = 256  # of the two layers that are asked
ORDER = {"box": 4, "star": 5}  # how often a thing looks the same in one turn, if not once
PLACE = 0.2  # how much the place counts beside the turn, which is far harder to tell
VALUES = 4  # of a pose: middle across and down, cosine and sine of the turn


def poses_of(batch: Batch, shape: tuple[int, int, int], config: ModelConfig) -> Tensor:
    """For each token, the pose of the nearest thing that touches its patch.

    batch: B scenes as `world.draw_scenes` draws them; shape: frames, height and width of the clips
    returns (B, N, frames of a patch, 6): its middle across and down, from the middle of the patch, in patches; cosine and sine
    of its turn, times its symmetry; 1 if a thing touches the patch, 1 if that thing spins
    """
    frames, height, width = shape
    like = batch["x"]
    look, n = world.looks(like.device, like.dtype), torch.arange(frames, device=like.device, dtype=like.dtype)
    x, y, radius, angle = torch.broadcast_tensors(*world.paths(batch, n, frames, look))  # (B, K, F) each
    window = Window(batch["camera"], n.expand(len(like), -1), frames, height, width, look)
    size = config.patch_size / window.unit  # of a patch, in frame heights
    scale = window.scale[:, None]  # (B, 1, F)
    x, y = (x - 0.5 - window.shift[:, None]) * scale, (y - 0.5) * scale  # from the middle of the frame

    def middles(count: int) -> Tensor:
        return (torch.arange(count, device=like.device) - (count - 1) / 2) * size

    (gt, gy, gx), pf = config.grid_of(shape), config.patch_frames
    across = ((x[..., None] - middles(gx)) / size)[..., None, :].expand(-1, -1, -1, gy, -1)  # (B, K, F, gy, gx)
    down = ((y[..., None] - middles(gy)) / size)[..., None].expand_as(across)
    reach = (0.5 + radius * scale / size)[..., None, None]
    touches = (torch.maximum(across.abs(), down.abs()) < reach) & batch["here"][:, :, None, None, None]
    nearest = torch.where(touches, torch.hypot(across, down), torch.inf).argmin(1, keepdim=True)  # (B, 1, F, gy, gx)
    order = torch.tensor([ORDER.get(name, 1) for name in THINGS], device=like.device)[batch["thing"]]  # (B, K)
    turn = (angle * order[..., None])[..., None, None].expand_as(across)
    spins = ((batch["motion"] == ALL_MOTIONS.index("spinning"))[..., None, None, None] & touches).to(like.dtype)
    values = torch.stack([across, down, turn.cos(), turn.sin(), touches.to(like.dtype), spins], dim=-1)  # (B, K, F, gy, gx, 6)
    values = values.gather(1, nearest[..., None].expand(-1, -1, -1, -1, -1, 6))[:, 0]  # (B, F, gy, gx, 6)
    values = values.unflatten(1, (gt, pf)).permute(0, 1, 3, 4, 2, 5)  # (B, gt, gy, gx, pf, 6)
    return values.flatten(1, 3)


class Poses(nn.Module):
    """loss = poses(h, answers, t).

    h:       (B, N, D) the tokens between two blocks
    answers: (B, N, pf, 6) from `poses_of`
    t:       (B, N) noise level of each patch: what noise hides is asked the less
    returns a number: the squared error of place and that of turn, a mean over tokens on things and on things that spin
    """

    def __init__(self, dim: int, patch_frames: int):
        super().__init__()
        self.inner = nn.Linear(dim, HIDDEN)
        self.outer = nn.Linear(HIDDEN, VALUES * patch_frames)
        self.initialise()

    def initialise(self) -> None:
        """The outer one at zero: the blocks are asked for nothing before the layers have begun to read them."""
        self.inner.reset_parameters()
        nn.init.zeros_(self.outer.weight)
        nn.init.zeros_(self.outer.bias)

    def forward(self, h: Tensor, answers: Tensor, t: Tensor) -> Tensor:
        said = self.outer(F.silu(self.inner(rms_norm(h.float())))).unflatten(-1, (-1, VALUES))  # (B, N, pf, 4)
        error = (said - answers[..., :VALUES]) ** 2
        there, spins = (answers[..., VALUES:] * t[..., None, None]).unbind(-1)  # (B, N, pf) each
        place, turn = error[..., :2].sum(-1), error[..., 2:].sum(-1)
        return PLACE * (place * there).sum() / there.sum().clamp(min=1) + (turn * spins).sum() / spins.sum().clamp(min=1)


def levels_of(levels: Tensor, config: ModelConfig) -> Tensor:
    """Mean noise level of each patch: (B, 1, F, H, W) -> (B, N)."""
    size = config.patch_size
    return F.avg_pool3d(levels, (config.patch_frames, size, size)).flatten(1)
