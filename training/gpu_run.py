"""Everything that an hour on a GPU is for, in one command that may be given again and again:

    python3 training/gpu_run.py --run runs/small --out "$OUT"
    python3 training/gpu_run.py --config training/configs/small-rehearsal.toml --rehearse --run runs/rehearsal --out /tmp/out

Each call goes on where the last one stopped, for at most --seconds, through these stages:

    sweep    short runs: Muon or AdamW, noise levels, learning rate; the least error on the fixed sets goes on
    train    the run itself, --budget-minutes of it
    measure  clips for the evaluation, and how well given pixels are kept
    student  a copy that needs fewer steps (student.py)

Then it packs what is new into --out, in parts that fit through a narrow door: at most --room MiB a call, 15 MiB a part,
most needed first. `python3 training/gpu_run.py --unpack FOLDER --run runs/small` puts them together again, here or on the
next machine, where the same command goes on from them.

What it is not: it judges no clip (npm run evaluate does) and exports no model (export_run.py does).
"""

from __future__ import annotations

import argparse
import json
import lzma
import math
import sys
import tarfile
import time
import zlib
from dataclasses import replace
from pathlib import Path

START = time.monotonic()
PART = 15 << 20  # bytes
PACKING = 40  # seconds kept for packing


def complaint() -> str | None:
    """What this machine lacks, in a sentence."""
    if sys.version_info < (3, 11):
        return f"this is Python {sys.version.split()[0]}, and training needs 3.11 or newer: call a newer python3"
    try:
        import numpy  # noqa: F401
        import torch
    except ImportError as error:
        return f"this Python has no {error.name}: install torch and numpy (training/requirements.txt) or call a python3 that has them"
    anywhere = any(argument.split("=")[0] in ("--rehearse", "--unpack", "--help", "-h") for argument in sys.argv)
    if not anywhere and not torch.cuda.is_available():
        return f"PyTorch {torch.__version__} sees no GPU here: look at nvidia-smi, or add --rehearse to try the whole of it on the CPU"
    return None


if (problem := complaint()) is not None:
    sys.exit(f"gpu_run: {problem}")

import torch  # noqa: E402

from snowglobe import stream, student, world  # noqa: E402
from snowglobe.flow import mix  # noqa: E402
from snowglobe.model import ModelConfig, Transformer  # noqa: E402
from snowglobe.sampling import Guidance, Known, sample  # noqa: E402
from snowglobe.train import TrainConfig, Trainer, load_config  # noqa: E402

# One change at a time, from the settings of the configuration; what wins stays for the next.
SWEEP = {
    "as configured": {},
    "AdamW": {"muon_lr": 0.0, "adam_lr": 6e-4},
    "noisier": {"level_mean": -1.0},
    "slower": {"rate": 0.5},
}

# Clips for the evaluation: name -> number of clips, plot, shape as multiples of the model's own (frames, height, width).
CLIPS = {
    "one": (256, "one", (1, 1, 1)),
    "two": (128, "two", (1, 1, 1)),
    "three": (128, "three", (1, 1, 1)),
    "opposite": (128, "two", (1, 1, 1)),
    "holes": (128, "one", (1, 1, 1)),
    "short": (64, "one", (1 / 2, 1, 1)),
    "long": (64, "one", (3 / 2, 1, 1)),
    "wide": (64, "one", (1, 3 / 4, 5 / 4)),
    "tall": (64, "one", (1, 5 / 4, 3 / 4)),
    **{plot: (48, plot, (1, 1, 1)) for plot in ("pan", "zoom", "collision", "wall", "turn", "light", "picture")},
}
GUIDANCE, STEPS = Guidance(2.5), 24
OPPOSITE = ({"left", "right"}, {"up", "down"})


class Run:
    """The folder of a run, and what it knows of itself: about.json."""

    def __init__(self, args: argparse.Namespace):
        self.args, self.folder = args, args.run
        self.main, self.clips = args.run / "main", args.run / "clips"
        for folder in (self.main, self.clips):
            folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / "about.json"
        self.about = json.loads(path.read_text()) if path.exists() else {"sweep": {}, "done": [], "sent": {}, "calls": []}

    def note(self, **values) -> None:
        self.about |= values
        (self.folder / "about.json").write_text(json.dumps(self.about, indent=1) + "\n")

    def left(self) -> float:
        """Seconds of this call that are left for work."""
        return self.args.seconds - PACKING * self.args.pace - (time.monotonic() - START)

    def finish(self, stage: str) -> None:
        self.note(done=[*self.about["done"], stage])


def say(text: str) -> None:
    print(f"[{time.monotonic() - START:5.0f} s] {text}", flush=True)


