"""Does a model know which word belongs to which thing? Error of its guess of two things under their caption, and under captions
that exchange the colours, the things or the motions of the two: as a share of what having no caption costs.

    PYTHONPATH=training python training/binding_error.py --model models/mini --clips 96

What it is: the yardstick for how a caption is understood. 0: it is all the same to the model which of two is which; the order in
which a caption names the two should be 0.
What it is not: a score of what is drawn; it sees one step from a true clip and no sampling run.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor

from snowglobe import world
from snowglobe.export import load_exported
from snowglobe.flow import mix
from snowglobe.memory import keep_memory
from snowglobe.model import Transformer

LEVELS = (0.05, 0.1, 0.2, 0.3, 0.5)
SEED = 70_000_000  # of the first scene
EXCHANGED = {"colours": ("colour",), "things": ("thing",), "motions": ("motion", "speed"), "order": ("colour", "thing", "size", "motion", "speed")}


def scenes_of(count: int) -> list[world.Scene]:
    """Scenes of two things that differ in thing, colour and motion, before a standing camera, by their seeds."""
    found, seed = [], SEED
    while len(found) < count:
        scene = world.sample_scene(world.Draw(seed), objects=2)
        seed += 1
        a, b = scene.objects
        if scene.camera == "stands" and a.thing != b.thing and a.colour != b.colour and a.motion != b.motion:
            found.append(scene)
    return found


def exchanged(scene: world.Scene, names: tuple[str, ...]) -> str:
    """The caption of the scene with these of the words of its two things exchanged."""
    a, b = scene.objects
    pairs = [(a, {name: getattr(b, name) for name in names}), (b, {name: getattr(a, name) for name in names})]
    return world.caption(replace(scene, objects=[replace(o, **values) for o, values in pairs]))


@torch.no_grad()
def shares(model: Transformer, count: int) -> dict[str, list[float]]:
    """For each kind of exchange, at each of LEVELS: (error under it - error under the caption) / (under none - under the caption)."""
    config, scenes = model.config, scenes_of(count)
    true = world.render(scenes, config.frames, config.height, config.width) * 2 - 1  # (B, 3, F, H, W)
    noise = torch.randn(true.shape, generator=torch.Generator().manual_seed(0))

    def error(captions: list[str], t: float) -> float:
        tokens = torch.tensor([world.tokenize(caption, config.text_length, config.vocabulary) for caption in captions])
        total = 0.0
        for part in torch.arange(count).split(24):
            levels = torch.full_like(true[part, :1], t)
            with torch.autocast("cpu", torch.bfloat16, enabled=torch.cpu._is_avx512_bf16_supported()):
                guess: Tensor = model(mix(true[part], noise[part], levels), levels, tokens[part])
            total += float(((guess.float() - true[part]) ** 2).mean((1, 2, 3, 4)).sum())
        return total / count

    said, found = [world.caption(scene) for scene in scenes], {name: [] for name in EXCHANGED}
    for t in LEVELS:
        least, most = error(said, t), error([""] * count, t)
        for name, words in EXCHANGED.items():
            found[name].append((error([exchanged(scene, words) for scene in scenes], t) - least) / (most - least))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, nargs="+", required=True, help="exported folders")
    parser.add_argument("--clips", type=int, default=96, help="of two things each")
    args = parser.parse_args()
    keep_memory()
    for folder in args.model:
        print(f"{folder}, t = {', '.join(map(str, LEVELS))}")
        for name, values in shares(load_exported(folder)[0], args.clips).items():
            print(f"  {name:8} " + " ".join(f"{value:.3f}" for value in values))


if __name__ == "__main__":
    main()
