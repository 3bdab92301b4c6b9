"""Export a trained run as models/<name>: weights, config, manifest, model card, and the early copies for the scaling
picture.

    python training/export_run.py runs/nano models/nano

The card's figures are read from the run's checkpoint and log; its words are in this file.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch

from snowglobe import world
from snowglobe.export import export
from snowglobe.model import ModelConfig, Transformer
from snowglobe.train import EVAL_LEVELS

CARD = """# {name}

A spacetime-patch diffusion transformer for clips of {frames} frames of {height} x {width} pixels, trained from nothing by
this project on its own little world. It shows how video models of Sora's kind work; it does not try to replace one.

| | |
|---|---|
| parameters | {parameters:,} ({megabytes:.1f} MB as fp16 safetensors) |
| architecture | {depth} blocks of width {dim}, {heads} heads, patches of {patch_frames} x {patch_size} x {patch_size} pixels ({tokens} tokens); `training/snowglobe/model.py` |
| data | the procedural world of `src/world/world.json`, drawn as it trains: no clip was seen twice, nothing was downloaded |
| seen in training | {clips:,} clips in {step:,} steps |
| compute | {minutes:.0f} minutes of training on {device} |
| prediction, loss | the clean clip (x); squared velocity error, 1 - t floored at 0.05 in the loss only |
| optimiser | Muon ({muon_lr}) on hidden matrices, AdamW ({adam_lr}) on the rest; linear decay over the last {decay:.0%} |
| weights | exponential moving average, decay {ema} |
| noise levels | half of the clips one level everywhere; the rest clean frames, clean regions, or a level a frame |
| text | closed vocabulary of {words} words, dropped for {text_drop:.0%} of the clips |
| licence | MIT, like the project |

## Error of the guess

Mean squared error on 64 fixed clips of the world at noise level t (0 noise, 1 clean), pixel values -1 .. 1:

| clips seen | {eval_head} |
|---|{eval_rule}|
{eval_rows}

Copies of the averaged weights along the way, each a model of its own:

| copy | clips seen | minutes of training | patch |
|---|---|---|---|
{copies}

{notes}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--device", default="two CPU cores", help="what it was trained on, in words, for the card")
    parser.add_argument("--notes", type=Path, help="Markdown for the end of the card: how to reproduce, scores, limits")
    args = parser.parse_args()

    # A run on a GPU that was given back has left no checkpoint, but its last copy says the same.
    last = next((args.run / name for name in ("checkpoint.pt", "ema-1-1.pt") if (args.run / name).exists()), None)
    if last is None:
        raise SystemExit(f"{args.run} holds neither checkpoint.pt nor ema-1-1.pt: name the folder that a run was given as --out")
    state = torch.load(last, map_location="cpu", weights_only=True)
    config = ModelConfig.from_dict(state["model_config"])
    model = Transformer(config)
    model.load_state_dict(state["average"])
    name, trained = state["name"], state["train_config"]
    words = world.VOCABULARY[: config.vocabulary]
    export(model, config, args.out, name, {"vocabulary": words})

    copies = []
    for label in ("1-32", "1-8", "1-2"):
        path = args.run / f"ema-{label}.pt"
        if path.exists():
            copy = torch.load(path, map_location="cpu", weights_only=True)
            copy_config = ModelConfig.from_dict(copy["model_config"])
            copy_model = Transformer(copy_config)
            copy_model.load_state_dict(copy["average"])
            export(copy_model, copy_config, args.out / "checkpoints" / label, f"{name}-{label}", {"vocabulary": words})
            patch = f"{copy_config.patch_frames} x {copy_config.patch_size} x {copy_config.patch_size}"
            copies.append(f"| `checkpoints/{label}` | {copy['clips']:,} | {copy['seconds'] / 60:.1f} | {patch} |")

    records = [json.loads(line) for line in (args.run / "log.jsonl").read_text().splitlines()]
    evals = [record for record in records if "eval" in record]
    shown = [evals[i] for i in sorted({round(k * (len(evals) - 1) / 5) for k in range(6)})] if evals else []
    rows = "\n".join(f"| {r['clips']:,} | " + " | ".join(f"{e:.4f}" for e in r["eval"]) + " |" for r in shown)
    minutes = state["seconds"] / 60
    card = CARD.format(
        **{**config.to_dict(), **trained, **state, "name": name},
        tokens=config.tokens,
        parameters=sum(p.numel() for p in model.parameters()),
        megabytes=(args.out / "model.safetensors").stat().st_size / 1e6,
        minutes=minutes,
        device=args.device,
        words=len(words),
        eval_head=" | ".join(f"t = {t}" for t in EVAL_LEVELS),
        eval_rule="|".join("---" for _ in EVAL_LEVELS),
        eval_rows=rows,
        copies="\n".join(copies),
        notes=args.notes.read_text().strip() if args.notes else "",
    )
    (args.out / "card.md").write_text(card.rstrip() + "\n")
    print(f"{args.out}: {model.__class__.__name__} after {state['clips']:,} clips, {minutes:.0f} min")


if __name__ == "__main__":
    main()
