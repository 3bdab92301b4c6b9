"""How near an exported decoder comes to the renderer, and what the words of the caption are worth to it.

    PYTHONPATH=training python training/judge_decoder.py --decoder models/decoder --transformer models/nano

PSNR in dB on the frames that every training run is judged on (train_decoder.Judge): true clips, one-step guesses, sampled
clips, guided guesses of the first steps. Four ways: the bilinear enlargement, the decoder with the frame's own caption, with none, and with that of another
clip. A decoder that only draws must lose little by wrong words, and nothing below the enlargement.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch
import torch.nn.functional as F

from snowglobe.decoder import FACTOR, bag_of
from snowglobe.export import load_decoder, load_exported
from snowglobe.train_decoder import Judge, psnr, wide

WAYS = ("bilinear", "own words", "no words", "other words")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--decoder", type=Path, required=True)
    parser.add_argument("--transformer", type=Path, required=True)
    args = parser.parse_args()
    decoder = load_decoder(args.decoder)
    middle = 3 * (decoder.config.near // 2)
    figures = {}
    for kind, pairs in Judge(load_exported(args.transformer)[0], decoder.config.near).sets.items():
        own = bag_of(pairs.tokens, decoder.config.vocabulary)  # (N, V)
        none = torch.zeros_like(own)
        none[:, 1] = 1  # <start>, as an empty caption has it
        other = own.roll(len(own) // 2, 0)
        drawn = {"bilinear": F.interpolate(pairs.near[:, middle : middle + 3], scale_factor=FACTOR, mode="bilinear")}
        with torch.no_grad():
            for way, words in zip(WAYS[1:], (own, none, other)):
                drawn[way] = torch.cat([decoder(*part) for part in zip(pairs.near.split(64), words.split(64))])
        figures[kind] = {way: round(psnr(picture, wide(pairs)), 2) for way, picture in drawn.items()}
        print(f"{kind:8}", "  ".join(f"{way} {figures[kind][way]:.2f}" for way in WAYS))
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
