"""How much of each motion gets through a model: error of its guess on the pixels where the thing is at any time, as a share
of the error of those pixels' mean over time. 1: it knows no motion; 0: it knows all of it.

    PYTHONPATH=training python training/motion_error.py --model models/nano --clips 40

What it is: the yardstick for changes of the network, clips of one thing each, the same for every model.
What it is not: a score of what is drawn; it sees one step from a true clip and no sampling run.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
from pathlib import Path

import torch
from torch import Tensor

from snowglobe import world
from snowglobe.export import load_exported
from snowglobe.flow import mix
from snowglobe.model import ModelConfig, Transformer

LEVELS = (0.1, 0.3, 0.5, 0.7, 0.9)
MOTIONS = ("spinning", "orbiting", "right", "bouncing", "growing")


def scenes_of(motion: str, count: int) -> list[world.Scene]:
    """The first scenes of one thing with this motion before a standing camera, by their seeds."""
    found, seed = [], 0
    while len(found) < count:
        scene = world.sample_scene(world.Draw(seed), objects=1)
        seed += 1
        if scene.objects[0].motion == motion and scene.camera == "stands":
            found.append(scene)
    return found


def touched(scenes: list[world.Scene], clips: Tensor) -> Tensor:
    """(B, 1, 1, H, W) bool: where the thing covers something in any frame."""
    frames, height, width = clips.shape[2:]
    empty = world.render([dataclasses.replace(scene, objects=[]) for scene in scenes], frames, height, width) * 2 - 1
    return ((clips - empty).abs() > 0.02).any(1, keepdim=True).any(2, keepdim=True)


@torch.no_grad()
def errors(model: Transformer, config: ModelConfig, motion: str, clips: int) -> dict[str, list[float]]:
    """At each of LEVELS: the share described above, and the mean squared error of the whole clip."""
    scenes = scenes_of(motion, clips)
    true = world.render(scenes, config.frames, config.height, config.width) * 2 - 1  # (B, 3, F, H, W)
    where = touched(scenes, true)
    tokens = torch.tensor([world.tokenize(world.caption(s), config.text_length, config.vocabulary) for s in scenes])
    noise = torch.randn(true.shape, generator=torch.Generator().manual_seed(0))
    still = ((true.mean(2, keepdim=True) - true) ** 2 * where).sum()
    result: dict[str, list[float]] = {"share": [], "clip": []}
    for t in LEVELS:
        levels = torch.full_like(true[:, :1], t)
        with torch.autocast("cpu", torch.bfloat16, enabled=torch.cpu._is_avx512_bf16_supported()):
            guess = model(mix(true, noise, levels), levels, tokens).float()
        error = (guess - true) ** 2
        result["share"].append(float((error * where).sum() / still))
        result["clip"].append(float(error.mean()))
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, nargs="+", required=True, help="exported folders")
    parser.add_argument("--clips", type=int, default=40, help="of each motion")
    parser.add_argument("--json", type=Path, help="write the figures here, too")
    args = parser.parse_args()
    figures = {}
    for folder in args.model:
        model, _ = load_exported(folder)
        figures[str(folder)] = {motion: errors(model, model.config, motion, args.clips) for motion in MOTIONS}
        print(f"{folder}, t = {', '.join(map(str, LEVELS))}")
        for motion, found in figures[str(folder)].items():
            share, clip = (" ".join(f"{value:.{digits}f}" for value in found[key]) for key, digits in (("share", 3), ("clip", 4)))
            print(f"  {motion:9}  share {share}  whole clip {clip}")
    if args.json:
        args.json.write_text(json.dumps({"clips": args.clips, "levels": LEVELS, "models": figures}, indent=1) + "\n")


if __name__ == "__main__":
    main()
