"""Train a model on the little world, drawn as it goes.

    python -m snowglobe.train configs/nano.toml --budget-minutes 110 --out ../runs/nano
    torchrun --nproc-per-node 4 -m snowglobe.train configs/small.toml --budget-minutes 25 --out ../runs/small

`--budget-minutes` is the training time of the whole run. Warm-up, ladder, decay and the saved copies follow the share of
it that is spent; a run that was stopped (at any step) goes on from its last checkpoint when the same command is given
again. The same script runs on a CPU, on one GPU or, through torchrun, on several (DDP).
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import time
import tomllib
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import NamedTuple

import torch
import torch.distributed as dist
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel

from . import stream, world
from .clauses import Clauses
from .export import load_exported
from .flow import flow_loss, mix, sample_levels
from .growing import grown
from .memory import keep_memory
from .model import ModelConfig, Transformer, forward_flops
from .optim import make_optimizers
from .poses import ASKED_AFTER, Poses, levels_of, poses_of

DRAWN = {"cuda": 2560, "cpu": 0}  # clips that are drawn at once: a GPU waits for Python a dozen times, however many they are
EMA_SHARES = {"1-32": 1 / 32, "1-8": 1 / 8, "1-2": 1 / 2, "1-1": 1.0}
EVAL_LEVELS = (0.1, 0.3, 0.5, 0.7, 0.9)
BINS = 5  # of noise levels, in the shown loss
Shape = tuple[int, int, int]  # frames, height, width


@dataclass(frozen=True)
class TrainConfig:
    batch: int = 64  # clips a step, over all devices; of another shape so many that the pixels are about as many
    muon_lr: float = 0.02  # 0: AdamW for all
    adam_lr: float = 2e-3
    warmup: float = 0.01  # share of the run
    decay: float = 0.4  # share of the run, at its end, over which the learning rates fall to zero
    clip_norm: float = 1.0
    ema: float = 0.999
    level_mean: float = -0.6  # of the logit-normal noise levels
    level_spread: float = 0.9
    late: float = 0.0  # share of the noise levels between 0.8 and 1, which logit-normal hardly reaches
    pure: float = 0.0  # share of the noise levels that are 0, as in every run's first model call
    text_drop: float = 0.1
    mapped: float = 0.5  # share of the clips with more than one noise level: clean frames, regions, a level a frame
    odds: dict[str, float] = field(default_factory=dict)  # what differs from the odds in world.json
    favour: dict[str, float] = field(default_factory=dict)  # motion or thing -> how many times as often its scenes are shown
    fragments: float = 0.0  # share of the captions of one thing that say a phrase or two: "something red", "at night"
    emphasis: float = 1.0  # how many times as much a pixel counts where a thing or its edge is
    clauses: float = 0.0  # weight of the question which words belong together, see snowglobe/clauses.py
    poses: float = 0.0  # weight of the question where things are and how they are turned, see snowglobe/poses.py
    # plot -> [share of the run at which it enters, weight]; empty: scenes of one or two things by the odds
    ladder: dict[str, list[float]] = field(default_factory=dict)
    standing: float = 1.15  # a rung enters only while no plot's error is more than this many times its least so far
    shapes: list[list[float]] = field(default_factory=list)  # [frames, height, width, weight]; empty: the model's own
    stretch: int = 25  # steps with clips of one shape
    eval_every: float = 240  # seconds
    eval_clips: int = 64  # in the fixed set, or in that of each plot
    seed: int = 1

    @classmethod
    def from_dict(cls, values: dict) -> TrainConfig:
        known = {field.name for field in fields(cls)}
        if unknown := sorted(set(values) - known):
            raise ValueError(f"unknown training settings {unknown}; known ones are {sorted(known)}")
        if unknown := sorted(set(values.get("odds", {})) - set(world.WORLD["odds"])):
            raise ValueError(f"unknown odds {unknown}; known ones are {sorted(world.WORLD['odds'])}")
        if unknown := sorted(set(values.get("favour", {})) - {*world.MOTIONS, *world.THINGS}):
            raise ValueError(f"unknown words {unknown} in favour; it knows {[*world.MOTIONS, *world.THINGS]}")
        ladder = values.get("ladder", {})
        if unknown := sorted(set(ladder) - set(world.PLOTS)):
            raise ValueError(f"unknown plots {unknown} in the ladder; known ones are {world.PLOTS}")
        if ladder and min(share for share, _ in ladder.values()) > 0:
            raise ValueError("the ladder has no plot at share 0: there would be nothing to begin with")
        return cls(**values)


def load_config(path: Path) -> tuple[str, ModelConfig, TrainConfig]:
    values = tomllib.loads(path.read_text())
    if unknown := sorted(set(values) - {"name", "model", "train"}):
        raise ValueError(f"{path}: unknown sections {unknown}; known ones are name, [model] and [train]")
    model = ModelConfig.from_dict({"vocabulary": len(world.VOCABULARY), **values.get("model", {})})
    return values["name"], model, TrainConfig.from_dict(values.get("train", {}))


class Examples(NamedTuple):
    clips: Tensor  # (B, 3, F, H, W) in [-1, 1]
    tokens: Tensor  # (B, L)
    emphasis: Tensor | float = 1.0  # (B, 1, F, H, W), how much each pixel counts
    poses: Tensor | None = None  # (B, N, pf, 6), where they are asked


def make_batch(
    rng: random.Random,
    size: int,
    config: ModelConfig,
    text_drop: float,
    device,
    odds: dict[str, float] | None = None,
    favour: dict[str, float] | None = None,
    fragments: float = 0.0,
    emphasis: float = 1.0,
    poses: bool = False,
) -> Examples:
    """Fresh scenes of one or two things, drawn."""
    odds = world.WORLD["odds"] | (odds or {})
    scenes = [favoured_scene(rng, odds, favour or {}) for _ in range(size)]
    captions = []
    for scene in scenes:
        if rng.random() < text_drop:
            captions.append("")
        elif len(scene.objects) == 1 and rng.random() < fragments:
            captions.append(world.fragment(scene, rng.random))
        else:
            captions.append(world.caption(scene, rng.random, odds))
    clips = world.render(scenes, config.frames, config.height, config.width, device) * 2 - 1
    tokens = torch.tensor([world.tokenize(text, config.text_length, config.vocabulary) for text in captions])
    asked = poses_of(world.pack(scenes, device), clips.shape[2:], config) if poses else None
    return Examples(clips, tokens.to(device), emphasis_of(scenes, clips, emphasis), asked)


def favoured_scene(rng: random.Random, odds: dict[str, float], favour: dict[str, float]) -> world.Scene:
    """A scene, the more often the more its most favoured thing or motion is: others are drawn again."""
    most = max(1.0, *favour.values()) if favour else 1.0
    while True:
        scene = world.sample_scene(rng.random, odds=odds)
        weight = max(favour.get(o.motion, 1.0) * favour.get(o.thing, 1.0) for o in scene.objects)
        if rng.random() * most < weight:
            return scene


def emphasis_of(scenes: list[world.Scene], clips: Tensor, emphasis: float) -> Tensor | float:
    """What `weight_of` says of scenes; 1 where every pixel counts alike. A clip's mean is 1, so that no clip counts more."""
    if emphasis == 1:
        return 1.0
    return weight_of(clips, world.render([replace(scene, objects=[]) for scene in scenes], *clips.shape[2:], clips.device) * 2 - 1, emphasis)


