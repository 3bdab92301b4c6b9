"""Train a model on the little world, drawn as it goes.

    python -m snowglobe.train configs/nano.toml --minutes 110 --out ../runs/nano
    torchrun --nproc-per-node 4 -m snowglobe.train configs/small.toml --minutes 25 --out ../runs/small

`--minutes` is the training time of the whole run. Warm-up, decay and the saved copies follow the share of it that is
spent; a run that was stopped (at any step) goes on from its last checkpoint when the same command is given again.
The same script runs on a CPU, on one GPU or, through torchrun, on several (DDP).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
import tomllib
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

import torch
import torch.distributed as dist
from torch import Tensor
from torch.nn.parallel import DistributedDataParallel

from . import world
from .export import load_exported
from .flow import flow_loss, mix, sample_levels
from .model import ModelConfig, Transformer
from .optim import make_optimizers

EMA_SHARES = {"1-32": 1 / 32, "1-8": 1 / 8, "1-2": 1 / 2, "1-1": 1.0}
EVAL_LEVELS = (0.1, 0.3, 0.5, 0.7, 0.9)


@dataclass(frozen=True)
class TrainConfig:
    batch: int = 64  # clips a step, over all devices
    muon_lr: float = 0.02
    adam_lr: float = 2e-3
    warmup: float = 0.01  # share of the run
    decay: float = 0.4  # share of the run, at its end, over which the learning rates fall to zero
    clip_norm: float = 1.0
    ema: float = 0.999
    level_mean: float = -0.6  # of the logit-normal noise levels
    level_spread: float = 0.9
    text_drop: float = 0.1
    mapped: float = 0.5  # share of the clips with more than one noise level: clean frames, regions, a level a frame
    odds: dict[str, float] = field(default_factory=dict)  # what differs from the odds in world.json
    seed: int = 1

    @classmethod
    def from_dict(cls, values: dict) -> TrainConfig:
        known = {field.name for field in fields(cls)}
        if unknown := sorted(set(values) - known):
            raise ValueError(f"unknown training settings {unknown}; known ones are {sorted(known)}")
        if unknown := sorted(set(values.get("odds", {})) - set(world.WORLD["odds"])):
            raise ValueError(f"unknown odds {unknown}; known ones are {sorted(world.WORLD['odds'])}")
        return cls(**values)


def load_config(path: Path) -> tuple[str, ModelConfig, TrainConfig]:
    values = tomllib.loads(path.read_text())
    if unknown := sorted(set(values) - {"name", "model", "train"}):
        raise ValueError(f"{path}: unknown sections {unknown}; known ones are name, [model] and [train]")
    model = ModelConfig.from_dict({**values.get("model", {}), "vocabulary": len(world.VOCABULARY)})
    return values["name"], model, TrainConfig.from_dict(values.get("train", {}))


def make_batch(
    rng: random.Random, size: int, config: ModelConfig, text_drop: float, device, odds: dict[str, float] | None = None
) -> tuple[Tensor, Tensor]:
    """Fresh scenes, drawn: clips (B, 3, F, H, W) in [-1, 1] and word tokens (B, L)."""
    odds = world.WORLD["odds"] | (odds or {})
    scenes = [world.sample_scene(rng.random, odds=odds) for _ in range(size)]
    captions = ["" if rng.random() < text_drop else world.caption(scene, rng.random, odds) for scene in scenes]
    clips = world.render(scenes, config.frames, config.height, config.width, device) * 2 - 1
    tokens = torch.tensor([world.tokenize(text, config.text_length) for text in captions])
    return clips, tokens.to(device)


def learning_rate_at(progress: float, config: TrainConfig) -> float:
    """Factor on the learning rates: linear warm-up, constant, linear decay to zero."""
    return min(1.0, progress / config.warmup, max(0.0, (1 - progress) / config.decay))


@torch.no_grad()
def evaluate(model: Transformer, config: ModelConfig, device, autocast) -> list[float]:
    """Mean squared error of the guess on 64 fixed clips at each of EVAL_LEVELS."""
    clips, tokens = make_batch(random.Random(0), 64, config, 0.0, device)
    noise = torch.randn(clips.shape, generator=torch.Generator().manual_seed(0)).to(device)
    errors = []
    for t in EVAL_LEVELS:
        levels = torch.full_like(clips[:, :1], t)
        with autocast():
            guess = model(mix(clips, noise, levels), levels, tokens)
        errors.append(float(((guess.float() - clips) ** 2).mean()))
    return errors


def check_same_weights(model: Transformer) -> None:
    """Raises where processes that trained one model together ended with different ones."""
    sums = torch.stack([p.detach().double().sum() for p in model.parameters()])
    low, high = sums.clone(), sums.clone()
    dist.all_reduce(low, dist.ReduceOp.MIN)
    dist.all_reduce(high, dist.ReduceOp.MAX)
    if not torch.equal(low, high):
        raise RuntimeError("the processes ended with different weights: their clocks or gradients have drifted apart")


def save(path: Path, state: dict) -> None:
    """Write beside, then rename: a run that is killed while saving keeps its last checkpoint."""
    torch.save(state, path.with_suffix(".tmp"))
    os.replace(path.with_suffix(".tmp"), path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("config", type=Path)
    parser.add_argument("--minutes", type=float, required=True, help="training time of the whole run")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints and the log")
    parser.add_argument("--start", type=Path, help="exported model (models/nano) whose weights a new run begins with")
    parser.add_argument("--threads", type=int, default=0, help="CPU threads (default: all)")
    parser.add_argument("--compile", action="store_true", help="torch.compile: a minute of waiting, then faster steps")
    parser.add_argument("--save-every", type=float, default=120, help="seconds between checkpoints")
    args = parser.parse_args()
    name, model_config, config = load_config(args.config)

    world_size, rank = int(os.environ.get("WORLD_SIZE", 1)), int(os.environ.get("RANK", 0))
    cuda = torch.cuda.is_available()
    device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", 0))) if cuda else torch.device("cpu")
    if world_size > 1:
        dist.init_process_group("nccl" if cuda else "gloo")
    if args.threads:
        torch.set_num_threads(args.threads)
    has_bf16 = torch.cuda.is_bf16_supported() if cuda else torch.cpu._is_avx512_bf16_supported()

    def autocast():
        return torch.autocast(device.type, torch.bfloat16, enabled=has_bf16)

    torch.manual_seed(config.seed)
    model = Transformer(model_config).to(device)
    average = Transformer(model_config).to(device).requires_grad_(False)  # EMA of the weights
    average.load_state_dict(model.state_dict())
    optimizers = make_optimizers(model, config.muon_lr, config.adam_lr)
    base_rates = [[group["lr"] for group in optimizer.param_groups] for optimizer in optimizers]
    step, clips_seen, seconds, saved_shares = 0, 0, 0.0, []

    args.out.mkdir(parents=True, exist_ok=True)
    checkpoint = args.out / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, map_location=device, weights_only=True)
        if state["model_config"] != model_config.to_dict():
            raise SystemExit(f"{checkpoint} holds another model than {args.config}; choose another --out")
        model.load_state_dict(state["model"])
        average.load_state_dict(state["average"])
        for optimizer, saved in zip(optimizers, state["optimizers"]):
            optimizer.load_state_dict(saved)
        step, clips_seen = state["step"], state["clips"]
        seconds, saved_shares = state["seconds"], state["saved_shares"]

    elif args.start:
        exported, settings = load_exported(args.start)
        if settings["model"] != model_config.to_dict():
            raise SystemExit(f"{args.start} holds another model than {args.config}; choose another --start")
        model.load_state_dict(exported.state_dict())
        average.load_state_dict(exported.state_dict())

    network = torch.compile(model) if args.compile else model
    if world_size > 1:
        network = DistributedDataParallel(network, device_ids=[device.index] if cuda else None)
    # A fresh stream of scenes and noise for every stretch and every device: no clip is seen twice.
    stream = (config.seed * 1_000_003 + clips_seen) * 64 + rank
    rng, generator = random.Random(stream), torch.Generator().manual_seed(stream)
    local_batch = config.batch // world_size
    budget = args.minutes * 60
    binned = [[0.0, 0] for _ in range(5)]
    started = last_save = last_log = last_eval = time.monotonic()
    first_step, skip_time = step, args.compile
    seconds_before = seconds

    def log(record: dict) -> None:
        if rank == 0:
            with (args.out / "log.jsonl").open("a") as file:
                file.write(json.dumps(record) + "\n")

    def say(text: str) -> None:
        if rank == 0:
            print(text, flush=True)

    def checkpoint_now() -> None:
        if rank == 0:
            save(
                checkpoint,
                {
                    "name": name,
                    "model_config": model_config.to_dict(),
                    "train_config": asdict(config),
                    "model": model.state_dict(),
                    "average": average.state_dict(),
                    "optimizers": [optimizer.state_dict() for optimizer in optimizers],
                    "step": step,
                    "seconds": seconds,
                    "clips": clips_seen,
                    "saved_shares": saved_shares,
                },
            )

    while seconds < budget:
        progress = seconds / budget
        for optimizer, rates in zip(optimizers, base_rates):
            for group, rate in zip(optimizer.param_groups, rates):
                group["lr"] = rate * learning_rate_at(max(progress, 1e-4), config)
        clips, tokens = make_batch(rng, local_batch, model_config, config.text_drop, device, config.odds)
        shape = (local_batch, model_config.frames, model_config.height, model_config.width)
        levels = sample_levels(*shape, config.level_mean, config.level_spread, generator, config.mapped).to(device)
        noise = torch.randn(clips.shape, generator=generator).to(device)
        with autocast():
            guess = network(mix(clips, noise, levels), levels, tokens)
        losses = flow_loss(guess.float(), clips, levels)
        losses.mean().backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), config.clip_norm)
        for optimizer in optimizers:
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        step += 1
        clips_seen += config.batch
        with torch.no_grad():
            keep = min(config.ema, step / (step + 10))
            for slow, fast in zip(average.parameters(), model.parameters()):
                slow.lerp_(fast, 1 - keep)
        for loss, t in zip(losses.detach().tolist(), levels[:, 0, 0, 0, 0].tolist()):
            bin_ = binned[min(4, int(t * 5))]
            bin_[0] += loss
            bin_[1] += 1
        now = time.monotonic()
        if skip_time:  # the first step of a compiled run is compilation: it is waiting, not training
            started, skip_time = now, False
        seconds = seconds_before + now - started
        if world_size > 1:  # one clock for all: learning rates and the end must come at the same step everywhere
            clock = torch.tensor([seconds], dtype=torch.float64, device=device)
            dist.broadcast(clock, src=0)
            seconds = clock.item()
        for label, share in EMA_SHARES.items():
            if label not in saved_shares and seconds >= share * budget:
                saved_shares.append(label)
                if rank == 0:
                    meta = {"model_config": model_config.to_dict(), "step": step, "clips": clips_seen, "seconds": seconds}
                    save(args.out / f"ema-{label}.pt", {"average": average.state_dict(), **meta})
        if now - last_log > 20:
            rate = (step - first_step) * config.batch / max(1e-9, seconds - seconds_before)
            shown = " ".join(f"{total / max(1, count):.3f}" for total, count in binned)
            left = (budget - seconds) / 60
            say(f"step {step}  clips {clips_seen:,}  {rate:.1f} clips/s  loss by t [{shown}]  {left:.1f} min left")
            log({"step": step, "seconds": seconds, "clips": clips_seen, "loss": [b[0] / max(1, b[1]) for b in binned]})
            binned, last_log = [[0.0, 0] for _ in range(5)], now
        if now - last_save > args.save_every:
            checkpoint_now()
            last_save = now
        if now - last_eval > 240:
            errors = evaluate(average, model_config, device, autocast)
            say("eval " + " ".join(f"{t}: {e:.4f}" for t, e in zip(EVAL_LEVELS, errors)))
            log({"step": step, "seconds": seconds, "clips": clips_seen, "eval": errors})
            last_eval = time.monotonic()
    checkpoint_now()
    errors = evaluate(average, model_config, device, autocast)
    say("final eval " + " ".join(f"{t}: {e:.4f}" for t, e in zip(EVAL_LEVELS, errors)))
    log({"step": step, "seconds": seconds, "clips": clips_seen, "eval": errors, "final": True})
    if world_size > 1:
        check_same_weights(model)
        dist.destroy_process_group()


if __name__ == "__main__":
    main()
