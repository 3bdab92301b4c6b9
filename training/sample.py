"""Draw many clips with a trained model into a folder that `npm run evaluate` judges.

    python training/sample.py --model models/nano --prompts 256 --seed 0 --out clips
    python training/sample.py --model models/small --plot three --frames 24 --out clips-of-three
    python training/sample.py --fill report/clips/*

The first draws prompts of its own: full captions of one-object scenes. The second fills folders that
`npm run evaluate -- --plan` prepared, each with the prompts, seeds and given frames of a suite. Both go on where they
were stopped, and end with the same bytes.

What it is: the batched sampler of snowglobe/sampling.py, and one compact file.
What it is not: a judge; it never looks at what it drew.

A folder holds clips.json: {"suite", "shape", "items": one {"prompt", "seed"} for each clip, "settings", "model"}, and
clips.bin.gz: gzipped unsigned bytes of N x 3 x frames x height x width. An item with "scene" and "given" has that many
first frames of the true scene given clean; with "scene" and "plan" it has the pixels of src/making/plan.ts, and its clip is the
guess before they are put back; with "scene" and "begin" it begins in the true scene at that noise level. While it is drawn, clips.part holds the clips so far, not gzipped.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import hashlib
import json
import os
import sys
import time
from pathlib import Path

import torch
from torch import Tensor

from snowglobe import world
from snowglobe.export import load_exported
from snowglobe.memory import keep_memory
from snowglobe.sampling import RULES, SAMPLERS, Begin, Guidance, Known, sample

ROOT = Path(__file__).resolve().parents[1]


def prompts_of_the_world(count: int, seed: int, objects: int, pans: bool, plot: str | None = None) -> list[str]:
    """Full captions of scenes that training may draw; a different number a scene, so that `count` can grow later."""
    prompts = []
    for index in range(count):
        scene = world.sample_scene(world.Draw(seed + index), objects=objects, plot=plot)
        if not pans and not plot:
            scene.camera = "stands"
        prompts.append(world.caption(scene))
    return prompts


def read_prompts(text: str, seed: int, objects: int, pans: bool, plot: str | None = None) -> list[str]:
    """A number of prompts to draw, or a file with one a line."""
    if text.isdecimal():
        return prompts_of_the_world(int(text), seed, objects, pans, plot)
    prompts = [line.strip() for line in Path(text).read_text(encoding="utf-8").splitlines() if line.strip()]
    if not prompts:
        raise SystemExit(f"{text} holds no prompts: write one a line")
    return prompts


def fingerprint(folder: Path) -> str:
    return hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()


def load_weak(folder: Path, copy: str | None):
    """The earlier checkpoint that autoguidance compares with: `copy` in the model's folder, else the one its manifest names."""
    copy = copy or json.loads((folder / "manifest.json").read_text(encoding="utf-8")).get("weak")
    if copy is None:
        raise SystemExit(f"{folder} names no weak copy: add --weak checkpoints/1-8, or choose another --rule")
    return load_exported(folder / copy)[0].eval()


def known_frames(items: list[dict], shape: dict) -> Known | None:
    """The given frames of a batch, as a clip in 8 bits would hold them; None where no frame is given."""
    if not any(item.get("given") or item.get("plan") for item in items):
        return None
    frames, height, width = shape["frames"], shape["height"], shape["width"]
    clip = torch.zeros(len(items), 3, frames, height, width)
    mask = torch.zeros(len(items), 1, frames, height, width, dtype=torch.bool)
    for i, item in enumerate(items):
        if given := item.get("given"):
            clip[i], mask[i, :, :given] = film_of(item, shape), True
        elif plan := item.get("plan"):
            sources, hole = read_plan(plan, shape)
            film = film_of(item, shape)
            for frame, source in enumerate(sources):
                if source is not None:
                    clip[i, :, frame], mask[i, :, frame] = film[:, source], True
            mask[i, 0] &= ~hole
    return Known(clip, mask)


def film_of(item: dict, shape: dict) -> Tensor:
    """(3, F, H, W): the true scene, as a clip in 8 bits would hold it."""
    drawn = world.render([world.Scene.from_dict(item["scene"])], shape["frames"], shape["height"], shape["width"])[0]
    return (drawn * 255).round() / 127.5 - 1


def read_plan(text: str, shape: dict) -> tuple[list[int | None], Tensor]:
    """What src/making/plan.ts writes, of one source and not shifted: of each frame the source's frame, or None; and the hole."""
    head, *rest = text.split("*")
    sources: list[int | None] = []
    for run in head.split(".")[1:]:
        first, _, last = run.partition("-")
        sources += [None] * int(run[1:]) if run[0] == "x" else range(int(first), int(last or first) + 1)
    frames, height, width = shape["frames"], shape["height"], shape["width"]
    hole = torch.zeros(frames, height, width, dtype=torch.bool)
    for part in rest:
        kind, *numbers = part.split(".")
        if kind != "h" or len(sources) != frames:
            raise SystemExit(f"{text} is a plan that only the page's own code can draw: leave out --with python")
        first, last, digits = int(numbers[0]), int(numbers[1]), numbers[2]
        bits = [int(digit, 16) >> (3 - place) & 1 for digit in digits for place in range(4)]
        hole[first : last + 1] = torch.tensor(bits[: height * width], dtype=torch.bool).view(height, width)
    return sources, hole


