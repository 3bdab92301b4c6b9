"""Go on from a checkpoint with patches of half as many frames (progressive growing): coarse tokens learn what is
where at twice the clips a second, finer ones then learn how it moves and where its edges are.

    python training/grow.py runs/nano-coarse training/configs/nano.toml runs/nano

Blocks, words and times carry over as they are. A finer patch reads with the sum, and draws with the mean, of what the
coarse patch had for its two halves; further rows of the bottleneck start at zero effect. Optimisers start afresh.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import torch
from torch import Tensor

from snowglobe.model import ModelConfig, Transformer
from snowglobe.optim import make_optimizers
from snowglobe.train import load_config, save


def grow(weights: dict[str, Tensor], old: ModelConfig, new: ModelConfig) -> dict[str, Tensor]:
    """The weights of a model with `new.patch_frames` = `old.patch_frames` / 2, from those of the old one."""
    if new.patch_frames * 2 != old.patch_frames or new.patch_size != old.patch_size:
        raise ValueError("a grown model has patches of half as many frames and the same size")
    grown = Transformer(new).state_dict()
    pixels = old.patch_size**2
    for name, weight in weights.items():
        if name == "embed_down.weight":  # (bottleneck, 4 * frames * pixels)
            halves = weight.reshape(old.bottleneck, 4, 2, new.patch_frames, pixels)
            grown[name][: old.bottleneck] = halves.sum(2).reshape(old.bottleneck, -1)
        elif name == "embed_up.weight":  # (dim, bottleneck)
            grown[name] = torch.cat([weight, weight.new_zeros(new.dim, new.bottleneck - old.bottleneck)], dim=1)
        elif name == "head.outer.weight":  # (3 * frames * pixels, mlp_dim)
            halves = weight.reshape(3, 2, new.patch_frames, pixels, old.mlp_dim)
            grown[name] = halves.mean(1).reshape(-1, old.mlp_dim)
        else:
            grown[name] = weight
    return grown


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("coarse", type=Path, help="folder of the run to go on from")
    parser.add_argument("config", type=Path, help="config of the finer model")
    parser.add_argument("out", type=Path, help="folder of the run that goes on")
    args = parser.parse_args()
    _, config, train_config = load_config(args.config)
    state = torch.load(args.coarse / "checkpoint.pt", map_location="cpu", weights_only=True)
    old = ModelConfig.from_dict(state["model_config"])
    for key in ("model", "average"):
        state[key] = grow(state[key], old, config)
    model = Transformer(config)
    optimizers = make_optimizers(model, train_config.muon_lr, train_config.adam_lr)
    state["optimizers"] = [optimizer.state_dict() for optimizer in optimizers]
    state["model_config"] = config.to_dict()
    args.out.mkdir(parents=True, exist_ok=True)
    for file in [args.coarse / "log.jsonl", *args.coarse.glob("ema-*.pt")]:  # the run's history goes along
        shutil.copy2(file, args.out)
    save(args.out / "checkpoint.pt", state)


if __name__ == "__main__":
    main()
