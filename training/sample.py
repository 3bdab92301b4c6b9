"""Draw many clips with a trained model into a folder that `npm run evaluate -- --clips FOLDER` judges.

    python training/sample.py --model models/nano --prompts 256 --seed 0 --out /tmp/clips
    python training/sample.py --model models/small --plot three --frames 24 --out /tmp/three

What it is: prompts, the batched sampler of snowglobe/sampling.py, and one compact file.
What it is not: a judge; it never looks at what it drew.

The folder holds clips.bin, unsigned bytes of N x 3 x frames x height x width, and clips.json: {"shape", "items": one
{"prompt", "seed"} for each clip, "settings", "model": {"name", "sha256", ...}}.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from pathlib import Path

import torch

from snowglobe import world
from snowglobe.export import load_exported
from snowglobe.sampling import SOLVERS, Guidance, sample


def prompts_of_the_world(count: int, seed: int, objects: int, pans: bool, plot: str | None = None) -> list[str]:
    """Full captions of scenes that training may draw; a different number a scene, so that `count` can grow later."""
    prompts = []
    for index in range(count):
        scene = world.sample_scene(world.Draw(seed + index), objects=objects, plot=plot)
        if plot:
            prompts.append(world.caption(scene))
            continue
        if not pans:
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=Path("models/nano"), help="an exported folder, or an early copy in its checkpoints/")
    parser.add_argument("--prompts", default="256", help="how many to draw from the world, or a file with one a line")
    parser.add_argument("--objects", type=int, default=1, choices=(1, 2), help="things in a drawn prompt")
    parser.add_argument("--plot", choices=world.PLOTS, help="draw the prompts from scenes of this plot (world.json)")
    parser.add_argument("--frames", type=int, help="of the clips (default: the model's own)")
    parser.add_argument("--height", type=int)
    parser.add_argument("--width", type=int)
    parser.add_argument("--pans", action="store_true", help="let drawn prompts pan the camera")
    parser.add_argument("--seed", type=int, default=0, help="of the first prompt and the first clip; the rest count on")
    parser.add_argument("--steps", type=int, default=24)
    parser.add_argument("--sampler", default="multistep", choices=list(SOLVERS))
    parser.add_argument("--guidance", type=float, default=2.5)
    parser.add_argument("--guidance-from", type=float, default=0.0)
    parser.add_argument("--guidance-to", type=float, default=1.0)
    parser.add_argument("--shift", type=float, default=1.0)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()

    torch.set_num_threads(args.threads)
    model, settings = load_exported(args.model)
    weights = args.model / "model.safetensors"
    model = model.to(args.device).eval()
    config = model.config
    prompts = read_prompts(args.prompts, args.seed, args.objects, args.pans, args.plot)
    shape = (args.frames or config.frames, args.height or config.height, args.width or config.width)
    config.grid_of(shape)  # complains of a shape that is not made of whole patches
    words = len(settings["vocabulary"])  # that the model knows
    guidance = Guidance(args.guidance, args.guidance_from, args.guidance_to)

    args.out.mkdir(parents=True, exist_ok=True)
    start = time.monotonic()
    with open(args.out / "clips.bin", "wb") as file:
        for first in range(0, len(prompts), args.batch):
            batch = prompts[first : first + args.batch]
            tokens = torch.tensor([world.tokenize(prompt, config.text_length, words) for prompt in batch])
            seeds = [args.seed + first + i for i in range(len(batch))]
            clips, _ = sample(model, tokens, seeds, args.steps, args.sampler, guidance, args.shift, shape)  # (B, 3, F, H, W)
            if not torch.isfinite(clips).all():
                raise SystemExit(f"the model drew numbers that are not finite, among seeds {seeds[0]} to {seeds[-1]}")
            file.write(((clips.float().clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8).cpu().numpy().tobytes())
            done = first + len(batch)
            left = (time.monotonic() - start) / done * (len(prompts) - done)
            print(f"{done}/{len(prompts)} clips, {left:.0f} s left", file=sys.stderr, flush=True)

    about = {
        "shape": dict(zip(("frames", "height", "width"), shape)),
        "items": [{"prompt": prompt, "seed": args.seed + i} for i, prompt in enumerate(prompts)],
        "settings": {
            "steps": args.steps,
            "sampler": args.sampler,
            "guidance": {"scale": args.guidance, "from": args.guidance_from, "to": args.guidance_to},
            "shift": args.shift,
        },
        "model": {
            "name": settings["name"],
            "sha256": hashlib.sha256(weights.read_bytes()).hexdigest(),
        },
        "seconds": round(time.monotonic() - start, 1),
    }
    (args.out / "clips.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
