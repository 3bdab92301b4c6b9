"""Write tests/golden/world.json: scenes, captions and tokens as Python sees them, for the TypeScript twin to repeat.

    python training/golden_world.py

Clips are kept as 8-bit pixels of three frames a scene, base64. The first scenes are those of one or two things; then
scenes of every plot, in clips of other lengths and widths, too. Together they say every word of the vocabulary.
"""

import base64
import json
from pathlib import Path

import torch

from snowglobe import world

SCENES, OF_A_PLOT = 96, 5
SHAPES = ((16, 32, 32), (8, 24, 40), (24, 40, 24), (16, 32, 32), (16, 48, 48))  # of the scenes of a plot, one after another


def main() -> None:
    cases, words = [], set()
    for seed in range(SCENES + OF_A_PLOT * len(world.PLOTS)):
        plot = None if seed < SCENES else world.PLOTS[(seed - SCENES) // OF_A_PLOT]
        frames, height, width = 16, *((32, 32), (64, 64), (24, 40))[0 if seed % 8 else 1 + (seed // 8) % 2]
        if plot:
            frames, height, width = SHAPES[(seed - SCENES) % OF_A_PLOT]
        draw = world.Draw(seed)
        scene = world.sample_scene(draw, holes=seed % 3 == 0, plot=plot, frames=frames)
        caption = world.caption(scene, draw)
        clip = world.render([scene], frames, height, width, dtype=torch.float64)[0]  # (3, F, H, W)
        kept = (clip[:, [0, frames // 2 - 1, frames - 1]] * 255).round().to(torch.uint8)
        full = world.caption(scene)
        words.update(world.tokenize(caption, 32) + world.tokenize(full, 32))
        cases.append(
            {
                "seed": seed,
                "holes": seed % 3 == 0,
                "scene": scene.to_dict(),
                "in_hole": world.in_hole(scene),
                "caption": caption,
                "full_caption": full,
                "tokens": world.tokenize(caption, 32 if plot else 28),
                **({"plot": plot, "frames": frames} if plot else {}),
                "height": height,
                "width": width,
                "pixels": base64.b64encode(kept.numpy().tobytes()).decode(),
            }
        )
    missing = [word for i, word in enumerate(world.VOCABULARY) if i not in words]
    if missing:
        raise SystemExit(f"the golden scenes do not say {missing}; draw more of them")
    path = Path(__file__).resolve().parents[1] / "tests" / "golden" / "world.json"
    path.write_text(json.dumps({"frames": [0, 7, 15], "cases": cases}, indent=0) + "\n")
    print(f"{len(cases)} scenes, {path.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
