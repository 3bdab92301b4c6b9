"""Sampling: the twin of `src/sampling`, batched. Same noise, same grid, same guidance, same names; four of its solvers,
three of its rules of guidance.

What it is: what golden runs and the clips that are judged come from.
What it is not: it trains nothing, and is no laboratory: the other solvers, schedules and rules are the browser's. They are
compared with papers.py instead.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Callable, NamedTuple

import numpy as np
import torch
from torch import Tensor

from .noise import CLIP_STREAM, RESTART_STREAM, STIR_STREAM, normals

Ask = Callable[[Tensor, float], Tensor]  # (x, t) -> guess


class Guidance(NamedTuple):
    """Guidance, only where start <= t <= end (`from` and `to` in TypeScript). RULES has the rules."""

    scale: float = 1.0
    start: float = 0.0
    end: float = 1.0
    rule: str = "cfg"
    parallel: float = 0.0  # apg only, as the two below
    bound: float = 0.0
    momentum: float = 0.0

    @classmethod
    def of(cls, settings: dict) -> Guidance:
        """From the names that links, recordings and clips.json have."""
        return cls(**{{"from": "start", "to": "end"}.get(name, name): value for name, value in settings.items()})


RULES = ("cfg", "apg", "auto")


class Begin(NamedTuple):
    """A clip that the run begins in: at noise level t, with each clip's own noise over it (SDEdit; Meng et al. 2022)."""

    clip: Tensor  # (B, 3, F, H, W)
    t: float


class Known(NamedTuple):
    """Pixels that are clean from the start: a clip to extend, a still to animate."""

    clip: Tensor  # (B, 3, F, H, W), read only where known
    mask: Tensor  # (B, 1, F, H, W) bool


SAME_AS = 0.12  # of black to white
RESTART_LEVEL = 0.65  # t to which noise is put over the finished clip again


def harmonised(clip: Tensor, known: Known) -> Tensor:
    """`harmonised` of src/sampling/harmonise.ts: a pixel that was made up and differs by less than SAME_AS from the same pixel of the
    nearest given frame before or behind it takes that value. (B, 3, F, H, W), known pixels put back -> the same."""
    result, furthest = clip.clone(), torch.full_like(clip[:, :1], SAME_AS)
    frames = range(clip.shape[2])
    for order in (frames, reversed(frames)):
        value, there = torch.zeros_like(clip[:, :, 0]), torch.zeros_like(known.mask[:, :, 0])  # the last given one on the way
        for frame in order:
            given = known.mask[:, :, frame]  # (B, 1, H, W)
            far = (clip[:, :, frame] - value).abs().amax(1, keepdim=True) / 2
            near = there & ~given & (far < furthest[:, :, frame])
            result[:, :, frame] = torch.where(near, value, result[:, :, frame])
            furthest[:, :, frame] = torch.where(near, far, furthest[:, :, frame])
            value = torch.where(given, known.clip[:, :, frame], value)
            there = there | given
    return result


@dataclass(frozen=True)
class Step:
    """What `Step` in types.ts holds, for a whole batch."""

    t: float
    x: Tensor  # (B, 3, F, H, W) what the model was given
    guess: Tensor  # (B, 3, F, H, W) what it believes, guided


def times(steps: int, shift: float = 1.0) -> list[float]:
    """t_0 = 0 .. t_steps = 1; with noise level s = 1 - t, s becomes shift s / (1 + (shift - 1) s) (Esser et al. 2024)."""
    return [(i / steps) / (i / steps + shift * (1 - i / steps)) for i in range(steps + 1)]


def squeezed(grid: list[float], t: float) -> list[float]:
    """The same grid from t to 1, for a run that begins at t: `squeezed` in schedule.ts."""
    return [1.0 if time == 1 else t + (1 - t) * time for time in grid]


def euler(x: Tensor, t: float, t_next: float, guess: Tensor, ask: Ask, before: tuple | None) -> Tensor:
    """Euler, which is DDIM here (Song et al. 2021). Order 1."""
    return x + (t_next - t) * (guess - x) / (1 - t)


