"""Train the decoder on what a transformer believes.

    python -m snowglobe.train_decoder configs/decoder.toml --transformer ../models/nano --minutes 40 --out ../runs/decoder

`--minutes` is the training time of the whole run, the making of pairs included; the learning rate follows the share of it
that is spent. A run that was stopped goes on from its last checkpoint when the same command is given again.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import time
import tomllib
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from .decoder import FACTOR, Decoder, DecoderConfig, bag_of, decoder_flops
from .export import load_decoder, load_exported
from .memory import keep_memory
from .model import Transformer
from .optim import make_decoder_optimizers
from .pairs import Pairs, Store, make_pairs
from .train import learning_rate_at, save

EVAL_LEVELS = (0.45, 0.55, 0.65, 0.75, 0.85, 0.95)
EARLY_LEVELS = (0.05, 0.1, 0.15, 0.2)  # where the guesses of a run, guided, are least like a film
JUDGED = 384  # frames of each kind


@dataclass(frozen=True)
class DecoderTraining:
    batch: int = 48  # frames a step
    muon_lr: float = 0.02  # of the convolutions between hidden channels
    adam_lr: float = 2e-3  # of the rest
    warmup: float = 0.01  # share of the run
    decay: float = 0.6  # share of the run, at its end, over which the rate falls to zero
    ema: float = 0.999
    edges: float = 1.0  # weight of the error of differences between neighbouring pixels
    small: float = 0.05  # below this an error counts by its square (Huber 1964): of what nobody sees, little
    noise: float = 0.03  # added to what it is given, up to this much
    store: int = 12288  # pairs kept
    reads: float = 8  # how often a pair is read, on average
    seed: int = 1


def loss_of(drawn: Tensor, large: Tensor, edges: float, small: float) -> Tensor:
    """Mean Huber error, and `edges` times that of the differences between neighbours. (B, 3, H, W) each, -1 .. 1"""
    error = drawn - large

    def huber(error: Tensor) -> Tensor:
        return F.smooth_l1_loss(error, torch.zeros_like(error), beta=small)

    return huber(error) + edges * (huber(error.diff(dim=2)) + huber(error.diff(dim=3)))


def psnr(a: Tensor, b: Tensor) -> float:
    """Peak signal-to-noise ratio in dB of pictures -1 .. 1, from their mean squared error."""
    return float(-10 * torch.log10(((a.clamp(-1, 1) - b) / 2).square().mean()))


def wide(pairs: Pairs) -> Tensor:
    return pairs.large.float() / 127.5 - 1


class Judge:
    """The same frames for every run: of true clips, of one-step guesses at EVAL_LEVELS, of sampled clips, and of one-step guesses
    with guidance 2 at EARLY_LEVELS."""

    def __init__(self, model: Transformer, near: int, clips: int = JUDGED // 4):
        self.sets = {kind: make_pairs(kind, model, random.Random(f"judge {kind}"), near, clips, 4) for kind in ("true", "sampled")}
        at_levels = [
            make_pairs("guess", model, random.Random(f"judge {level}"), near, clips // len(EVAL_LEVELS), 4, level)
            for level in EVAL_LEVELS
        ]
        self.sets["guess"] = Pairs(*map(torch.cat, zip(*at_levels)))
        early = [
            make_pairs("guess", model, random.Random(f"judge {level}"), near, clips // len(EARLY_LEVELS), 4, level, guidance=2)
            for level in EARLY_LEVELS
        ]
        self.sets["early"] = Pairs(*map(torch.cat, zip(*early)))

    @torch.no_grad()
    def __call__(self, decoder: Decoder) -> dict[str, list[float]]:
        """For each set, in dB: PSNR of what is drawn, and of the bilinear enlargement."""
        result, middle = {}, 3 * (decoder.config.near // 2)
        for kind, pairs in self.sets.items():
            words = bag_of(pairs.tokens, decoder.config.vocabulary)
            drawn = torch.cat([decoder(near, word) for near, word in zip(pairs.near.split(64), words.split(64))])
            enlarged = F.interpolate(pairs.near[:, middle : middle + 3], scale_factor=FACTOR, mode="bilinear")
            result[kind] = [round(psnr(picture, wide(pairs)), 3) for picture in (drawn, enlarged)]
        return result


def train(
    config: DecoderConfig,
    training: DecoderTraining,
    transformer: str,
    model: Transformer,
    budget: float,
    out: Path,
    start: Path | None = None,
) -> None:
    """Until `budget` seconds of training are spent; `out` gets checkpoint.pt and log.jsonl. `transformer`: the model's name."""
    torch.manual_seed(training.seed)
    decoder = Decoder(config).to(memory_format=torch.channels_last)
    if start:
        decoder.load_state_dict(load_decoder(start).state_dict())
    average = copy.deepcopy(decoder).requires_grad_(False)
    optimizers = make_decoder_optimizers(decoder, training.muon_lr, training.adam_lr)
    rates = [group["lr"] for optimizer in optimizers for group in optimizer.param_groups]
    step, seconds, frames = 0, 0.0, 0
    checkpoint = out / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        if state["config"] != config.to_dict():
            raise SystemExit(f"{checkpoint} holds another decoder than this configuration; choose another folder")
        decoder.load_state_dict(state["model"])
        average.load_state_dict(state["average"])
        for optimizer, saved in zip(optimizers, state["optimizers"]):
            optimizer.load_state_dict(saved)
        step, seconds, frames = state["step"], state["seconds"], state["frames"]
    store = Store(model, config.near, training.store, training.seed * 1_000_003 + step)
    judge = Judge(model, config.near)
    has_bf16 = torch.cpu._is_avx512_bf16_supported()
    generator = torch.Generator().manual_seed(training.seed * 1_000_003 + step)
    owed, total, counted = 0.0, 0.0, 0
    last = last_log = last_eval = time.monotonic()

    def keep() -> None:
        about = {"config": config.to_dict(), "training": asdict(training), "transformer": transformer}
        weights = {"model": decoder.state_dict(), "average": average.state_dict()}
        state = about | weights | {"optimizers": [optimizer.state_dict() for optimizer in optimizers]}
        save(checkpoint, state | {"step": step, "seconds": seconds, "frames": frames})

    def say(**record) -> None:
        line = {"step": step, "seconds": round(seconds, 1), "frames": frames} | record
        print(json.dumps(line), flush=True)
        with (out / "log.jsonl").open("a") as file:
            file.write(json.dumps(line) + "\n")

    while seconds < budget:
        rate = learning_rate_at(max(seconds / budget, 1e-4), training)
        for group, base in zip((group for optimizer in optimizers for group in optimizer.param_groups), rates):
            group["lr"] = base * rate
        owed += training.batch / training.reads
        while owed > 0 or store.filled < min(store.size, 16 * training.batch):
            pairs = store.fresh()
            store.add(pairs)
            owed -= len(pairs.near)
        pairs = store.read(training.batch)
        noise = training.noise * torch.rand(len(pairs.near), 1, 1, 1, generator=generator)
        near = pairs.near + noise * torch.randn(pairs.near.shape, generator=generator)
        with torch.autocast("cpu", torch.bfloat16, enabled=has_bf16):
            drawn = decoder(near.to(memory_format=torch.channels_last), bag_of(pairs.tokens, config.vocabulary))
        loss = loss_of(drawn.float(), wide(pairs), training.edges, training.small)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(decoder.parameters(), 1.0)
        for optimizer in optimizers:
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        step, frames = step + 1, frames + len(near)
        with torch.no_grad():
            share = 1 - min(training.ema, step / (step + 10))
            torch._foreach_lerp_(list(average.parameters()), list(decoder.parameters()), share)
        total, counted = total + loss.item(), counted + 1
        now = time.monotonic()
        seconds, last = seconds + now - last, now
        if now - last_log > 20:
            say(loss=round(total / counted, 5), minutes_left=round((budget - seconds) / 60, 1))
            total, counted, last_log = 0.0, 0, now
            keep()
        if now - last_eval > 120:
            say(psnr=judge(average))
            last = last_eval = time.monotonic()
    keep()
    say(psnr=judge(average))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("config", type=Path)
    parser.add_argument("--transformer", type=Path, required=True, help="exported model whose guesses it learns to draw")
    parser.add_argument("--minutes", type=float, required=True, help="training time of the whole run")
    parser.add_argument("--out", type=Path, required=True, help="folder for the checkpoint and the log")
    parser.add_argument("--start", type=Path, help="exported decoder whose weights a new run begins with")
    parser.add_argument("--threads", type=int, default=0, help="CPU threads (default: all)")
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE", help="settings in place of the file's")
    args = parser.parse_args()
    keep_memory()
    if args.threads:
        torch.set_num_threads(args.threads)
    values = tomllib.loads(args.config.read_text())
    for name, value in (setting.split("=") for setting in args.set):
        section = "model" if name in {field.name for field in fields(DecoderConfig)} else "train"
        values.setdefault(section, {})[name] = json.loads(value)
    args.out.mkdir(parents=True, exist_ok=True)
    config, training = DecoderConfig.from_dict(values.get("model", {})), DecoderTraining(**values.get("train", {}))
    print(f"{sum(p.numel() for p in Decoder(config).parameters()):,} parameters, {decoder_flops(config) / 1e6:.0f} MFLOP a frame")
    model, settings = load_exported(args.transformer)
    train(config, training, settings["name"], model, args.minutes * 60, args.out, args.start)


if __name__ == "__main__":
    main()