def weight_of(clips: Tensor, empty: Tensor, emphasis: float) -> Tensor:
    """(B, 1, F, H, W): `emphasis` where a clip differs from the same scene without things, and a pixel around, else 1; mean 1."""
    there = ((clips - empty).abs().amax(1, keepdim=True) > 0.02).float()  # (B, 1, F, H, W)
    weight = 1 + (emphasis - 1) * F.max_pool3d(there, (1, 3, 3), stride=1, padding=(0, 1, 1))
    return weight / weight.mean((1, 2, 3, 4), keepdim=True)


def learning_rate_at(progress: float, config: TrainConfig) -> float:
    """Factor on the learning rates: linear warm-up, constant, linear decay to zero."""
    return min(1.0, progress / config.warmup, max(0.0, (1 - progress) / config.decay))


class Objective(nn.Module):
    """From a clean clip and its noise to the loss: what is spread over devices."""

    def __init__(self, model: Transformer, dtype: torch.dtype | None, clauses: float = 0.0, poses: float = 0.0):
        super().__init__()
        self.model, self.dtype = model, dtype  # dtype: of the matrix products, None for the weights' own
        self.loss = flow_loss
        self.weights = {"clauses": clauses, "poses": poses}  # of the questions that are asked beside
        self.clauses = Clauses(model.config.dim, model.config.vocabulary) if clauses else None
        self.poses = Poses(model.config.dim, model.config.patch_frames) if poses else None
        self.hidden: Tensor | None = None
        if poses:
            model.blocks[max(1, round(ASKED_AFTER * model.config.depth)) - 1].register_forward_hook(self.keep)

    def keep(self, block: nn.Module, given: tuple, h: Tensor) -> None:
        self.hidden = h  # (B, N, D), what the poses are asked of

    def guess(self, clips: Tensor, noise: Tensor, levels: Tensor, tokens: Tensor) -> Tensor:
        with torch.autocast(clips.device.type, self.dtype, enabled=self.dtype is not None):
            return self.model(mix(clips, noise, levels), levels, tokens)

    def forward(
        self,
        clips: Tensor,
        noise: Tensor,
        levels: Tensor,
        tokens: Tensor,
        emphasis: Tensor | float = 1.0,
        poses: Tensor | None = None,
    ) -> tuple[Tensor, Tensor]:
        """The losses of the clips (B,), and what is added to their mean: those of the questions, as they are weighted."""
        losses = self.loss(self.guess(clips, noise, levels, tokens).float(), clips, levels, emphasis)  # (B,)
        asked = losses.new_zeros(())
        if self.clauses is not None:
            asked = asked + self.asked(tokens)
        if self.poses is not None:
            asked = asked + self.weights["poses"] * self.poses(self.hidden, poses, levels_of(levels, self.model.config))
        self.hidden = None  # with it goes the graph behind it, before the next one needs the room
        return losses, asked

    def asked(self, tokens: Tensor) -> Tensor:
        """The caption encoder runs a second time for this: a twentieth of a step, and the model's forward stays as it is."""
        with torch.autocast(tokens.device.type, self.dtype, enabled=self.dtype is not None):
            text = self.model.text(tokens)  # (B, L, D)
        return self.weights["clauses"] * self.clauses(text.float(), tokens)


