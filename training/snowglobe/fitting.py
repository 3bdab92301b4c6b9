"""Where a film that a transformer made has its things: poses fitted through the renderer.

What it is: analysis by synthesis. A run that begins at a noisy true clip ends near that clip, but not on it: things lie a pixel
or two elsewhere, and their outlines are frayed. The renderer is differentiable, so gradient descent finds the poses with which
it draws the same frame, and then draws it as large and as clean as is wanted.
What it is not: no reader. It must be told what is to be seen, and roughly where.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from . import world
from .world import ALL_MOTIONS, MAX_OBJECTS, NEVER, Batch, Scene, Window

STEPS = 20  # of Adam (Kingma & Ba 2015); twelve leave 3 % more error, thirty take away 1 %
RATES = (0.012, 0.012, 0.03, 0.06)  # of the first: across, down (frame heights), logarithm of the radius, angle (radians)
TURNS = (0.0, 0.8, -0.8)  # radians from where the scene has it at which a thing that spins is tried


class Fit(NamedTuple):
    batch: Batch  # N moments of scenes: what `world.draw_scenes` draws for frames `n`
    n: Tensor  # (N, 1) the frame of each
    error: Tensor  # (N,) mean squared error of each against the film, pixel values 0 .. 1

    def draw(self, frames: int, height: int, width: int) -> Tensor:
        """(N, 3, H, W) in [0, 1]."""
        look = world.looks(self.n.device, self.n.dtype)
        return world.draw_scenes(self.batch, look, frames, height, width, self.n)[:, :, 0]


def moments(scenes: list[Scene], n: Tensor, frames: int) -> tuple[Batch, Tensor]:
    """Frames n (B, K) of B scenes as B K scenes whose things stand in their poses, which come as (B K, objects, 4): x, y,
    logarithm of the radius, angle."""
    poses = np.zeros((len(scenes), MAX_OBJECTS, frames, 4))
    poses[..., 2] = 1
    for i, scene in enumerate(scenes):
        for k, o in enumerate(scene.objects):
            poses[i, k] = world.poses(o, frames)
    at = n[:, None, :, None].expand(-1, MAX_OBJECTS, -1, 4)
    pose = torch.from_numpy(poses).float().gather(2, at).transpose(1, 2).flatten(0, 1)  # (N, objects, 4)
    pose[..., 2] = pose[..., 2].log()
    batch = {name: values.repeat_interleave(n.shape[1], 0) for name, values in world.pack(scenes).items()}
    for name in ("vx", "vy", "ux", "uy", "omega", "reach"):
        batch[name] = torch.zeros_like(batch[name])
    batch["hit"] = torch.full_like(batch["hit"], NEVER)
    batch["motion"] = torch.full_like(batch["motion"], ALL_MOTIONS.index("spinning"))  # the law that has an angle
    return batch, pose


def posed(batch: Batch, pose: Tensor) -> Batch:
    x, y, size, angle = pose.unbind(-1)  # (N, objects) each
    return batch | {"x": x, "y": y, "radius": size.exp(), "phase": angle}


def fit(scenes: list[Scene], clips: Tensor, n: Tensor) -> Fit:
    """Poses of the things of B scenes in the frames n (B, K) of clips (B, 3, F, H, W) in [-1, 1]; N = B K, in order."""
    frames, height, width = clips.shape[2:]
    look = world.looks(n.device, torch.float32)
    film = clips.transpose(1, 2)[torch.arange(len(n))[:, None], n].flatten(0, 1).float() / 2 + 0.5  # (N, 3, H, W)
    batch, start = moments(scenes, n, frames)
    n = n.flatten()[:, None].float()  # (N, 1)
    with torch.no_grad():
        backdrop = world.draw_backdrop(batch, Window(batch["camera"], n, frames, height, width, look), world.changed(n, frames), look)

    def descend(rows: Tensor, turn: float) -> tuple[Tensor, Tensor]:
        """The poses of some moments, and the error of each; begun `turn` radians from where the scene has them."""
        part, when = {name: values[rows] for name, values in batch.items()}, n[rows]
        pose = start[rows].clone()
        pose[..., 3] += turn
        rates, mean, square = torch.tensor(RATES), torch.zeros_like(pose), torch.zeros_like(pose)

        def errors(pose: Tensor) -> Tensor:
            image, now = backdrop[rows], posed(part, pose)
            for k in range(MAX_OBJECTS):
                here = part["here"][:, k].nonzero()[:, 0]
                if len(here):
                    some = {name: values[here] for name, values in now.items()}
                    window = Window(some["camera"], when[here], frames, height, width, look)
                    image = image.index_put((here,), world.draw_object(image[here], some, k, window, when[here], frames, look))
            return (image[:, 0] - film[rows]).square().mean((1, 2, 3))  # (rows,)

        for step in range(STEPS):
            pose.requires_grad_()
            (gradient,) = torch.autograd.grad(errors(pose).sum(), pose)
            mean, square = torch.lerp(mean, gradient, 0.2), torch.lerp(square, gradient.square(), 0.05)
            unbiased = mean / (1 - 0.8 ** (step + 1)), square / (1 - 0.95 ** (step + 1))
            move = rates * (1 - step / STEPS) ** 0.7 * unbiased[0] / (unbiased[1].sqrt() + 1e-9)
            pose = pose.detach() - move
        with torch.no_grad():
            return pose, errors(pose)

    pose, error = descend(torch.arange(len(n)), 0)
    spins = torch.tensor([any(o.motion == "spinning" for o in scene.objects) for scene in scenes])
    rows = spins.repeat_interleave(len(n) // len(scenes)).nonzero()[:, 0]
    for turn in TURNS[1:] if len(rows) else ():
        other, remaining = descend(rows, turn)
        better = rows[remaining < error[rows]]
        pose[better], error[better] = other[remaining < error[rows]], remaining[remaining < error[rows]]
    return Fit(posed(batch, pose), n, error)
