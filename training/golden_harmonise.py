"""Writes tests/golden/harmonise.json: small clips with given pixels, and what harmonising makes of them.

    PYTHONPATH=training python training/golden_harmonise.py
"""

import json
from pathlib import Path

import torch

from snowglobe.sampling import Known, harmonised

SHAPE = (6, 4, 4)  # frames, height, width
GIVEN = {"forward": [0, 1], "backward": [5], "gap": [0, 4, 5], "none": []}


def golden() -> dict:
    generator = torch.Generator().manual_seed(3)
    cases = []
    for name, frames in GIVEN.items():
        still = torch.rand(1, 3, 1, *SHAPE[1:], generator=generator) * 1.6 - 0.8
        # Some pixels stray by less than the threshold, some by more.
        clip = still + 0.5 * (torch.rand(1, 3, *SHAPE, generator=generator) - 0.5)
        mask = torch.zeros(1, 1, *SHAPE, dtype=torch.bool)
        mask[:, :, frames] = True
        mask[:, :, :, 3] = False  # and one row of which nothing is given
        result = harmonised(clip, Known(clip, mask))
        cases.append({"name": name, **{key: value.flatten().tolist() for key, value in (("clip", clip), ("mask", mask.int()), ("result", result))}})
    return {"shape": SHAPE, "cases": cases}


if __name__ == "__main__":
    path = Path(__file__).parent.parent / "tests/golden/harmonise.json"
    path.write_text(json.dumps(golden()) + "\n")
    print(path)
