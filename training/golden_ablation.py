"""Golden files for what a network does without (src/model/ablation.ts): guesses of the tiny model, as PyTorch computes them.

    python training/golden_ablation.py    tests/golden/model-tiny/ablation.safetensors

float32, from the fp16-rounded weights. Inputs lie beside outputs; of each guess two frames are kept. Names of the outputs are
ablations as a link has them; "" is the whole network.
"""

from __future__ import annotations

import torch

from golden_model import GOLDEN, level_maps, prompt_rows
from snowglobe import ablation
from snowglobe.export import load_exported, write_safetensors

PROMPT = "a small red ball bouncing at night"
CASES = ["", "time", "space", "words.0", "words.1", "block.0", "block.1", "head.0.1", "shuffle.5", "key.red.300", "key.ball.0"]
CASES += ["vector.red.red.blue.50", "vector.ball.red.star.150"]
CASES.append("time_words.1_head.0.0_shuffle.9_key.red.200_key.red.50_key.night.150")
FRAMES = slice(2, 4)


@torch.no_grad()
def main() -> None:
    torch.set_num_threads(1)
    model, settings = load_exported(GOLDEN / "model-tiny")
    config = model.config
    tokens = prompt_rows(config, PROMPT, settings["vocabulary"])  # (2, L)
    x = torch.randn(3, config.frames, config.height, config.width, generator=torch.Generator().manual_seed(4))
    levels = level_maps(config)["mixed"]
    tensors = {"tokens": tokens.float(), "x": x, "levels": levels}
    for case in CASES:
        rows = x.expand(len(tokens), *x.shape), levels.expand(len(tokens), 1, *levels.shape), tokens
        tensors[f"guess.{case}"] = model(*rows, ablation.read(case))[:, :, FRAMES]  # (2, 3, 2, H, W)
    target = GOLDEN / "model-tiny" / "ablation.safetensors"
    write_safetensors(target, tensors, dtype="F32")
    print(f"{target}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