def heun(x: Tensor, t: float, t_next: float, guess: Tensor, ask: Ask, before: tuple | None) -> Tensor:
    """Heun (Karras et al. 2022, algorithm 1). Order 2, two calls."""
    h = t_next - t
    v = (guess - x) / (1 - t)
    y = x + h * v
    return x + h / 2 * (v + (ask(y, t_next) - y) / (1 - t_next))


def multistep(x: Tensor, t: float, t_next: float, guess: Tensor, ask: Ask, before: tuple | None) -> Tensor:
    """DEIS with time polynomials of degree 1 (Zhang & Chen 2023). Order 2, one call."""
    u, u_next = 1 - t, 1 - t_next
    x_next = x + (1 - u_next / u) * (guess - x)
    if before is None:
        return x_next
    guess_before, t_before = before
    return x_next + (u - u_next - u_next * math.log(u / u_next)) / (t - t_before) * (guess - guess_before)


SOLVERS = {"euler": euler, "heun": heun, "multistep": multistep}  # without fresh noise
SAMPLERS = [*SOLVERS, "ddim"]


def ddim(x: Tensor, t: float, t_next: float, guess: Tensor, eta: float, noise: Tensor) -> Tensor:
    """DDIM (Song et al. 2021, eq. 12): part of the noise that the guess sees in x is exchanged for fresh noise. Order 1."""
    u, u_next = 1 - t, 1 - t_next
    s = eta * u_next * math.sqrt(1 - (t * u_next / (t_next * u)) ** 2)
    return t_next * guess + math.sqrt(max(0.0, u_next**2 - s**2)) / u * (x - t * guess) + s * noise


def apg(prompt: Tensor, push: Tensor, guidance: Guidance) -> Tensor:
    """Adaptive projected guidance (Sadat et al. 2024): `push`, cut to `bound`, loses most of its part along the guess."""
    over = tuple(range(1, prompt.dim()))
    if guidance.bound > 0:
        rms = push.square().mean(over, keepdim=True).sqrt()
        push = push * (guidance.bound / rms).clamp(max=1)
    along = (push * prompt).sum(over, keepdim=True) / prompt.square().sum(over, keepdim=True) * prompt
    return prompt + (guidance.scale - 1) * (push - (1 - guidance.parallel) * along)


def starting_noise(seeds: list[int], shape: tuple[int, ...], stream: int = CLIP_STREAM) -> Tensor:
    """(B, *shape): each clip's noise from its own seed, whatever else is in the batch."""
    return torch.from_numpy(np.stack([normals(seed, stream, math.prod(shape)).reshape(shape) for seed in seeds]))


def integrate(
    x: Tensor,
    ask: Ask,
    steps: int,
    sampler: str,
    shift: float = 1.0,
    eta: float = 1.0,
    noise: Callable[[int], Tensor] | None = None,
    keep: Callable[[Tensor], Tensor] = lambda x: x,
    begin: Callable[[], None] = lambda: None,
    start: float = 0.0,
    restarts: Callable[[Tensor], Tensor] = lambda guess: guess,
) -> tuple[Tensor, list[Step]]:
    """From noise x at t = 0 (or x at t = `start`) to the clip at t = 1, which is the last guess itself. `noise`, the fresh noise of each step,
    and `eta`, how much of it, are read by the sampler ddim alone; `keep` puts known pixels back that it has stirred. `begin` hears of every
    step before its first call. `restarts` makes the clip of the last guess."""
    grid = squeezed(times(steps, shift), start)
    trajectory, before = [], None
    for index, (t, t_next) in enumerate(zip(grid, grid[1:])):
        begin()
        guess = ask(x, t)
        if t_next == 1:
            guess = restarts(guess)
        trajectory.append(Step(t, x, guess))
        if t_next < 1 and sampler == "ddim":
            x = keep(ddim(x, t, t_next, guess, eta, noise(index)))
        elif t_next < 1:
            x = SOLVERS[sampler](x, t, t_next, guess, ask, before)
        before = (guess, t)
    return guess, trajectory


