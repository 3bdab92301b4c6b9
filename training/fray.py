"""How frayed finished films are, and how much of that restarts take away.

    PYTHONPATH=training python training/fray.py --model models/mini --decoder models/decoder --clips 48

Runs begin at noisy true clips (t = 0.3), so that it is known what they should show. Of each finished film the poses of its things are
fitted (snowglobe/fitting.py): what the renderer then draws is the film without its faults. Printed are the mean squared error between
the two at the film's own size (black to white being 1, times 1,000; mean and median of the frames), and the PSNR in dB of the film at
four times its size: enlarged bilinearly, and drawn by the decoder.

What it is not: a score. Which thing moves how is read by `npm run evaluate`.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import torch
import torch.nn.functional as F

from decode import decode
from snowglobe import world
from snowglobe.decoder import FACTOR
from snowglobe.export import load_decoder, load_exported
from snowglobe.fitting import fit
from snowglobe.memory import keep_memory
from snowglobe.pairs import believed
from snowglobe.sampling import RESTART_LEVEL
from snowglobe.train_decoder import psnr

BEGIN = 0.3  # t at which the runs take over: where a thing is shows through, what its outline is does not
FRAMES = (1, 4, 7, 10, 13)
RESTARTS = (0, 1, 2, 4, 8)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--decoder", type=Path, required=True)
    parser.add_argument("--clips", type=int, default=48)
    parser.add_argument("--steps", type=int, default=24)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    keep_memory()
    torch.set_num_threads(args.threads)
    model, decoder = load_exported(args.model)[0], load_decoder(args.decoder)
    config, rng, generator = model.config, random.Random("fray"), torch.Generator().manual_seed(1)
    scenes = [world.sample_scene(rng.random, objects=1) for _ in range(args.clips)]
    captions = [world.caption(scene) for scene in scenes]
    tokens = torch.tensor([world.tokenize(text, config.text_length, config.vocabulary) for text in captions])
    clips = world.render(scenes, config.frames, config.height, config.width) * 2 - 1  # (B, 3, F, H, W)

    def made(clips: torch.Tensor, level: float, steps: int, guidance: float) -> torch.Tensor:
        noise = torch.randn(clips.shape, generator=generator)
        parts = zip(*(part.split(16) for part in (clips, tokens, noise)))
        with torch.autocast("cpu", torch.bfloat16, enabled=torch.cpu._is_avx512_bf16_supported()):
            films = [believed(model, *part, torch.full((len(part[0]),), level), steps, guidance) for part in parts]
        return torch.cat(films).float()

    film, n = made(clips, BEGIN, args.steps, 2), torch.tensor(FRAMES).expand(args.clips, -1)
    looks = [made(film, RESTART_LEVEL, 1, 1) for _ in range(max(RESTARTS))]
    print("| restarts | error, mean | median | enlarged | decoded |\n| --- | --- | --- | --- | --- |")
    for restarts in RESTARTS:
        shown = torch.stack(looks[:restarts]).mean(0) if restarts else film
        found = fit(scenes, shown, n)
        clean = found.draw(config.frames, FACTOR * config.height, FACTOR * config.width) * 2 - 1
        small = shown[:, :, list(FRAMES)].transpose(1, 2).flatten(0, 1)  # (B K, 3, H, W)
        large = torch.cat([decode(decoder, clip, text)[:, list(FRAMES)].transpose(0, 1) for clip, text in zip(shown, captions)])
        enlarged = F.interpolate(small, scale_factor=FACTOR, mode="bilinear")
        error = 1000 * found.error
        row = f"{error.mean():.2f} | {error.median():.2f} | {psnr(enlarged, clean):.2f} | {psnr(large, clean):.2f}"
        print(f"| {restarts} | {row} |", flush=True)


if __name__ == "__main__":
    main()
