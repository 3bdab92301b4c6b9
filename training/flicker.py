"""How much of a film flickers that should not: the transformer's frames enlarged smoothly, against the decoder's.

    python training/flicker.py --transformer models/nano --decoder models/decoder --clips 64

True scenes of one thing that stands still or moves evenly before a standing camera are made noisy to a level t, the
transformer samples the rest of the way, and both ways of drawing its clips large are held against what the renderer draws
at that size. Two figures, black to white being 1:

- backdrop: the mean absolute difference between successive frames, where nothing but the backdrop ever is: the pixels that
  the true thing never comes nearer to than MARGIN pixels, for a thing drawn a little off its place is no flicker;
- outline: the same of the error (frame minus truth), within BAND pixels of the true outline, so that true motion does not
  count.

What it is: two averages over pixels whose truth is known, printed as a table and, after it, as a line of JSON.
What it is not: a reader (`npm run evaluate` has a flicker of its own, of what it takes for the backdrop), or a judge of
what a clip shows.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from decode import decode, open_decoder
from sample import ROOT, fingerprint
from snowglobe import world
from snowglobe.decoder import FACTOR, Decoder
from snowglobe.export import load_exported
from snowglobe.model import Transformer
from snowglobe.pairs import believed
from snowglobe.sampling import starting_noise

BAND = 3  # pixels on either side of the outline, of those that are drawn large
MARGIN = 8  # two pixels of the transformer's
LEVEL, STEPS, GUIDANCE = 0.5, 12, 2.0
STEADY = [name for name, law in world.WORLD["motions"].items() if law["law"] in ("rest", "uniform")]
WAYS = ("enlarged", "decoded")


def steady_scenes(count: int, seed: int) -> list[world.Scene]:
    """Scenes of one thing that rests or moves evenly, the camera standing."""
    scenes = []
    draw = world.Draw(seed)
    while len(scenes) < count:
        scene = world.sample_scene(draw, objects=1)
        if scene.objects[0].motion in STEADY:
            scene.camera = "stands"
            scenes.append(scene)
    return scenes


def cover_of(scenes: list[world.Scene], frames: int, height: int, width: int) -> Tensor:
    """(B, F, H, W) how much of each pixel the first thing covers, 0 .. 1: what it takes away from white, but not from black."""
    batch, look = world.pack(scenes), world.looks(torch.device("cpu"), torch.float32)
    n = torch.arange(frames, dtype=torch.float32).expand(len(scenes), -1)  # (B, F)
    window = world.Window(batch["camera"], n, frames, height, width, look)
    ground = torch.zeros(len(scenes), frames, 3, height, width)
    black, white = (world.draw_object(ground + value, batch, 0, window, n, frames, look) for value in (0, 1))
    return 1 - (white - black)[:, :, 0]  # (B, F, H, W)


def near(mask: Tensor, pixels: int) -> Tensor:
    """(B, F, H, W) bool: where the mask is at most so many pixels away, in either direction."""
    return F.max_pool2d(mask.float(), 2 * pixels + 1, 1, pixels) > 0


def backdrop_of(cover: Tensor, margin: int = MARGIN) -> Tensor:
    """(B, H, W) bool: the pixels that the thing never comes near. cover: (B, F, H, W)"""
    return ~near((cover > 0).any(1, keepdim=True), margin)[:, 0]


def outline_of(cover: Tensor, band: int = BAND) -> Tensor:
    """(B, F, H, W) bool: within the band on either side of the thing's outline. The edge of the picture is none."""
    inside = cover > 0.5
    return near(inside, band) & near(~inside, band)


def backdrop_flicker(clip: Tensor, backdrop: Tensor) -> Tensor:
    """(B,): mean absolute difference between successive frames of a clip (B, 3, F, H, W, 0 .. 1) on the backdrop (B, H, W)."""
    change = clip.diff(dim=2).abs().mean((1, 2))  # (B, H, W)
    return (change * backdrop).sum((1, 2)) / backdrop.sum((1, 2)).clamp(min=1)


def outline_flicker(clip: Tensor, truth: Tensor, outline: Tensor) -> Tensor:
    """(B,): the same of clip minus truth, on the outline (B, F, H, W) of either of the two frames."""
    change = (clip - truth).diff(dim=2).abs().mean(1)  # (B, F-1, H, W)
    where = outline[:, 1:] | outline[:, :-1]  # (B, F-1, H, W)
    return (change * where).sum((1, 2, 3)) / where.sum((1, 2, 3)).clamp(min=1)


