"""How much of a patch fits into a token? Mean squared error that is left when patches of the world's clips are kept by
their best r linear numbers (principal components), for several patch shapes.

    python training/patch_rank.py
"""

import random

import torch

from snowglobe import world
from snowglobe.model import ModelConfig, patchify

RANKS = (64, 128, 192, 256)


def main() -> None:
    rng = random.Random(3)
    clips = torch.cat([world.render([world.sample_scene(rng.random) for _ in range(64)]) * 2 - 1 for _ in range(12)])
    print("patch      numbers  " + "  ".join(f"r={rank:<5}" for rank in RANKS))
    for frames, size in ((4, 8), (2, 8), (4, 4), (2, 4)):
        patches = patchify(clips, ModelConfig(patch_frames=frames, patch_size=size)).flatten(0, 1)
        patches = patches[torch.randperm(len(patches), generator=torch.Generator().manual_seed(0))[:40_000]]
        patches = patches - patches.mean(0)
        spectrum = torch.linalg.eigvalsh(patches.T @ patches / len(patches)).flip(0)
        left = [f"{spectrum[rank:].sum() / len(spectrum):.5f}" if rank < len(spectrum) else "-      " for rank in RANKS]
        print(f"{frames} x {size} x {size}  {len(spectrum):7d}  " + "  ".join(left))


if __name__ == "__main__":
    main()
