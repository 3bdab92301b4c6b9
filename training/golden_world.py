"""Write tests/golden/world.json: scenes, captions and tokens as Python sees them, for the TypeScript twin to repeat.

    python training/golden_world.py

Clips are kept as 8-bit pixels of three frames a scene, base64. The scenes cover every word of the vocabulary.
"""

import base64
import json
from pathlib import Path

import torch

from snowglobe import world

SCENES, FRAMES_KEPT = 96, (0, 7, 15)


def main() -> None:
    cases, words = [], set()
    for seed in range(SCENES):
        draw = world.Draw(seed)
        scene = world.sample_scene(draw, holes=seed % 3 == 0)
        caption = world.caption(scene, draw)
        height, width = ((32, 32), (64, 64), (24, 40))[0 if seed % 8 else 1 + (seed // 8) % 2]
        clip = world.render([scene], height=height, width=width, dtype=torch.float64)[0]  # (3, F, H, W)
        kept = (clip[:, list(FRAMES_KEPT)] * 255).round().to(torch.uint8)
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
                "tokens": world.tokenize(caption, 28),
                "height": height,
                "width": width,
                "pixels": base64.b64encode(kept.numpy().tobytes()).decode(),
            }
        )
    missing = [word for i, word in enumerate(world.VOCABULARY) if i not in words]
    if missing:
        raise SystemExit(f"the golden scenes do not say {missing}; draw more of them")
    path = Path(__file__).resolve().parents[1] / "tests" / "golden" / "world.json"
    path.write_text(json.dumps({"frames": FRAMES_KEPT, "cases": cases}, indent=0) + "\n")
    print(f"{len(cases)} scenes, {path.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
