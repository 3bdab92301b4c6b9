"""Golden files for the look inside (src/model/probe.ts): attention rows, what blocks add, and early guesses, as PyTorch
computes them.

    python training/golden_probe.py                      tests/golden/model-tiny/probe.safetensors
    python training/golden_probe.py --model models/nano  tests/golden/nano-probe.safetensors, and so for mini

float32, from the fp16-rounded weights, for the row of the prompt. Files hold inputs beside outputs, as those of golden_model.py.
An early guess is that of the same network, cut off behind a block.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import torch
from torch import Tensor

from golden_model import GOLDEN, level_maps, prompt_rows
from snowglobe import model as network
from snowglobe.export import load_exported, write_safetensors
from snowglobe.model import Transformer

PROMPT = "a small red ball bouncing at night"


@contextmanager
def watched() -> Iterator[list[Tensor]]:
    """While it lasts, what every video token reads from each key is kept: (B, h, N, L + N) for each block, in order."""
    plain, seen = network.attend, []

    def attend(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None = None) -> Tensor:
        if q.shape[2] != k.shape[2]:  # video tokens, which read the words, too; words read only each other
            seen.append(torch.softmax(q @ k.transpose(-1, -2) / q.shape[-1] ** 0.5, dim=-1))
        return plain(q, k, v, mask)

    network.attend = attend
    try:
        yield seen
    finally:
        network.attend = plain


@contextmanager
def measured(model: Transformer) -> Iterator[list[Tensor]]:
    """While it lasts, the lengths of the tokens are kept, block by block: before it, of what attention adds, of what the MLP
    adds, and after it: (4, B, N) each."""
    seen: list[Tensor] = []
    hooks = []
    for block in model.blocks:
        parts = {}

        def keep(name: str, parts=parts):
            return lambda _module, _given, made: parts.__setitem__(name, made)

        def finish(block, given, after, parts=parts):
            before, modulation, *_ = given
            _, _, gate1, _, _, gate2 = (modulation + block.table).chunk(6, dim=-1)  # (B, N, D) each
            states = [before, gate1 * parts["out"], gate2 * parts["mlp"], after]
            seen.append(torch.stack([state.norm(dim=-1) for state in states]))

        hooks += [block.out.register_forward_hook(keep("out")), block.mlp.register_forward_hook(keep("mlp"))]
        hooks.append(block.register_forward_hook(finish))
    try:
        yield seen
    finally:
        for hook in hooks:
            hook.remove()


def early_guesses(model: Transformer, x: Tensor, levels: Tensor, tokens: Tensor) -> list[Tensor]:
    """The guess after one block, after two, ..: (B, 3, F, H, W) each."""
    blocks = model.blocks
    try:
        guesses = []
        for depth in range(1, len(blocks) + 1):
            model.blocks = blocks[:depth]
            guesses.append(model(x, levels, tokens))
        return guesses
    finally:
        model.blocks = blocks


@torch.no_grad()
def probe_tensors(model: Transformer, x: Tensor, levels: Tensor, tokens: Tensor, asked: list[int]) -> dict[str, Tensor]:
    """x: (3, F, H, W), levels: (F, H, W), tokens: (1, L). `asked`: the patches whose rows are kept."""
    config = model.config
    time, *_ = config.grid_of(x.shape[1:])
    with watched() as seen, measured(model) as lengths:
        model(x[None], levels[None, None], tokens)
    weights = torch.cat(seen)  # (depth, h, N, L + N)
    mean = weights.mean(1)  # (depth, N, L + N)
    between = mean[..., config.text_length :].unflatten(-1, (time, -1)).sum(-1)  # (depth, N, time)
    return {
        "rows": weights[:, :, asked],  # (depth, h, asked, L + N)
        "reads": mean[..., : config.text_length],  # (depth, N, L)
        "times": between.unflatten(1, (time, -1)).mean(2),  # (depth, time, time)
        "lengths": torch.stack(lengths).squeeze(2),  # (depth, 4, N)
        "guesses": torch.cat(early_guesses(model, x[None], levels[None, None], tokens)),  # (depth, 3, F, H, W)
    }


def cases(model: Transformer) -> dict[str, tuple[Tensor, Tensor]]:
    """Clips and noise levels by name: one level everywhere, a mixed map, and a clip of another shape."""
    config = model.config
    generator = torch.Generator().manual_seed(3)
    x = torch.randn(3, config.frames, config.height, config.width, generator=generator)
    maps = level_maps(config)
    shape = (4 * config.patch_frames, 2 * config.patch_size, 3 * config.patch_size)
    other = torch.randn(3, *shape, generator=generator)
    return {
        "uniform": (x, maps["uniform"]),
        "mixed": (x, maps["mixed"]),
        "other": (other, torch.rand(shape, generator=generator)),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, help="an exported model; without it, the tiny one of the golden files")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    model, settings = load_exported(arguments.model or GOLDEN / "model-tiny")
    tokens = prompt_rows(model.config, PROMPT, settings["vocabulary"])[:1]
    asked = [0, model.config.tokens // 2 + 1, model.config.tokens - 1]
    tensors = {"tokens": tokens.float(), "asked": torch.tensor(asked).float()}
    if arguments.model is None:
        target = GOLDEN / "model-tiny" / "probe.safetensors"
        for case, (x, levels) in cases(model).items():
            patches = x[0].numel() // model.config.patch_pixels
            within = [token % patches for token in asked]
            got = probe_tensors(model, x, levels, tokens, within)
            tensors |= {f"{case}.x": x, f"{case}.levels": levels, **{f"{case}.{name}": t for name, t in got.items()}}
    else:
        target = GOLDEN / f"{arguments.model.resolve().name}-probe.safetensors"
        x, levels = cases(model)["uniform"]
        got = probe_tensors(model, x, levels, tokens, asked)
        middle = model.config.frames // 2
        tensors |= {"x": x, "levels": levels[:1, :1, :1]} | {name: got[name] for name in ("rows", "times", "lengths")}
        tensors["guesses"] = got["guesses"][:, :, middle : middle + 1]  # one frame: all of them would be 1 MB
    write_safetensors(target, tensors, dtype="F32")
    print(f"{target}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
