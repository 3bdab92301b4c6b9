"""Golden files for the decoder in TypeScript: what PyTorch computes, in float32, from fp16-rounded weights.

    python training/golden_decoder.py                           tests/golden/decoder-tiny/  of random weights
    python training/golden_decoder.py --model models/decoder    tests/golden/decoder.safetensors

A file holds inputs beside outputs: a clip (3, F, H, W), the words of its caption (L), and the drawn frames (F, 3, 4H, 4W).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from torch import Tensor

from snowglobe import world
from snowglobe.decoder import Decoder, DecoderConfig, bag_of, neighbours
from snowglobe.export import export_decoder, load_decoder, write_safetensors

GOLDEN = Path(__file__).resolve().parent.parent / "tests" / "golden"
PROMPT = "a small pink fish moving right slowly in the sea"


def tiny_decoder() -> Decoder:
    """Every size differs from every other, so that a swapped axis cannot pass; every weight is away from its start value."""
    config = DecoderConfig(
        near=3, detail=8, middle=12, context=20, fine=4, full=5, detail_depth=2, middle_depth=1, context_depth=2,
        vocabulary=len(world.VOCABULARY),
    )  # fmt: skip
    torch.manual_seed(1)
    generator = torch.Generator().manual_seed(1)
    decoder = Decoder(config)
    with torch.no_grad():
        for parameter in decoder.parameters():
            fan_in = parameter[0].numel() if parameter.ndim > 1 else 16
            parameter.normal_(0, fan_in**-0.5, generator=generator)
    return decoder


@torch.no_grad()
def frames_of(decoder: Decoder, clip: Tensor, tokens: list[int]) -> Tensor:
    """(3, F, H, W) -> (F, 3, 4H, 4W)"""
    near = neighbours(clip[None], decoder.config.near)[0]  # (F, 3 near, H, W)
    words = bag_of(torch.tensor([tokens]), decoder.config.vocabulary).expand(len(near), -1)
    return decoder(near, words)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, help="an exported decoder; without it, a tiny one is made anew")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    generator = torch.Generator().manual_seed(2)
    if arguments.model is None:
        folder, target = GOLDEN / "decoder-tiny", GOLDEN / "decoder-tiny" / "golden.safetensors"
        export_decoder(tiny_decoder(), folder, "decoder-tiny")
        clip = torch.randn(3, 5, 12, 16, generator=generator)
    else:
        folder, target = arguments.model, GOLDEN / f"{arguments.model.resolve().name}.safetensors"
        scene = world.sample_scene(world.Draw(7))
        clip = world.render([scene], 4)[0] * 2 - 1 + 0.05 * torch.randn(3, 4, 32, 32, generator=generator)
    decoder = load_decoder(folder)  # the weights as the browser will see them
    tokens = world.tokenize(PROMPT, 24)
    tensors = {"clip": clip, "tokens": torch.tensor(tokens).float(), "drawn": frames_of(decoder, clip, tokens)}
    write_safetensors(target, tensors, dtype="F32")
    print(f"{target}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