def begin_of(items: list[dict], shape: dict) -> Begin | None:
    """Where the runs of a batch begin; None where they begin in pure noise. One noise level for all."""
    levels = {item.get("begin") for item in items}
    if levels == {None}:
        return None
    if len(levels) > 1:
        raise SystemExit("the clips of a folder begin at different noise levels: draw them with node")
    return Begin(torch.stack([film_of(item, shape) for item in items]), levels.pop())


def to_bytes(clips: Tensor) -> bytes:
    return ((clips.float().clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8).cpu().numpy().tobytes()


def write_about(folder: Path, about: dict) -> None:
    """Beside, then renamed: a stopped program leaves the old one or the new one."""
    (folder / "clips.json.tmp").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    os.replace(folder / "clips.json.tmp", folder / "clips.json")


def fill(folder: Path, device: str, batch: int, bf16: bool) -> None:
    """Draws the clips that are missing from a prepared folder, and packs it."""
    about = json.loads((folder / "clips.json").read_text(encoding="utf-8"))
    items, shape, settings = about["items"], about["shape"], about["settings"]
    part, done = folder / "clips.part", 0
    if (folder / "clips.bin.gz").exists():
        print(f"{folder}: all {len(items)} clips are there", file=sys.stderr)
        return

    if settings["sampler"] not in SAMPLERS:
        raise SystemExit(f"{folder} asks for {settings['sampler']}: here are {', '.join(SAMPLERS)}; draw it with node")
    by = {"program": "python", "device": device, "bf16": bf16, "batch": batch}
    size = 3 * shape["frames"] * shape["height"] * shape["width"]
    if part.exists() and part.stat().st_size:
        if about.get("by") != by:
            raise SystemExit(f"{folder} was begun by {about.get('by')}: go on with that, or delete {part}")
        done = part.stat().st_size // size
        done = min(len(items), done - done % batch)  # a clip is the same to the last bit only in the same batch
    model_folder = ROOT / about["model"]["folder"]
    if fingerprint(model_folder) != about["model"]["sha256"]:
        raise SystemExit(f"{model_folder} holds other weights than {folder} was prepared for: prepare it again")
    model, about_model = load_exported(model_folder)
    model = model.to(device).eval()
    config, words = model.config, len(about_model["vocabulary"])  # that the model knows
    write_about(folder, {**about, "by": by})

    guidance, weak = Guidance.of(settings["guidance"]), None
    if guidance.rule not in RULES:
        raise SystemExit(f"{folder} asks for {guidance.rule}: here are {', '.join(RULES)}; draw it with node")
    if guidance.rule == "auto":
        weak = load_weak(model_folder, about["model"].get("weak")).to(device)
    lower = torch.autocast(torch.device(device).type, torch.bfloat16) if bf16 else contextlib.nullcontext()
    start, first_done = time.monotonic(), done
    with open(part, "ab") as file:
        file.truncate(done * size)
        for first in range(done, len(items), batch):
            count = min(batch, len(items) - first)
            # The last batch is filled up: a kernel chosen for another size rounds otherwise, and a folder that grows
            # later would not begin with the same clips.
            chosen = items[first : first + count] + [items[-1]] * (batch - count)
            tokens = torch.tensor([world.tokenize(item["prompt"], config.text_length, words) for item in chosen])
            seeds = [item["seed"] for item in chosen]
            known = known_frames(chosen, shape)
            with lower:
                clips, _ = sample(
                    model,
                    tokens,
                    seeds,
                    settings["steps"],
                    settings["sampler"],
                    guidance,
                    settings.get("shift", 1),
                    known,
                    settings.get("eta", 1),
                    (shape["frames"], shape["height"], shape["width"]),
                    weak,
                    begin_of(chosen, shape),
                    own=any(item.get("plan") for item in chosen),
                    restarts=settings.get("restarts", 0),
                )  # (B, 3, F, H, W)
            if not torch.isfinite(clips).all():
                raise SystemExit(f"the model drew numbers that are not finite, among seeds {seeds[0]} to {seeds[-1]}")
            file.write(to_bytes(clips[:count]))
            file.flush()
            done = first + count
            left = (time.monotonic() - start) / (done - first_done) * (len(items) - done)
            print(f"{folder.name}: {done}/{len(items)} clips, {left:.0f} s left", file=sys.stderr, flush=True)
    pack(folder, part)


def pack(folder: Path, part: Path) -> None:
    """clips.part becomes clips.bin.gz, without a time in it: the same clips are the same file."""
    packed = folder / "clips.bin.gz.tmp"
    packed.write_bytes(gzip.compress(part.read_bytes(), 6, mtime=0))
    os.replace(packed, folder / "clips.bin.gz")
    part.unlink()


def prepare(folder: Path, model_folder: Path, prompts: list[str], args: argparse.Namespace) -> None:
    """A folder like those that `npm run evaluate -- --plan` prepares. One that is there must ask for the same clips."""
    settings = json.loads((model_folder / "config.json").read_text(encoding="utf-8"))
    guidance = {"scale": args.guidance, "from": args.guidance_from, "to": args.guidance_to}
    if args.rule != "cfg":
        guidance["rule"] = args.rule
    if args.rule == "apg":
        guidance |= {"parallel": args.parallel, "bound": args.bound, "momentum": args.momentum}
    weak = {"weak": args.weak} if args.weak else {}
    about = {
        "suite": "attributes" if args.objects == 1 else "binding",
        "shape": {key: getattr(args, key) or settings["model"][key] for key in ("frames", "height", "width")},
        "items": [{"prompt": prompt, "seed": args.seed + i} for i, prompt in enumerate(prompts)],
        "settings": {"steps": args.steps, "sampler": args.sampler, "guidance": guidance, "shift": args.shift, "eta": args.eta, "restarts": args.restarts},
        "model": {"name": settings["name"], "sha256": fingerprint(model_folder), "folder": str(model_folder.resolve()), **weak},
    }
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / "clips.json").exists():
        there = json.loads((folder / "clips.json").read_text(encoding="utf-8"))
        if {key: there.get(key) for key in about} != about:
            raise SystemExit(f"{folder} holds clips of other prompts, settings or weights: choose another --out")
    else:
        write_about(folder, about)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fill", type=Path, nargs="+", help="folders that were prepared; nothing below down to --shift is needed")
    parser.add_argument("--model", type=Path, default=ROOT / "models/nano", help="an exported folder, or an early copy in its checkpoints/")
    parser.add_argument("--prompts", default="256", help="how many to draw from the world, or a file with one a line")
    parser.add_argument("--objects", type=int, default=1, choices=(1, 2), help="things in a drawn prompt")
    parser.add_argument("--plot", choices=world.PLOTS, help="draw the prompts from scenes of this plot (world.json)")
    parser.add_argument("--frames", type=int, help="of the clips (default: the model's own)")
    parser.add_argument("--height", type=int)
    parser.add_argument("--width", type=int)
    parser.add_argument("--pans", action="store_true", help="let drawn prompts pan the camera")
    parser.add_argument("--seed", type=int, default=0, help="of the first prompt and the first clip; the rest count on")
    parser.add_argument("--steps", type=int, default=24)
    parser.add_argument("--sampler", default="multistep", choices=SAMPLERS)
    parser.add_argument("--guidance", type=float, default=2.0)
    parser.add_argument("--guidance-from", type=float, default=0.0)
    parser.add_argument("--guidance-to", type=float, default=1.0)
    parser.add_argument("--rule", default="cfg", choices=RULES, help="of guidance; auto compares with an earlier checkpoint")
    parser.add_argument("--weak", help="that checkpoint, in the folder of the model (default: the one its manifest names)")
    parser.add_argument("--parallel", type=float, default=0.0, help="of rule apg, as the two below")
    parser.add_argument("--bound", type=float, default=0.0)
    parser.add_argument("--momentum", type=float, default=0.0)
    parser.add_argument("--shift", type=float, default=1.0)
    parser.add_argument("--restarts", type=int, default=0, help="how often noise is put over the finished clip again")
    parser.add_argument("--eta", type=float, default=1.0, help="fresh noise of the sampler ddim, 0 to 2")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--batch", type=int, help="clips at once (16; 256 on a GPU)")
    parser.add_argument("--fp32", action="store_true", help="full precision, where the device could do bf16")
    parser.add_argument("--threads", type=int, default=1, help="CPU threads")
    args = parser.parse_args()
    if not args.fill and not args.out:
        raise SystemExit("there is nowhere to write: add --out FOLDER, or --fill with folders that were prepared")

    keep_memory()
    torch.set_num_threads(args.threads)
    gpu = args.device.startswith("cuda")
    has_bf16 = torch.cuda.is_bf16_supported() if gpu else torch.cpu._is_avx512_bf16_supported()
    if args.out:
        prepare(args.out, args.model, read_prompts(args.prompts, args.seed, args.objects, args.pans, args.plot), args)
    for folder in args.fill or [args.out]:
        if not (folder / "clips.json").exists():
            raise SystemExit(f"there is no clips.json in {folder}: prepare it with `npm run evaluate -- --plan`")
        fill(folder, args.device, args.batch or (256 if gpu else 16), has_bf16 and not args.fp32)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        raise SystemExit("stopped: the same command goes on from here") from None
