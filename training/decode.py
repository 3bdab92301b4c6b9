"""Draw a folder of clips large with the decoder, into another folder that `npm run evaluate -- --clips` judges.

    python training/decode.py CLIPS DECODED --size 64 --decoder models/decoder

CLIPS is a finished folder of training/sample.py or `npm run evaluate`, of clips as the transformer made them. DECODED has
the same prompts, seeds, scenes and given frames; its clips are what the decoder draws, four times as high and wide
(--size 128, of clips of 32 x 32), or that reduced by means of 2 x 2 (--size 64), which is what the reader was proved on.
A stopped command goes on from there, and ends with the same bytes.

What it is: the second stage for the clips that are judged; clips.json gets a "decoder", with its folder and sha256.
What it is not: a judge, or a sampler.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import json
import sys
import time
import zlib
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from sample import ROOT, fingerprint, pack, to_bytes, write_about
from snowglobe import world
from snowglobe.decoder import FACTOR, Decoder, bag_of, neighbours
from snowglobe.export import load_decoder

REDUCED = {128: 1, 64: 2}  # by --size: how much smaller than what the decoder draws


@torch.no_grad()
def decode(decoder: Decoder, clip: Tensor, prompt: str) -> Tensor:
    """(3, F, H, W) of a guess or a finished clip, -1 .. 1 -> (3, F, 4H, 4W), -1 .. 1."""
    near = neighbours(clip[None], decoder.config.near)[0]  # (F, 3 near, H, W)
    tokens = torch.tensor([world.tokenize(prompt, 64)], device=clip.device)  # (1, L)
    words = bag_of(tokens, decoder.config.vocabulary).expand(len(near), -1)  # (F, V)
    return decoder(near, words).float().clamp(-1, 1).transpose(0, 1)  # (3, F, 4H, 4W)


def read_clips(folder: Path) -> tuple[dict, bytes]:
    """clips.json and the bytes of a finished folder. Exits with a sentence where it is none."""
    if not (folder / "clips.json").exists():
        raise SystemExit(f"there is no clips.json in {folder}: draw clips with training/sample.py")
    about = json.loads((folder / "clips.json").read_text(encoding="utf-8"))
    if "decoder" in about:
        raise SystemExit(f"{folder} holds clips that a decoder drew: give the folder that they were drawn from")
    packed, plain, wanted = folder / "clips.bin.gz", folder / "clips.bin", len(about["items"])
    if not packed.exists() and not plain.exists():
        raise SystemExit(f"{folder} is not finished: give the command again that draws its {wanted} clips")
    try:
        data = gzip.decompress(packed.read_bytes()) if packed.exists() else plain.read_bytes()
    except (OSError, EOFError, zlib.error):
        raise SystemExit(f"{packed} is damaged: delete it, and draw its clips again") from None
    shape = about["shape"]
    size = 3 * shape["frames"] * shape["height"] * shape["width"]
    if len(data) != wanted * size:
        raise SystemExit(f"{folder} holds {len(data)} bytes where {wanted} clips of {size} belong: draw them again")
    if shape["height"] % FACTOR or shape["width"] % FACTOR:
        raise SystemExit(f"{folder} holds clips of {shape['height']} x {shape['width']}: the decoder draws multiples of {FACTOR}")
    return about, data


def prepare(out: Path, about: dict, decoder: Path, size: int, bf16: bool) -> dict:
    """clips.json of the folder to write. One that is there must ask for the same clips."""
    scale = FACTOR // REDUCED[size]
    large = {key: about["shape"][key] * scale for key in ("height", "width")}
    inside = decoder.resolve()
    inside = inside.relative_to(ROOT) if inside.is_relative_to(ROOT) else inside
    drawn = {"folder": inside.as_posix(), "sha256": fingerprint(decoder), "bf16": bf16}
    wanted = {**about, "shape": {**about["shape"], **large}, "decoder": drawn}
    out.mkdir(parents=True, exist_ok=True)
    if (out / "clips.json").exists():
        if json.loads((out / "clips.json").read_text(encoding="utf-8")) != wanted:
            raise SystemExit(f"{out} holds other clips, or those of another decoder or size: choose another folder")
    else:
        write_about(out, wanted)
    return wanted


def fill(out: Path, about: dict, data: bytes, decoder: Decoder, size: int, device: str, bf16: bool) -> None:
    """Draws the clips that are missing. A clip at a time: where it was stopped makes no difference to any."""
    if (out / "clips.bin.gz").exists():
        print(f"{out}: all {len(about['items'])} clips are there", file=sys.stderr)
        return
    frames, height, width = (about["shape"][key] for key in ("frames", "height", "width"))
    reduced = REDUCED[size]
    small = 3, frames, height * reduced // FACTOR, width * reduced // FACTOR
    clips = torch.frombuffer(bytearray(data), dtype=torch.uint8).view(-1, *small)  # (N, 3, F, H, W)
    part, one = out / "clips.part", 3 * frames * height * width
    done = part.stat().st_size // one if part.exists() else 0
    lower = torch.autocast(torch.device(device).type, torch.bfloat16) if bf16 else contextlib.nullcontext()
    start, first, said = time.monotonic(), done, 0.0
    with open(part, "ab") as file:
        file.truncate(done * one)
        for done, (clip, item) in enumerate(zip(clips[first:], about["items"][first:]), first + 1):
            with lower:
                drawn = decode(decoder, clip.to(device).float() / 127.5 - 1, item["prompt"])  # (3, F, 4H, 4W)
            if not torch.isfinite(drawn).all():
                raise SystemExit(f"the decoder drew numbers that are not finite, for clip {done - 1}")
            file.write(to_bytes(F.avg_pool2d(drawn, reduced)))
            file.flush()
            spent = time.monotonic() - start
            if spent - said > 2 or done == len(clips):
                said = spent
                left = spent / (done - first) * (len(clips) - done)
                print(f"{out.name}: {done}/{len(clips)} clips, {left:.0f} s left", file=sys.stderr, flush=True)
    pack(out, part)


def open_decoder(folder: Path) -> Decoder:
    """Exits with a sentence where the folder holds none."""
    try:
        return load_decoder(folder)
    except (OSError, KeyError, ValueError, RuntimeError):
        raise SystemExit(f"there is no decoder in {folder}: name a folder that export_decoder wrote") from None


def main(given: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clips", type=Path, help="a finished folder of clips as the transformer made them")
    parser.add_argument("out", type=Path, help="the folder to write")
    parser.add_argument("--size", type=int, choices=sorted(REDUCED), default=128, help="of the clips, where they are 32 x 32 now (128)")
    parser.add_argument("--decoder", type=Path, default=ROOT / "models/decoder", help="an exported folder (models/decoder)")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--fp32", action="store_true", help="full precision, where the device could do bf16")
    parser.add_argument("--threads", type=int, default=1, help="CPU threads")
    args = parser.parse_args(given)
    torch.set_num_threads(args.threads)
    has_bf16 = torch.cuda.is_bf16_supported() if args.device.startswith("cuda") else torch.cpu._is_avx512_bf16_supported()
    bf16 = has_bf16 and not args.fp32
    if args.out.resolve() == args.clips.resolve():
        raise SystemExit("the decoded clips need a folder of their own: choose another one to write")
    about, data = read_clips(args.clips)
    decoder = open_decoder(args.decoder).to(args.device)
    wanted = prepare(args.out, about, args.decoder, args.size, bf16)
    fill(args.out, wanted, data, decoder, args.size, args.device, bf16)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        raise SystemExit("stopped: the same command goes on from here") from None
