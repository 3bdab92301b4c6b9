"""Muon for the hidden matrices, AdamW for everything else.

Muon (Jordan et al. 2024): momentum, then the nearest orthogonal matrix by a quintic Newton-Schulz iteration. Matrices
of one shape are turned together in one batched product, in bf16.
"""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor, nn


def orthogonalise(g: Tensor, steps: int = 5) -> Tensor:
    """(K, m, n) -> the same shape with singular values near 1."""
    a, b, c = 3.4445, -4.7750, 2.0315  # the published coefficients: steepest slope at 0 that still converges
    x = g.bfloat16()
    tall = x.shape[1] > x.shape[2]
    if tall:
        x = x.mT
    x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
    for _ in range(steps):
        gram = x @ x.mT
        x = a * x + (b * gram + c * gram @ gram) @ x
    return (x.mT if tall else x).float()


class Muon(torch.optim.Optimizer):
    def __init__(self, parameters: list[nn.Parameter], lr: float, momentum: float = 0.95):
        super().__init__(parameters, {"lr": lr, "momentum": momentum})

    @torch.no_grad()
    def step(self) -> None:
        for group in self.param_groups:
            by_shape: dict[torch.Size, list[nn.Parameter]] = {}  # a convolution is the matrix (out, in * height * width)
            for p in group["params"]:
                if p.grad is not None:
                    by_shape.setdefault(p.flatten(1).shape, []).append(p)
            for (rows, columns), same in by_shape.items():
                gradients = [p.grad for p in same]
                buffers = [self.state[p].setdefault("momentum", torch.zeros_like(p)) for p in same]
                torch._foreach_lerp_(buffers, gradients, 1 - group["momentum"])
                updates = torch._foreach_lerp(gradients, buffers, group["momentum"])  # Nesterov
                turned = orthogonalise(torch.stack([update.flatten(1) for update in updates]))
                scale = max(1, rows / columns) ** 0.5
                torch._foreach_add_(same, [part.view_as(p) for p, part in zip(same, turned)], alpha=-group["lr"] * scale)


def make_optimizers(
    model: nn.Module, muon_lr: float, adam_lr: float, beside: Iterable[nn.Parameter] = ()
) -> list[torch.optim.Optimizer]:
    """Hidden matrices (of the blocks and the embedding) and the convolutions between hidden channels to Muon; embeddings,
    modulation, first and last layers, vectors, and what is trained beside the model to AdamW. With a muon_lr of 0, everything
    to AdamW. Parameters that are not trained are left out."""
    hidden, rest = [], [*beside]
    for name, p in model.named_parameters():
        matrix = p.ndim == 2 and ("blocks." in name or name in ("embed_up.weight", "head.inner.weight"))
        convolution = p.ndim == 4 and name not in ("detail.stem.weight", "detail.out.weight")
        if p.requires_grad:
            (hidden if muon_lr > 0 and (matrix or convolution) else rest).append(p)
    adam = torch.optim.AdamW(rest, adam_lr, betas=(0.9, 0.95), weight_decay=0.0, fused=rest[0].is_cuda)
    return [Muon(hidden, muon_lr), adam] if hidden else [adam]


def make_decoder_optimizers(decoder: nn.Module, muon_lr: float, adam_lr: float) -> list[torch.optim.Optimizer]:
    """The convolutions between hidden channels to Muon; first and last ones, words and vectors to AdamW."""
    ends = ("stem.weight", "out.weight")
    hidden = [p for name, p in decoder.named_parameters() if p.ndim == 4 and name not in ends]
    chosen = set(map(id, hidden))
    rest = [p for p in decoder.parameters() if id(p) not in chosen]
    return [Muon(hidden, muon_lr), torch.optim.AdamW(rest, adam_lr, betas=(0.9, 0.99), weight_decay=0.0)]
