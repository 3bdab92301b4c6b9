"""The few-step student: a copy of the model that walks in 4 steps where its teacher needs many, guidance baked in.

Progressive distillation (Salimans & Ho 2022) straight onto a fixed grid: from a noisy clip at one of the grid's times the
teacher walks to the next time in SUBSTEPS guided steps, and the student learns the guess with which one Euler step ends
in the same place. Same network, same files, same `euler` sampler: only the weights differ, and guidance stays at 1.

What it is not: it changes no architecture, and it does not say whether the student is good enough to ship.
"""

from __future__ import annotations

import copy
import json
import math
import random
import time
from pathlib import Path
from typing import Callable

import torch
from torch import Tensor

from .flow import clean_frames, mix
from .model import Transformer, forward_flops
from .train import Source, TrainConfig, halved, save

STEPS, SUBSTEPS = 4, 3
GUIDANCE = 2.0
RATE, DECAY, KEEP = 3e-4, 0.5, 0.999
GIVEN = 0.3  # share of the clips with clean frames among the noisy ones


def euler(x: Tensor, t: float, t_next: float, guess: Tensor) -> Tensor:
    return x + (t_next - t) * (guess - x) / (1 - t)


def target_of(teacher: Callable[[Tensor, float], Tensor], x: Tensor, t: float, t_next: float, substeps: int = SUBSTEPS) -> Tensor:
    """The guess at (x, t) with which one Euler step to t_next lands where the teacher's `substeps` steps do.
    teacher(x, t) is its (guided) guess."""
    end = x
    for i in range(substeps):
        a, b = (t + (t_next - t) * j / substeps for j in (i, i + 1))
        guess = teacher(end, a)
        end = guess if b >= 1 else euler(end, a, b, guess)
    return x + (end - x) * (1 - t) / (t_next - t)


def train(
    teacher: Transformer,
    config: TrainConfig,
    folder: Path,
    budget: float,
    piece: float = math.inf,
    say: Callable[[str], None] = print,
) -> bool:
    """Train for `budget` seconds in all, `piece` seconds at most in this call; true if it is finished. Goes on from
    folder/checkpoint.pt; leaves folder/student.pt (the averaged weights, in half precision)."""
    device = next(teacher.parameters()).device
    cuda = device.type == "cuda"
    folder.mkdir(parents=True, exist_ok=True)
    model, average = copy.deepcopy(teacher).train(), copy.deepcopy(teacher).requires_grad_(False)
    teacher = copy.deepcopy(teacher).requires_grad_(False)  # what is compiled here stays here
    if cuda:
        for block in (*model.blocks, *teacher.blocks):
            block.compile()
    optimizer = torch.optim.AdamW(model.parameters(), RATE, betas=(0.9, 0.95), weight_decay=0.0, fused=cuda)
    step, clips_seen, seconds = 0, 0, 0.0
    if (folder / "checkpoint.pt").exists():
        state = torch.load(folder / "checkpoint.pt", map_location=device, weights_only=True)
        for part, name in ((model, "model"), (average, "average"), (optimizer, "optimizer")):
            part.load_state_dict(state[name])
        step, clips_seen, seconds = state["step"], state["clips"], state["seconds"]

    shape = (model.config.frames, model.config.height, model.config.width)
    size = config.batch
    source = Source(config, model.config, device, config.seed * 7_919 + clips_seen)
    chooser = random.Random(clips_seen)
    empty = torch.zeros(size, model.config.text_length, dtype=torch.long, device=device)
    empty[:, 0] = 1  # <start>, then padding
    started = last_log = last_save = time.monotonic()
    before, total, count, waiting = seconds, torch.zeros((), device=device), 0, cuda

    def keep() -> None:
        about = {"name": "student", "model_config": model.config.to_dict(), "step": step, "clips": clips_seen, "seconds": seconds}
        weights = {"model": model.state_dict(), "average": average.state_dict(), "optimizer": optimizer.state_dict()}
        save(folder / "checkpoint.pt", about | weights)
        save(folder / "student.pt", about | {"average": halved(average.state_dict())})

    while seconds < budget and time.monotonic() - started < piece:
        for clips, tokens, *_ in source.batches(list(config.ladder), shape, size, config.stretch):
            t = chooser.randrange(STEPS) / STEPS
            given = clean_frames(size, shape[0], source.generator)[:, None, :, None, None]
            given = given & (torch.rand(size, 1, 1, 1, 1, device=device, generator=source.generator) < GIVEN)
            noise = torch.randn(clips.shape, device=device, generator=source.generator)
            levels = torch.where(given, 1.0, t).expand(-1, -1, *shape)
            x = mix(clips, noise, levels)

            def guided(z: Tensor, at: float) -> Tensor:
                now = torch.where(given, 1.0, at).expand(-1, -1, *shape)
                prompt, none = teacher(torch.cat([z, z]), torch.cat([now, now]), both).float().chunk(2)
                return torch.where(given, clips, none + GUIDANCE * (prompt - none))

            both = torch.cat([tokens, empty])
            with torch.autocast(device.type, torch.bfloat16, enabled=cuda):
                with torch.no_grad():
                    target = target_of(guided, x, t, t + 1 / STEPS)
                guess = model(x, levels, tokens)
            noisy = (~given).expand_as(levels).float()
            loss = (noisy * (guess.float() - target) ** 2).mean(1).sum() / noisy.sum() / (1 - t) ** 2  # of the velocity
            loss.backward()
            progress = seconds / budget
            for group in optimizer.param_groups:
                group["lr"] = RATE * min(1.0, (step + 1) / 50, max(0.0, (1 - progress) / DECAY))
            torch.nn.utils.clip_grad_norm_(model.parameters(), config.clip_norm)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            step, clips_seen = step + 1, clips_seen + size
            with torch.no_grad():
                torch._foreach_lerp_(list(average.parameters()), list(model.parameters()), 1 - min(KEEP, step / (step + 10)))
                total, count = total + loss.detach(), count + 1
            now = time.monotonic()
            if waiting:  # the first step is compilation
                torch.cuda.synchronize()
                started, waiting = time.monotonic(), False
                now = started
            seconds = before + now - started
            if now - last_log > min(20, budget / 5):
                loss_now, work = float(total) / count, (3 + 2 * SUBSTEPS) * forward_flops(model.config) * size
                say(f"student: step {step}  clips {clips_seen:,}  loss {loss_now:.4f}  {work * count / (now - last_log) / 1e12:.3g} TFLOP/s")
                with (folder / "log.jsonl").open("a") as file:
                    file.write(json.dumps({"step": step, "seconds": seconds, "clips": clips_seen, "loss": loss_now}) + "\n")
                last_log, total, count = now, torch.zeros((), device=device), 0
            if now - last_save > 60:
                keep()
                last_save = now
            if seconds >= budget:
                break
    keep()
    return seconds >= budget
