"""Go on from a checkpoint with patches of half as many frames (progressive growing): coarse tokens learn what is
where at twice the clips a second, finer ones then learn how it moves and where its edges are.

    python training/grow.py runs/nano-coarse training/configs/nano.toml runs/nano

What becomes of the weights says snowglobe/growing.py; `train.py --start` grows an exported model by the same. Optimisers
start afresh.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import torch

from snowglobe.growing import grown
from snowglobe.model import ModelConfig, Transformer
from snowglobe.optim import make_optimizers
from snowglobe.train import load_config, save


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
        state[key] = grown(state[key], old, config)
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