def with_change(config: TrainConfig, change: dict) -> TrainConfig:
    rate = change.get("rate", 1.0)
    config = replace(config, **{name: value for name, value in change.items() if name != "rate"})
    return replace(config, muon_lr=config.muon_lr * rate, adam_lr=config.adam_lr * rate)


def settings(run: Run, config: TrainConfig) -> TrainConfig:
    """The configuration with the changes that won."""
    for name, result in run.about["sweep"].items():
        if result["kept"]:
            config = with_change(config, SWEEP[name])
    return config


def sweep(run: Run, trainer: Trainer, base: TrainConfig) -> bool:
    """True when every change has been tried."""
    length = run.args.sweep_seconds
    for name, change in SWEEP.items():
        if name in run.about["sweep"]:
            continue
        if run.left() < 1.2 * length:
            return False
        best = min((result["score"] for result in run.about["sweep"].values()), default=math.inf)
        trainer.restart(replace(with_change(settings(run, base), change), eval_every=math.inf))
        trainer.run(length)
        result = {"score": round(trainer.score, 4), "kept": trainer.score < best, "steps": trainer.step, "clips": trainer.clips}
        run.note(sweep=run.about["sweep"] | {name: result})
        say(f"sweep: {name}: {result}")
    return True


def train(run: Run, trainer: Trainer, config: TrainConfig) -> bool:
    """True when the whole budget is spent."""
    trainer.restart(config)
    for name in ("checkpoint.pt", "travel.pt"):
        if (run.main / name).exists():
            trainer.load(run.main / name)
            say(f"goes on from {name}: step {trainer.step}, {trainer.seconds / 60:.1f} minutes")
            break
    finished = trainer.run(run.args.budget_minutes * 60, run.main, piece=max(0.0, run.left()))
    trainer.save_travel(run.main)
    return finished


def load_average(path: Path, device: torch.device) -> Transformer:
    state = torch.load(path, map_location="cpu", weights_only=True)
    model = Transformer(ModelConfig.from_dict(state["model_config"]))
    model.load_state_dict(state["average"])
    return model.to(device).eval()


def scenes_of(name: str, plot: str, count: int, frames: int) -> list[world.Scene]:
    """The first scenes of a plot, by their seeds; only some of them for "holes" and "opposite"."""
    scenes, seed = [], 0
    while len(scenes) < count:
        scene = world.sample_scene(world.Draw(1_000_000 + seed), holes=name == "holes", plot=plot, frames=frames)
        seed += 1
        if name == "holes" and not world.in_hole(scene):
            continue
        if name == "opposite" and {o.motion for o in scene.objects} not in OPPOSITE:
            continue
        scenes.append(scene)
    return scenes


def shape_of(config: ModelConfig, times: tuple) -> tuple[int, int, int]:
    return tuple(round(size * factor) for size, factor in zip((config.frames, config.height, config.width), times))