class Source:
    """Clips with captions that nobody has seen: a stretch of scenes at a time, of one shape."""

    def __init__(self, config: TrainConfig, model: ModelConfig, device: torch.device, seed: int):
        self.config, self.model, self.device = config, model, device
        self.odds = world.WORLD["odds"] | config.odds
        self.rng = random.Random(seed)
        self.generator = torch.Generator(device).manual_seed(seed)

    def batches(self, plots: list[str], shape: Shape, size: int, count: int):
        """Yields `count` batches of `size` Examples."""
        config = self.config
        if not config.ladder:
            for _ in range(count):
                more = config.odds, config.favour, config.fragments, config.emphasis, config.poses > 0
                yield make_batch(self.rng, size, self.model, config.text_drop, self.device, *more)
            return
        weights = torch.tensor([float(self.config.ladder[plot][1]) for plot in plots], device=self.device)
        numbers = torch.tensor([world.PLOTS.index(plot) for plot in plots], device=self.device)
        tries = stream.TRIES if max(world.WORLD["plots"][plot]["objects"][-1] for plot in plots) > 2 else 12
        scenes = stream.favoured_scenes(numbers, weights, size * count, shape[0], self.generator, config.favour, tries)
        length, says = self.model.text_length, (config.text_drop, config.fragments)
        words = stream.caption_tokens(scenes, length, self.generator, self.odds, *says)
        look = world.looks(self.device, torch.float32)
        together = size * max(1, DRAWN[self.device.type] // size)
        for first in range(0, size * count, together):
            part = {name: values[first : first + together] for name, values in scenes.items()}
            clips = world.draw_scenes(part, look, *shape) * 2 - 1
            weight: Tensor | float = 1.0
            if config.emphasis != 1:
                empty = world.draw_scenes(part | {"here": torch.zeros_like(part["here"])}, look, *shape) * 2 - 1
                weight = weight_of(clips, empty, config.emphasis)
            asked = poses_of(part, shape, self.model) if config.poses else None
            drawn = Examples(clips, words[first : first + together], weight, asked)
            for i in range(0, len(clips), size):
                yield Examples(*(value[i : i + size] if isinstance(value, Tensor) else value for value in drawn))


def fixed_sets(config: TrainConfig, model: ModelConfig) -> dict[str, tuple[Tensor, Tensor]]:
    """The clips and captions that every run is measured on: of each plot of the ladder, or "all" where there is none."""
    if not config.ladder:
        return {"all": make_batch(random.Random(0), config.eval_clips, model, 0.0, "cpu")[:2]}
    sets = {}
    for plot in config.ladder:
        generator, numbers = torch.Generator().manual_seed(0), torch.full((config.eval_clips,), world.PLOTS.index(plot))
        scenes = stream.sample_scenes(numbers, model.frames, generator)
        look = world.looks(torch.device("cpu"), torch.float32)
        clips = world.draw_scenes(scenes, look, model.frames, model.height, model.width) * 2 - 1
        sets[plot] = clips, stream.caption_tokens(scenes, model.text_length, None, world.WORLD["odds"])
    return sets


def save(path: Path, state: dict) -> None:
    """Write beside, then rename: a run that is killed while saving keeps its last checkpoint."""
    torch.save(state, path.with_suffix(".tmp"))
    os.replace(path.with_suffix(".tmp"), path)


def halved(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """Weights in half precision, as they are shipped. (Buffers that follow from the configuration are not among them.)"""
    return {name: value.half() for name, value in weights.items()}


def check_same_weights(model: Transformer) -> None:
    """Raises where processes that trained one model together ended with different ones."""
    sums = torch.stack([p.detach().double().sum() for p in model.parameters()])
    low, high = sums.clone(), sums.clone()
    dist.all_reduce(low, dist.ReduceOp.MIN)
    dist.all_reduce(high, dist.ReduceOp.MAX)
    if not torch.equal(low, high):
        raise RuntimeError("the processes ended with different weights: their clocks or gradients have drifted apart")


class Trainer:
    """One run: a model, its average, its optimisers, and how far it has come."""

    def __init__(self, name: str, model_config: ModelConfig, config: TrainConfig, compiled: bool = False):
        self.name, self.model_config, self.config, self.compiled = name, model_config, config, compiled
        self.processes, self.rank = int(os.environ.get("WORLD_SIZE", 1)), int(os.environ.get("RANK", 0))
        cuda = torch.cuda.is_available()
        self.device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", 0))) if cuda else torch.device("cpu")
        has_bf16 = torch.cuda.is_bf16_supported() if cuda else torch.cpu._is_avx512_bf16_supported()
        torch.manual_seed(config.seed)
        self.model = Transformer(model_config).to(self.device)
        self.start = {k: v.clone() for k, v in self.model.state_dict().items()}
        self.average = Transformer(model_config).to(self.device).requires_grad_(False)  # EMA of the weights
        self.objective = Objective(self.model, torch.bfloat16 if has_bf16 else None, config.clauses, config.poses).to(self.device)
        self.judge = Objective(self.average, self.objective.dtype)
        if compiled:
            # Block by block: ten blocks are one graph, which is compiled once for the first shape, once more for all the
            # others (with sizes left open), and not ten times as long as the whole network would take.
            torch._dynamo.config.suppress_errors = True  # what cannot be compiled runs as it is
            for block in (*self.model.blocks, *self.model.text.blocks):
                block.compile()
            self.objective.loss = torch.compile(flow_loss)
        wrap = DistributedDataParallel if self.processes > 1 else lambda network, device_ids: network
        self.network = wrap(self.objective, device_ids=[self.device.index] if cuda else None)
        self.own: Shape = (model_config.frames, model_config.height, model_config.width)
        shapes = config.shapes or [[*self.own, 1]]
        self.shapes = [(int(f), int(h), int(w)) for f, h, w, _ in shapes]
        self.shape_weights = [weight for *_, weight in shapes]
        self.warm: set[Shape] = set()  # shapes whose first step, which may compile, is done
        self.sets = fixed_sets(config, model_config)
        self.restart(config)

    def restart(self, config: TrainConfig) -> None:
        """Back to the weights of the beginning, with other settings perhaps; what was compiled stays."""
        self.config = config
        self.model.load_state_dict(self.start)
        self.average.load_state_dict(self.start)
        beside = []
        for name, question in self.questions():
            question.initialise()
            self.objective.weights[name] = getattr(config, name)
            beside += question.parameters()
        self.optimizers = make_optimizers(self.model, config.muon_lr, config.adam_lr, beside)
        self.rates = [[group["lr"] for group in optimizer.param_groups] for optimizer in self.optimizers]
        self.step, self.clips, self.seconds, self.saved_shares = 0, 0, 0.0, []
        self.entered = [plot for plot, (share, _) in config.ladder.items() if share == 0]
        self.least: dict[str, float] = {}  # error of each plot so far, see `stands`
        self.falling: list[str] = []
        self.score = math.inf
        self.bins = torch.zeros(2, BINS, device=self.device)
        self.flops = 0.0

    def questions(self) -> list[tuple[str, nn.Module]]:
        """What is asked beside the film, by the name of its weight in the configuration."""
        asked = (("clauses", self.objective.clauses), ("poses", self.objective.poses))
        return [(name, question) for name, question in asked if question is not None]

    # -- What is kept

    def state(self) -> dict:
        return {
            "name": self.name,
            "model_config": self.model_config.to_dict(),
            "train_config": asdict(self.config),
            "step": self.step,
            "seconds": self.seconds,
            "clips": self.clips,
            "saved_shares": self.saved_shares,
            "entered": self.entered,
            "least": self.least,
        }

    def save(self, folder: Path) -> None:
        """Everything that is needed to go on. Weights that are no longer numbers are not saved over those that were."""
        if not torch.stack([p.detach().sum() for p in self.model.parameters()]).isfinite().all():
            raise SystemExit(
                f"after step {self.step} the weights are no longer finite; the last checkpoint is as it was: "
                "give the command again to go on from it, and lower muon_lr and adam_lr if it comes back"
            )
        optimizers = [optimizer.state_dict() for optimizer in self.optimizers]
        weights = {"model": self.model.state_dict(), "average": self.average.state_dict(), "optimizers": optimizers}
        weights |= {name: question.state_dict() for name, question in self.questions()}
        save(folder / "checkpoint.pt", self.state() | weights)

    def save_travel(self, folder: Path) -> None:
        """The same in half precision and without the optimisers' memory: a quarter as large, for going on elsewhere."""
        save(folder / "travel.pt", self.state() | {name: halved(getattr(self, name).state_dict()) for name in ("model", "average")})

    def load(self, path: Path) -> None:
        state = torch.load(path, map_location=self.device, weights_only=True)
        if ModelConfig.from_dict(state["model_config"]) != self.model_config:
            raise SystemExit(f"{path} holds another model than this configuration; choose another folder")
        self.model.load_state_dict(state["model"])
        self.average.load_state_dict(state["average"])
        for name, question in self.questions():
            if name in state:
                question.load_state_dict(state[name])
        for optimizer, saved in zip(self.optimizers, state.get("optimizers", [])):
            optimizer.load_state_dict(saved)
        self.step, self.clips, self.seconds, self.saved_shares = (state[k] for k in ("step", "clips", "seconds", "saved_shares"))
        self.entered = state.get("entered", self.entered)
        self.least = state.get("least", {})

    def begin_with(self, folder: Path) -> None:
        """Take the weights of an exported model: of this configuration, or of one that it has grown from (see growing.py)."""
        exported, _ = load_exported(folder)
        try:
            weights = grown(exported.state_dict(), exported.config, self.model_config)
        except ValueError as error:
            raise SystemExit(f"{folder} holds another model than this configuration ({error}); choose another --start") from None
        self.start = {name: value.to(self.device) for name, value in weights.items()}
        self.restart(self.config)

    # -- How good it is

    @torch.no_grad()
    def evaluate(self) -> dict:
        """Mean squared error of the averaged model's guess on the fixed sets, at each of EVAL_LEVELS. `score` becomes the
        mean of their logarithms, one number to choose settings by."""
        errors: dict[str, list[float]] = {}
        for plot, (clips, tokens) in self.sets.items():
            noise = torch.randn(clips.shape, generator=torch.Generator().manual_seed(0)).to(self.device)
            clips, tokens = clips.to(self.device), tokens.to(self.device)
            errors[plot] = []
            for t in EVAL_LEVELS:
                guess = self.judge.guess(clips, noise, torch.full_like(clips[:, :1], t), tokens)
                errors[plot].append(float(((guess.float() - clips) ** 2).mean()))
        mean = [sum(values) / len(values) for values in zip(*errors.values())]
        score = {plot: math.exp(sum(map(math.log, values)) / len(values)) for plot, values in errors.items()}
        self.score = sum(map(math.log, score.values())) / len(score)
        self.falling = [plot for plot in self.entered if score[plot] > self.config.standing * self.least.get(plot, math.inf)]
        for plot in self.entered:
            self.least[plot] = min(score[plot], self.least.get(plot, math.inf))
        return {"eval": mean, "plots": errors} if self.config.ladder else {"eval": mean}

    def climb(self, progress: float) -> list[str]:
        """The plots that enter now: the next rung, if its time has come and every plot below stands."""
        waiting = {plot: share for plot, (share, _) in self.config.ladder.items() if plot not in self.entered}
        due = min(waiting.values(), default=math.inf)
        if progress < due or self.falling:
            return []
        plots = [plot for plot, share in waiting.items() if share == due]
        self.entered += plots
        return plots

    # -- The run

    def size_of(self, shape: Shape) -> int:
        """Clips a step and device of a shape, so that every step has about as many pixels, and so tokens."""
        return max(1, round(self.config.batch // self.processes * math.prod(self.own) / math.prod(shape)))

    def update(self, examples: Examples, generator: torch.Generator, rate: float) -> None:
        """One step of training."""
        clips, tokens, emphasis, poses = examples
        config, shape = self.config, clips.shape[2:]
        self.rate(rate)
        kinds = config.level_mean, config.level_spread, generator, config.mapped, config.late, config.pure
        levels = sample_levels(len(clips), *shape, *kinds)
        noise = torch.randn(clips.shape, generator=generator, device=self.device)
        losses, asked = self.network(clips, noise, levels, tokens, emphasis, poses)
        self.descend(losses.mean() + asked)
        self.clips += len(clips) * self.processes
        self.flops += 3 * forward_flops(self.model_config, self.model_config.grid_of(shape)) * len(clips)
        self.stepped(losses, levels)

    @torch.no_grad()
    def stepped(self, losses: Tensor, levels: Tensor) -> None:
        """After a step of the optimisers: the averaged weights follow, and the losses (B,) are put down by noise level."""
        self.step += 1
        keep = min(self.config.ema, self.step / (self.step + 10))
        torch._foreach_lerp_(list(self.average.parameters()), list(self.model.parameters()), 1 - keep)
        place = (levels[:, 0, 0, 0, 0] * BINS).long().clamp(max=BINS - 1)
        self.bins.index_add_(1, place, torch.stack([losses.detach(), torch.ones_like(losses)]))

    def rate(self, factor: float) -> None:
        """All learning rates, as shares of those that were set."""
        for optimizer, rates in zip(self.optimizers, self.rates):
            for group, base in zip(optimizer.param_groups, rates):
                group["lr"] = base * factor

    def descend(self, loss: Tensor) -> None:
        """One step down the loss."""
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), self.config.clip_norm)
        for optimizer in self.optimizers:
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)

    def together(self, value: float) -> float:
        """The first process's value: clocks and decisions must be one everywhere."""
        if self.processes == 1:
            return value
        shared = torch.tensor([value], dtype=torch.float64, device=self.device)
        dist.broadcast(shared, src=0)
        return shared.item()

    def synchronise(self) -> None:
        if self.device.type == "cuda":
            torch.cuda.synchronize()

    def run(self, budget: float, out: Path | None = None, piece: float = math.inf, save_every: float = 60) -> bool:
        """Train until `budget` seconds are spent, or `piece` seconds of wall clock from now; true if it is finished.
        Without `out`, nothing is written."""
        config = self.config
        # A fresh stream of scenes and noise for every stretch and every device: no clip is seen twice.
        seed = (config.seed * 1_000_003 + self.clips) * 64 + self.rank
        source = Source(config, self.model_config, self.device, seed)
        started = last_save = last_log = last_eval = time.monotonic()
        waited, before, clips_before, flops_before = 0.0, self.seconds, self.clips, self.flops

        def log(record: dict) -> None:
            if self.rank == 0 and out:
                about = {"step": self.step, "seconds": round(self.seconds, 2), "clips": self.clips}
                with (out / "log.jsonl").open("a") as file:
                    file.write(json.dumps(about | record) + "\n")

        def say(text: str) -> None:
            if self.rank == 0:
                print(text, flush=True)

        def judge(word: str, **more) -> dict:
            record = self.evaluate()
            say(f"{word} " + " ".join(f"{t}: {e:.4f}" for t, e in zip(EVAL_LEVELS, record["eval"])))
            log(record | more)
            return record

        def tell() -> None:
            totals, counts = self.bins.tolist()
            loss = [total / max(1, count) for total, count in zip(totals, counts)]
            self.bins.zero_()
            spent = max(1e-9, self.seconds - before)
            speed, work = (self.clips - clips_before) / spent, (self.flops - flops_before) * self.processes / spent / 1e12
            shown = " ".join(f"{value:.3f}" for value in loss)
            left = (budget - self.seconds) / 60
            say(
                f"step {self.step}  clips {self.clips:,}  {speed:.1f} clips/s  {work:.3g} TFLOP/s  "
                f"loss by t [{shown}]  {left:.1f} min left"
            )
            log({"loss": loss, "clips_per_second": round(speed, 2), "tflops": float(f"{work:.4g}")})

        while self.seconds < budget and self.together(time.monotonic() - started) < piece:
            for plot in self.climb(self.seconds / budget):
                say(f"enters: {plot}")
                log({"enters": plot})
            # The shape follows from the step alone, so that it is the same on every device.
            chooser = random.Random(config.seed * 1_000_003 + self.step)
            shape = chooser.choices(self.shapes, self.shape_weights)[0]
            if not self.warm:  # the first shape gets graphs of its own, so it should be the one that most clips have
                shape = self.shapes[0]
            stretch = config.stretch if len(self.shapes) > 1 or config.ladder else 1
            for examples in source.batches(self.entered, shape, self.size_of(shape), stretch):
                new = self.compiled and shape not in self.warm
                if new:
                    self.synchronise()
                    waiting_since = time.monotonic()
                self.update(examples, source.generator, learning_rate_at(max(self.seconds / budget, 1e-4), config))
                if new:  # the first step of a shape is compilation: it is waiting, not training
                    self.synchronise()
                    waited += time.monotonic() - waiting_since
                self.warm.add(shape)
                now = time.monotonic()
                self.seconds = self.together(before + now - started - waited)
                for label, share in EMA_SHARES.items():
                    if label not in self.saved_shares and self.seconds >= share * budget:
                        self.saved_shares.append(label)
                        if self.rank == 0 and out:
                            save(out / f"ema-{label}.pt", self.state() | {"average": halved(self.average.state_dict())})
                if now - last_log > min(20, budget / 10):
                    tell()
                    last_log = now
                if self.rank == 0 and out and now - last_save > save_every:
                    self.save(out)
                    last_save = now
                if self.together(now - last_eval) > config.eval_every:
                    judge("eval")
                    last_eval = time.monotonic()
                if self.seconds >= budget:
                    break
        finished = self.seconds >= budget
        if self.rank == 0 and out:
            self.save(out)
        judge("final eval" if finished else "eval", **({"final": True} if finished else {}))
        return finished


def main(kind: type[Trainer] = Trainer, about: str | None = __doc__) -> None:
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("config", type=Path)
    parser.add_argument("--budget-minutes", "--minutes", type=float, required=True, dest="minutes", help="training time of the whole run")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints and the log")
    parser.add_argument("--start", type=Path, help="exported model (models/nano) whose weights a new run begins with")
    parser.add_argument("--threads", type=int, default=0, help="CPU threads (default: all)")
    parser.add_argument("--compile", action="store_true", help="torch.compile: a minute of waiting, then faster steps")
    parser.add_argument("--save-every", type=float, default=60, help="seconds between checkpoints")
    args = parser.parse_args()
    keep_memory()
    if args.threads:
        torch.set_num_threads(args.threads)
    if "WORLD_SIZE" in os.environ and int(os.environ["WORLD_SIZE"]) > 1:
        dist.init_process_group("nccl" if torch.cuda.is_available() else "gloo")
    trainer = kind(*load_config(args.config), compiled=args.compile)
    args.out.mkdir(parents=True, exist_ok=True)
    if (args.out / "checkpoint.pt").exists():
        trainer.load(args.out / "checkpoint.pt")
    elif args.start:
        trainer.begin_with(args.start)
    trainer.run(args.minutes * 60, args.out, save_every=args.save_every)
    if trainer.processes > 1:
        check_same_weights(trainer.model)
        del trainer.network  # DDP holds the process group: gloo's threads outlive it, and end the process by abort()
        dist.barrier()
        dist.destroy_process_group()


if __name__ == "__main__":
    main()
