"""Export a trained decoder as models/decoder: weights, config, manifest, card.

    PYTHONPATH=training python training/export_decoder.py runs/decoder models/decoder --notes training/cards/decoder.md

The card is cards/decoder-template.md, filled from the run's checkpoint and log; the notes are Markdown for its end. A run
that went on from an exported decoder names what came before it: --earlier FRAMES MINUTES. --mean-with FOLDER takes the mean of its
weights and of that exported decoder, from which it went on (a soup; Wortsman et al. 2022).
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch

from snowglobe.decoder import FACTOR, Decoder, DecoderConfig, decoder_flops
from snowglobe.export import export_decoder, load_decoder
from snowglobe.pairs import KINDS, LEVELS
from snowglobe.train_decoder import EVAL_LEVELS, JUDGED, DecoderTraining

TEMPLATE = Path(__file__).resolve().parent / "cards" / "decoder-template.md"
SIDE = 32  # of the clips that it is trained on


def row_of(frames: int, psnr: dict[str, list[float]]) -> str:
    cells = [f"{value:.2f}" for kind in ("true", "guess", "sampled") for value in (psnr[kind][1], psnr[kind][0], psnr[kind][0] - psnr[kind][1])]
    return f"| {frames:,} | " + " | ".join(cells) + " |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--device", default="two CPU cores", help="what it was trained on, in words")
    parser.add_argument("--notes", type=Path, help="Markdown for the end of the card")
    parser.add_argument("--earlier", type=float, nargs=2, default=(0, 0), metavar=("FRAMES", "MINUTES"), help="of the stretches before")
    parser.add_argument("--mean-with", type=Path, help="an exported decoder, half of each weight")
    args = parser.parse_args()
    checkpoint = args.run / "checkpoint.pt"
    if not checkpoint.exists():
        raise SystemExit(f"{args.run} holds no checkpoint.pt: name the folder that a run was given as --out")
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    config, training = DecoderConfig.from_dict(state["config"]), DecoderTraining(**state["training"])
    decoder = Decoder(config)
    weights = state["average"]
    if args.mean_with:
        other = load_decoder(args.mean_with).state_dict()
        weights = {name: (value + other[name]) / 2 for name, value in weights.items()}
    decoder.load_state_dict(weights)
    export_decoder(decoder, args.out, "decoder")

    records = [json.loads(line) for line in (args.run / "log.jsonl").read_text().splitlines()]
    judged = [record for record in records if "psnr" in record]
    shown = [judged[i] for i in sorted({round(k * (len(judged) - 1) / 5) for k in range(6)})] if judged else []
    frames, minutes = args.earlier
    card = TEMPLATE.read_text(encoding="utf-8").format(
        **config.to_dict(),
        name="decoder",
        height=SIDE,
        width=SIDE,
        large_height=FACTOR * SIDE,
        large_width=FACTOR * SIDE,
        parameters=sum(p.numel() for p in decoder.parameters()),
        megabytes=(args.out / "model.safetensors").stat().st_size / 1e6,
        mflop=decoder_flops(config) / 1e6,
        transformer=state["transformer"],
        kinds=", ".join(
            f"{share:.0%} {what}"
            for share, what in (
                (KINDS["true"], "true clips"),
                (KINDS["guess"], "one-step guesses at t = {} to {}".format(*LEVELS["guess"])),
                (KINDS["sampled"], "sampled from t = {} to {} to the end".format(*LEVELS["sampled"])),
            )
        ),
        seen=f"{int(frames) + state['frames']:,} frames, each read {training.reads:g} times on average",
        compute=f"{minutes + state['seconds'] / 60:.0f} minutes of training on {args.device}",
        edges=training.edges,
        small=training.small,
        optimiser=f"Muon ({training.muon_lr}) on the hidden convolutions, AdamW ({training.adam_lr}) on the rest",
        decay=training.decay,
        ema=training.ema,
        judged=JUDGED,
        levels=", ".join(map(str, EVAL_LEVELS)),
        begin="{} to {}".format(*LEVELS["sampled"]),
        rows="\n".join(row_of(int(frames) + record["frames"], record["psnr"]) for record in shown),
        notes=args.notes.read_text(encoding="utf-8").strip() if args.notes else "",
    )
    (args.out / "card.md").write_text(card.rstrip() + "\n", encoding="utf-8")
    print(f"{args.out}: decoder after {int(frames) + state['frames']:,} frames, {minutes + state['seconds'] / 60:.0f} min")


if __name__ == "__main__":
    main()