def save_clips(folder: Path, clips: torch.Tensor, about: dict) -> None:
    """clips.json beside clips.bin.xz: unsigned bytes of N x 3 x frames x height x width, each frame as what it adds to
    the one before (modulo 256), which packs better. `unpack` makes the clips.bin of training/sample.py from it."""
    folder.mkdir(parents=True, exist_ok=True)
    data = ((clips.clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8).cpu()
    data[:, :, 1:] -= data[:, :, :-1].clone()
    (folder / "clips.bin.xz").write_bytes(lzma.compress(data.numpy().tobytes(), preset=1))
    (folder / "clips.json").write_text(json.dumps(about, indent=1) + "\n")


def measure(run: Run, model: Transformer, label: str, steps: int, guidance: Guidance, sampler: str = "multistep") -> bool:
    """Draws the clips of every set that is missing; true when all are there."""
    config, device = model.config, next(model.parameters()).device
    for name, (count, plot, times) in CLIPS.items():
        folder = run.clips / f"{label}-{name}"
        if (folder / "clips.json").exists():
            continue
        shape, count = shape_of(config, times), max(2, round(count * run.args.pace))
        if run.left() < 15 * run.args.pace:
            return False
        prompts = [world.caption(scene) for scene in scenes_of(name, plot, count, shape[0])]
        clips = []
        for first in range(0, count, 64):
            part = prompts[first : first + 64]
            tokens = torch.tensor([world.tokenize(text, config.text_length, config.vocabulary) for text in part])
            seeds = list(range(first, first + len(part)))
            clips.append(sample(model, tokens, seeds, steps, sampler, guidance, shape=shape)[0].cpu())
        about = {
            "suite": "sets",
            "shape": dict(zip(("frames", "height", "width"), shape)),
            "items": [{"prompt": text, "seed": i, "group": name} for i, text in enumerate(prompts)],
            "settings": {"steps": steps, "sampler": sampler, "guidance": dict(zip(("scale", "from", "to"), guidance)), "shift": 1.0},
            "model": {"name": label, "sha256": ""},
        }
        save_clips(folder, torch.cat(clips), about)
        say(f"clips: {label}-{name}, {count}")
    return True


def masks(shape: tuple[int, int, int]) -> dict[str, torch.Tensor]:
    """What is given in each use of the noise-level map: (F, H, W) bool."""
    frames, height, width = shape
    given = {name: torch.zeros(shape, dtype=torch.bool) for name in ("still", "forward", "backward", "gap", "loop", "region")}
    third = max(1, frames // 3)
    given["still"][0] = True
    given["forward"][:third] = given["backward"][-third:] = True
    given["gap"][:third] = given["gap"][-third:] = True
    given["loop"][0] = given["loop"][-1] = True
    given["region"][:, :, : width // 2] = True
    return given


@torch.no_grad()
def keeping(model: Transformer, pace: float) -> dict:
    """For each use of the noise-level map: PSNR (dB) of the given pixels in the model's own guess half-way and near the
    end, before anything is pasted back; and the steps between frames at the seams, as a share of the largest (99th
    percentile) step inside the same clips. PSNR is over values that span 2."""
    config, device = model.config, next(model.parameters()).device
    shape, count = (config.frames, config.height, config.width), max(2, round(32 * pace))
    generator = torch.Generator().manual_seed(9)
    scenes = stream.sample_scenes(torch.full((count,), world.PLOTS.index("one")), shape[0], generator)
    truth = (world.draw_sparsely(scenes, world.looks(torch.device("cpu"), torch.float32), *shape) * 2 - 1).to(device)
    tokens = stream.caption_tokens(scenes, config.text_length, None, world.WORLD["odds"]).to(device)
    results = {}
    for name, mask in masks(shape).items():
        mask = mask.to(device)[None, None].expand(count, -1, -1, -1, -1)
        known = truth
        if name == "loop":  # the last frame is the first one
            known = truth.clone()
            known[:, :, -1] = truth[:, :, 0]
        clip, _ = sample(model, tokens, list(range(count)), STEPS, "multistep", GUIDANCE, known=Known(known, mask))
        kept = {}
        for t in (0.5, 0.95):
            noise = torch.randn(clip.shape, generator=torch.Generator().manual_seed(1)).to(device)
            levels = torch.where(mask, 1.0, t)
            error = (model(mix(clip, noise, levels), levels, tokens) - known)[mask.expand_as(clip)].square().mean()
            kept[f"psnr at t = {t}"] = round(float(10 * torch.log10(4 / error)), 2)
        result = kept
        if name != "region":
            jumps = (clip[:, :, 1:] - clip[:, :, :-1]).square().mean((1, 3, 4)).sqrt()  # (B, F - 1)
            given = mask[0, 0].flatten(1).all(1)
            seam = given[1:] != given[:-1]
            inside = jumps[:, ~seam].flatten().quantile(0.99)
            result |= {"seam to 99th percentile inside": round(float(jumps[:, seam].flatten().quantile(0.99) / inside), 3)}
        results[name] = result
    return results


# ---------------------------------------------------------------------------------------------------------------------
# Packing


def wanted(run: Run) -> list[Path]:
    """What should leave this machine, most needed first."""
    main = run.main
    small = [run.folder / "about.json", run.folder / "keeping.json", main / "log.jsonl", run.folder / "student" / "log.jsonl"]
    finished = "train" in run.about["done"]
    weights = [main / "ema-1-1.pt", run.folder / "student" / "student.pt"] if finished else [main / "travel.pt"]
    late = [main / f"ema-{label}.pt" for label in ("1-2", "1-8", "1-32")]  # a call on another machine would not make them again
    clips = sorted(run.clips.glob("*/clips.*"), key=lambda path: list(CLIPS).index(path.parent.name.split("-", 1)[1]))
    return [path for path in (*small, *weights, *clips[: len(clips) // 2 * 2], *late) if path.exists()]


def pack(run: Run) -> None:
    out, room = run.args.out, run.args.room << 20
    if out is None:
        return
    out.mkdir(parents=True, exist_ok=True)
    chosen, waiting = [], []
    for path in wanted(run):
        stamp = zlib.crc32(path.read_bytes())
        name = str(path.relative_to(run.folder))
        if run.about["sent"].get(name) == stamp and path.suffix in (".pt", ".xz"):
            continue
        size = path.stat().st_size + 1024
        (chosen if size <= room else waiting).append(name)
        if name in chosen:
            room -= size
            run.about["sent"][name] = stamp
    run.note()
    bundle = run.folder / "bundle.tar"
    with tarfile.open(bundle, "w") as tar:
        for name in chosen:
            tar.add(run.folder / name, name)
    data = bundle.read_bytes()
    bundle.unlink()
    call = len(run.about["calls"])
    for i in range(0, len(data), PART):
        (out / f"results-{call:02d}.tar.{i // PART:02d}").write_bytes(data[i : i + PART])
    say(f"packed {len(chosen)} files, {len(data) / 2**20:.1f} MiB, into {out}; {len(waiting)} wait for the next call {waiting[:4]}")


def unpack(run: Run, folder: Path) -> None:
    """The other way: the parts of any number of calls, oldest first, into the run's folder, clips ready to be judged."""
    calls = sorted({path.name.rsplit(".", 1)[0] for path in folder.rglob("results-*.tar.*")})
    if not calls:
        sys.exit(f"gpu_run: {folder} holds no results-*.tar.*: name the folder that the calls were packed into")
    for call in calls:
        joined = run.folder / "bundle.tar"
        joined.write_bytes(b"".join(path.read_bytes() for path in sorted(folder.rglob(f"{call}.*"))))
        with tarfile.open(joined) as tar:
            tar.extractall(run.folder, filter="data")
        joined.unlink()
    for packed in run.clips.glob("*/clips.bin.xz"):
        shape = json.loads((packed.parent / "clips.json").read_text())["shape"]
        data = torch.frombuffer(bytearray(lzma.decompress(packed.read_bytes())), dtype=torch.uint8)
        data = data.reshape(-1, 3, shape["frames"], shape["height"], shape["width"])
        (packed.parent / "clips.bin").write_bytes((data.long().cumsum(2) % 256).to(torch.uint8).numpy().tobytes())
    say(f"unpacked {len(calls)} calls into {run.folder}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--config", type=Path, default=Path(__file__).parent / "configs" / "small.toml")
    parser.add_argument("--run", type=Path, required=True, help="folder of the run")
    parser.add_argument("--out", type=Path, help="folder for what is packed")
    parser.add_argument("--unpack", type=Path, help="put together what earlier calls packed into this folder, and stop")
    parser.add_argument("--seconds", type=float, default=560, help="length of this call")
    parser.add_argument("--budget-minutes", type=float, default=13, help="training time of the whole run")
    parser.add_argument("--sweep-seconds", type=float, default=60, help="training time of each try; 0: no sweep")
    parser.add_argument("--student-minutes", type=float, default=3, help="training time of the student; 0: none")
    parser.add_argument("--room", type=int, default=57, help="MiB that may be packed in a call")
    parser.add_argument("--rehearse", action="store_true", help="on whatever is here, with few clips")
    args = parser.parse_args()
    args.pace = 1 / 16 if args.rehearse else 1
    run = Run(args)
    if args.unpack:
        return unpack(run, args.unpack)
    if args.rehearse:
        torch.set_num_threads(1)
    torch.set_float32_matmul_precision("high")
    name, model_config, base = load_config(args.config)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    card = torch.cuda.get_device_name() if device.type == "cuda" else "the CPU"
    run.note(calls=[*run.about["calls"], {"device": card, "torch": torch.__version__, "budget_minutes": args.budget_minutes}])
    say(f"{name} on {card}, PyTorch {torch.__version__}; done so far: {run.about['done'] or 'nothing'}")
    try:
        work(run, name, model_config, base, device)
    finally:  # whatever happened, what there is goes out
        pack(run)


def work(run: Run, name: str, model_config: ModelConfig, base: TrainConfig, device: torch.device) -> None:
    args, done = run.args, lambda stage: stage in run.about["done"]
    if not done("train"):
        trainer = Trainer(name, model_config, base, compiled=device.type == "cuda")
        if not done("sweep"):
            if args.sweep_seconds and not sweep(run, trainer, base):
                return
            run.finish("sweep")
        if not train(run, trainer, settings(run, base)):
            return
        run.finish("train")
        del trainer
    model = load_average(run.main / "ema-1-1.pt", device)
    if not done("measure"):
        if not (run.folder / "keeping.json").exists() and run.left() > 30 * args.pace:
            (run.folder / "keeping.json").write_text(json.dumps(keeping(model, args.pace), indent=1) + "\n")
            say("measured how given pixels are kept")
        if not measure(run, model, "full", STEPS, GUIDANCE):
            return
        run.finish("measure")
    if args.student_minutes and not done("student"):
        config = settings(run, base)
        if not student.train(model, config, run.folder / "student", args.student_minutes * 60, max(0.0, run.left()), say):
            return
        run.finish("student")
    if args.student_minutes and not done("judge the student"):
        pupil = load_average(run.folder / "student" / "student.pt", device)
        if measure(run, pupil, "student", student.STEPS, Guidance(), "euler"):
            run.finish("judge the student")
    say("everything is done")


if __name__ == "__main__":
    main()
