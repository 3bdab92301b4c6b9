"""Golden file for training in TypeScript (src/learn): what PyTorch makes of two steps on a tiny network, in float32.

    PYTHONPATH=training python training/golden_learn.py        tests/golden/learn.safetensors

It holds the inputs beside the outputs: clips, noise, levels, tokens; the weights before (`0.NAME`); of the first step the losses
(`losses`) and the gradient of every tensor (`gradient.NAME`); the weights after one step (`1.NAME`) and after two (`2.NAME`).
"""

from __future__ import annotations

import json
from pathlib import Path

import torch
from torch import Tensor

from snowglobe.export import write_safetensors
from snowglobe.flow import flow_loss, mix
from snowglobe.model import ModelConfig, Transformer
from snowglobe.optim import make_optimizers

HERE = Path(__file__).resolve().parent
GOLDEN = HERE.parent / "tests" / "golden"
RATE, CLIP_NORM = 1e-3, 1.0


def tiny_model() -> Transformer:
    """Every size differs from every other, so that a swapped axis cannot pass; no weight and no gradient begins at nothing."""
    config = ModelConfig(
        frames=4, height=8, width=12, patch_frames=2, patch_size=4, bottleneck=10, dim=24, depth=2, heads=2, mlp_dim=14,
        text_length=7, text_depth=1, vocabulary=11, time_features=6,
    )  # fmt: skip
    torch.manual_seed(1)
    model = Transformer(config)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(0.2 * torch.randn(parameter.shape))
    return model


def losses_of(model: Transformer, clips: Tensor, noise: Tensor, levels: Tensor, tokens: Tensor) -> Tensor:
    maps = levels.reshape(-1, 1, 1, 1, 1).expand(-1, 1, *clips.shape[2:])
    return flow_loss(model(mix(clips, noise, maps), maps, tokens), clips, maps)  # (B,)


def main() -> None:
    torch.set_num_threads(1)
    model = tiny_model()
    config = model.config
    generator = torch.Generator().manual_seed(2)
    shape = (3, 3, config.frames, config.height, config.width)  # three clips
    clips = torch.rand(shape, generator=generator) * 2 - 1
    noise = torch.randn(shape, generator=generator)
    levels = torch.tensor([0.05, 0.4, 0.97])  # the last one lies beyond the floor of 1 - t
    tokens = torch.randint(0, config.vocabulary, (3, config.text_length), generator=generator)
    tensors = {"clips": clips, "noise": noise, "levels": levels, "tokens": tokens.float()}
    tensors["settings"] = torch.tensor([RATE, CLIP_NORM])
    tensors |= {f"0.{name}": p.detach().clone() for name, p in model.named_parameters()}
    (adam,) = make_optimizers(model, 0, RATE)
    for step in (1, 2):
        losses = losses_of(model, clips, noise, levels, tokens)
        adam.zero_grad()
        losses.mean().backward()
        if step == 1:
            tensors["losses"] = losses.detach()
            tensors |= {f"gradient.{name}": p.grad.clone() for name, p in model.named_parameters()}
        torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP_NORM)
        adam.step()
        tensors |= {f"{step}.{name}": p.detach().clone() for name, p in model.named_parameters()}
    write_safetensors(GOLDEN / "learn.safetensors", tensors, dtype="F32")
    (GOLDEN / "learn.json").write_text(json.dumps(config.to_dict(), indent=2) + "\n", encoding="utf-8")
    print(f"{GOLDEN / 'learn.safetensors'}: {sum(p.numel() for p in model.parameters())} parameters")


if __name__ == "__main__":
    main()
