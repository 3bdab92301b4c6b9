"""Writes tests/golden/noise.json: numbers that both noise sources must give to the last bit.

    PYTHONPATH=training python training/golden_noise.py
"""

import json
from pathlib import Path

import numpy as np

from snowglobe.noise import bits, normals, uniforms

KEYS = [(0, 0), (7, 0x636C6970), (4294967295, 4294967295), (123456789, 2)]
INDICES = [0, 1, 2, 1000003, 2**32 - 1, 2**32, 2**53 - 1]


def golden() -> dict:
    return {
        "bits": [
            {"seed": seed, "stream": stream, "index": index, "words": bits(seed, stream, np.array([index]))[0].tolist()}
            for seed, stream in KEYS
            for index in INDICES
        ],
        "streams": [
            {
                "seed": seed,
                "stream": stream,
                "uniforms": uniforms(seed, stream, 33).tolist(),
                "normals": normals(seed, stream, 131).astype(float).tolist(),
                # every one of a whole clip's numbers, as the sum of their bit patterns modulo 2^32
                "clip": int(normals(seed, stream, 3 * 16 * 32 * 32).view(np.uint32).sum(dtype=np.uint32)),
            }
            for seed, stream in KEYS
        ],
    }


if __name__ == "__main__":
    path = Path(__file__).parent.parent / "tests/golden/noise.json"
    path.write_text(json.dumps(golden(), indent=1) + "\n")
    print(path)