def measure(model: Transformer, decoder: Decoder, scenes: list[world.Scene], seeds: list[int]) -> dict[str, dict[str, Tensor]]:
    """For each figure and each of WAYS, the flicker of each clip: (B,). seeds: of the noise of each."""
    config = model.config
    captions = [world.caption(scene) for scene in scenes]
    tokens = torch.tensor([world.tokenize(text, config.text_length, config.vocabulary) for text in captions])
    small = world.render(scenes, config.frames, config.height, config.width) * 2 - 1  # (B, 3, F, H, W)
    noise = starting_noise(seeds, tuple(small.shape[1:]))
    with torch.autocast("cpu", torch.bfloat16, enabled=torch.cpu._is_avx512_bf16_supported()):
        clips = believed(model, small, tokens, noise, torch.full((len(scenes),), LEVEL), STEPS, GUIDANCE).clamp(-1, 1)
    size = config.frames, FACTOR * config.height, FACTOR * config.width
    truth, cover = world.render(scenes, *size), cover_of(scenes, *size)
    enlarged = F.interpolate(clips.transpose(1, 2).flatten(0, 1), scale_factor=FACTOR, mode="bilinear")
    enlarged = enlarged.unflatten(0, (len(scenes), -1)).transpose(1, 2)  # (B, 3, F, 4H, 4W)
    decoded = torch.stack([decode(decoder, clip, text) for clip, text in zip(clips, captions)])  # (B, 3, F, 4H, 4W)
    backdrop, outline = backdrop_of(cover), outline_of(cover)
    films = {way: (film + 1) / 2 for way, film in zip(WAYS, (enlarged, decoded))}
    return {
        "backdrop": {way: backdrop_flicker(film, backdrop) for way, film in films.items()},
        "outline": {way: outline_flicker(film, truth, outline) for way, film in films.items()},
    }


def summary(figures: dict[str, dict[str, Tensor]]) -> dict:
    """Means over the clips; the change of the mean and a 95 % interval of it (bootstrap, clip by clip); in how many it is less."""
    result = {}
    for name, ways in figures.items():
        before, after = (ways[way] for way in WAYS)
        rng = random.Random(0)
        draws = [[rng.randrange(len(before)) for _ in before] for _ in range(1000)]
        changes = sorted(float(after[at].mean() / before[at].mean().clamp(min=1e-9) - 1) for at in map(torch.tensor, draws))
        result[name] = {
            **{way: round(float(ways[way].mean()), 6) for way in WAYS},
            "change": round(float(after.mean() / before.mean().clamp(min=1e-9) - 1), 4),
            "interval": [round(changes[25], 4), round(changes[974], 4)],
            "less in": int((after < before).sum()),
        }
    return result


def main(given: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--transformer", type=Path, default=ROOT / "models/nano", help="an exported folder (models/nano)")
    parser.add_argument("--decoder", type=Path, default=ROOT / "models/decoder", help="an exported folder (models/decoder)")
    parser.add_argument("--clips", type=int, default=64)
    parser.add_argument("--seed", type=int, default=5_000_000, help="of the scenes")
    parser.add_argument("--batch", type=int, default=8, help="clips at once")
    parser.add_argument("--threads", type=int, default=1, help="CPU threads")
    args = parser.parse_args(given)
    if args.clips < 1 or args.batch < 1:
        raise SystemExit("there is nothing to measure: set --clips and --batch to at least 1")
    torch.set_num_threads(args.threads)
    decoder, (model, _) = open_decoder(args.decoder), load_exported(args.transformer)
    scenes, parts = steady_scenes(args.clips, args.seed), []
    for first in range(0, len(scenes), args.batch):
        some = scenes[first : first + args.batch]
        parts.append(measure(model, decoder, some, [args.seed + first + i for i in range(len(some))]))
    figures = {name: {way: torch.cat([part[name][way] for part in parts]) for way in WAYS} for name in parts[0]}
    result = summary(figures)
    print(f"{len(scenes)} clips from t = {LEVEL} in {STEPS} steps; a frame, black to white is 1\n")
    print(f"{'':10}{'enlarged':>10}{'decoded':>10}{'change':>9}{'95 %':>18}{'less in':>10}")
    for name, row in result.items():
        low, high = (f"{100 * value:+.1f}" for value in row["interval"])
        print(
            f"{name:10}{row['enlarged']:10.5f}{row['decoded']:10.5f}{100 * row['change']:+8.1f}%{low + ' .. ' + high:>18}"
            f"{row['less in']:>10}"
        )
    about = {"clips": len(scenes), "seed": args.seed, "level": LEVEL, "steps": STEPS, "guidance": GUIDANCE}
    print(json.dumps(about | {"transformer": fingerprint(args.transformer), "decoder": fingerprint(args.decoder)} | result))


if __name__ == "__main__":
    main()