@torch.no_grad()
def sample(
    model,
    tokens: Tensor,
    seeds: list[int],
    steps: int = 24,
    sampler: str = "heun",
    guidance: Guidance = Guidance(),
    shift: float = 1.0,
    known: Known | None = None,
    eta: float = 1.0,
    shape: tuple[int, int, int] | None = None,
    weak=None,
    begin: Begin | None = None,
    own: bool = False,
    restarts: int = 0,
) -> tuple[Tensor, list[Step]]:
    """tokens (B, L) and B seeds -> the clips (B, 3, F, H, W) and every step on the way. shape: frames, height and width
    of the clips, where they are not the model's own. weak: the earlier checkpoint that rule auto compares with. own: the clips are
    the last guesses as the model made them, the known pixels not put back, and nothing harmonised with them.

    Known pixels have noise level 1 from the first step to the last, and x and guess agree there: their velocity is 0.
    """
    config, batch = model.config, len(seeds)
    device = next(model.parameters()).device
    tokens = tokens.to(device)
    empty = torch.zeros_like(tokens)
    empty[:, 0] = 1  # <start>, then padding
    text, caption = model.encode_text(torch.cat([tokens, empty]))  # prompts first, then no words
    scale, start, end = guidance[:3]
    weak_text, weak_caption = weak.encode_text(tokens) if guidance.rule == "auto" else (None, None)
    average, before, first = None, None, False  # apg's running average of the pushes, with this step's and without
    if known is not None:
        known = Known(known.clip.to(device), known.mask.to(device))

    def keep(x: Tensor) -> Tensor:
        return x if known is None else torch.where(known.mask, known.clip, x)

    last: Tensor | None = None  # the newest guess, before `keep`

    def given_back(guess: Tensor) -> Tensor:
        nonlocal last
        last = guess
        return keep(guess)

    def levels_at(x: Tensor, t: float) -> Tensor:
        levels = torch.full_like(x[:, :1], t)  # (B, 1, F, H, W)
        return levels if known is None else levels.masked_fill(known.mask, 1)

    def rows(x: Tensor, t: float, chosen: slice) -> Tensor:
        levels = levels_at(x, t)
        if chosen == slice(None):
            x, levels = torch.cat([x, x]), torch.cat([levels, levels])
        return model.denoise(x, levels, [(k[chosen], v[chosen]) for k, v in text], caption[chosen])

    def begins() -> None:
        nonlocal before, first
        before, first = average, True

    def ask(x: Tensor, t: float) -> Tensor:
        nonlocal average, first
        opens, first = first, False
        if scale == 1 or t < start or t > end:
            return given_back(rows(x, t, slice(0, batch)))
        if guidance.rule == "auto":
            worse = weak.denoise(x, levels_at(x, t), weak_text, weak_caption)
            return given_back(worse + scale * (rows(x, t, slice(0, batch)) - worse))
        if scale == 0 and guidance.rule == "cfg":
            return given_back(rows(x, t, slice(batch, None)))
        prompt, none = rows(x, t, slice(None)).chunk(2)
        if guidance.rule == "cfg":
            return given_back(none + scale * (prompt - none))
        # All calls of a step remember the steps before it; what the step leaves behind is its first call's.
        push = prompt - none if before is None else prompt - none + guidance.momentum * before
        average = push if opens else average
        return given_back(apg(prompt, push, guidance))

    def restarted(clip: Tensor) -> Tensor:
        """Restart sampling (Xu et al. 2023), all of one finished clip: `restarted` of src/sampling/run.ts."""
        none = scale == 0 and guidance.rule == "cfg"
        chosen, t, guesses = slice(batch, None) if none else slice(0, batch), RESTART_LEVEL, []
        for k in range(restarts):
            guesses.append(rows(t * clip + (1 - t) * noise(RESTART_STREAM + k), t, chosen))
        return given_back(torch.stack(guesses).mean(0))

    def noise(stream: int) -> Tensor:
        return starting_noise(seeds, (3, *(shape or (config.frames, config.height, config.width))), stream).to(device)

    more = {"restarts": restarted} if restarts and (known is None or not known.mask.any()) else {}  # beside known pixels they would make a seam
    x = noise(CLIP_STREAM)
    if begin is not None:
        x = begin.t * begin.clip.to(device) + (1 - begin.t) * x
    from_t = 0.0 if begin is None else begin.t
    clips, trajectory = integrate(
        keep(x), ask, steps, sampler, shift, eta, lambda index: noise(STIR_STREAM + index), keep, begins, from_t, **more
    )
    if known is not None and not own:
        clips = harmonised(clips, known)
    return (last if own else clips), trajectory
