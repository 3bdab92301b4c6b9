"""Prepare the sets of one thing that the card tells of beside full captions: short prompts, held-out pairs, other lengths.

    python training/plan_sets.py --model models/mini --out sets
    python training/sample.py --fill sets/*
    npm run evaluate -- --clips sets --out report/sets

Writes four folders of the suite "sets" (src/evaluation/sets.ts), each with clips.json alone: fragments, a phrase or two
("something red", "at night"); holes, pairs of words that training leaves out; long and short, clips of 24 and 8 frames.
What it is not: a judge, and no sampler.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from sample import ROOT, fingerprint, write_about
from snowglobe import world

SEEDS = {"holes": 8_000_000, "fragments": 8_100_000, "short": 8_200_000, "long": 8_300_000}  # of the first prompt
FRAMES = {"short": 8, "long": 24}


def items_of(name: str, count: int) -> list[dict]:
    """Prompts of scenes of one thing before a standing camera, each with its seed: seeds count on, and those are left out
    whose scene is none for the set."""
    items, seed = [], SEEDS[name]
    while len(items) < count:
        draw = world.Draw(seed)
        scene = world.sample_scene(draw, objects=1, holes=name == "holes", frames=FRAMES.get(name, 16))
        scene.camera = "stands"
        if name != "holes" or world.in_hole(scene):
            prompt = world.fragment(scene, draw) if name == "fragments" else world.caption(scene)
            items.append({"prompt": prompt, "seed": seed, "group": name})
        seed += 1
    return items


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=ROOT / "models/mini", help="an exported folder")
    parser.add_argument("--count", type=int, default=96, help="clips of each set")
    parser.add_argument("--restarts", type=int, default=4)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    settings = json.loads((args.model / "config.json").read_text(encoding="utf-8"))
    size = settings["model"]
    for name in SEEDS:
        about = {
            "suite": "sets",
            "shape": {"frames": FRAMES.get(name, size["frames"]), "height": size["height"], "width": size["width"]},
            "items": items_of(name, args.count),
            "settings": {
                "steps": 24, "sampler": "multistep", "guidance": {"scale": 2, "from": 0, "to": 1}, "shift": 1, "eta": 1,
                "restarts": args.restarts,
            },
            "model": {"name": settings["name"], "sha256": fingerprint(args.model), "folder": str(args.model.resolve())},
        }  # fmt: skip
        (args.out / name).mkdir(parents=True, exist_ok=True)
        write_about(args.out / name, about)


if __name__ == "__main__":
    main()
