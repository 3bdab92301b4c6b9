"""Writes what `src/sampling` in TypeScript must repeat, on a model that is one formula: tests/golden/sampling.json, whole
runs by the twin in snowglobe/sampling.py, and tests/golden/papers.json, steps and guesses by the formulas of papers.py.

    PYTHONPATH=training python training/golden_sampling.py
"""

import json
from pathlib import Path

import numpy as np
import torch
from torch import nn

import papers
from snowglobe.model import ModelConfig
from snowglobe.noise import CLIP_STREAM, normals
from snowglobe.sampling import SAMPLERS, Guidance, sample


class Formula(nn.Module):
    """guess = c (x t + 0.3) / (1 + x^2), with c = 1 for a prompt (0.8 of the weak model) and 1/2 for no words."""

    config = ModelConfig(frames=2, height=2, width=3)

    def __init__(self, prompt: float = 1.0):
        super().__init__()
        self.prompt = prompt
        self.place = nn.Parameter(torch.zeros(1))

    def encode_text(self, tokens):
        return [], torch.where(tokens[:, 1:2] > 0, self.prompt, 0.5)  # (B, 1)

    def denoise(self, x, levels, text, caption):
        return caption[:, :, None, None, None] * (x * levels + 0.3) / (1 + x * x)


def guided(scale: float, start: float = 0.0, end: float = 1.0, **more) -> dict:
    return {"scale": scale, "from": start, "to": end, **more}


CASES = [
    (7, 1, guided(1.0), 1.0, 0),
    (11, 5, guided(3.0, 0.15, 0.7), 1.0, 0),
    (4294967295, 12, guided(2.5), 2.0, 0),
    (3, 4, guided(0.0), 0.5, 0),
    (5, 6, guided(2.0, rule="auto"), 1.0, 0),
    (6, 6, guided(4.0, 0.1, 0.8, rule="apg", parallel=0.3, bound=0.2, momentum=-0.5), 1.0, 0),
    (8, 3, guided(2.0, 0.05), 1.5, 3),
]


def golden() -> list[dict]:
    tokens = torch.tensor([[1, 5, 0]])
    runs = []
    for sampler in SAMPLERS:
        for seed, steps, guidance, shift, restarts in CASES:
            more = {"eta": 0.7, "restarts": restarts}
            _, trajectory = sample(Formula(), tokens, [seed], steps, sampler, Guidance.of(guidance), shift, weak=Formula(0.8), **more)
            settings = {"seed": seed, "steps": steps, "sampler": sampler, "shift": shift, "guidance": guidance, **more}
            numbers = [{"t": s.t, "x": s.x[0].flatten().tolist(), "guess": s.guess[0].flatten().tolist()} for s in trajectory]
            runs.append({"settings": settings, "steps": numbers})
    return runs


def formula(x, t):
    return (x * t + 0.3) / (1 + x * x)


GRIDS = {
    "from noise": [0, 0.03, 0.08, 0.14, 0.25, 0.4, 0.5, 0.7, 0.85, 0.96],
    "on the way": [0.15, 0.22, 0.3, 0.45, 0.55, 0.7, 0.9, 0.97],
}


def golden_papers() -> dict:
    random = np.random.default_rng(5)
    walks, guided, steps, momentum = [], [], [], []
    for solver, walk in papers.WALKS.items():
        amounts = {"ancestral": (0, 0.5, 1, 2), "ddim": (0, 0.5, 1, 2), "sde": (0.5, 2)}.get(solver, (0,))
        for where, grid in GRIDS.items():
            if solver in papers.LOG_SNR_ONLY and grid[0] == 0:
                continue
            for amount in amounts:
                x, noises = random.standard_normal(5), random.standard_normal((len(grid) - 1, 5))
                xs = walk(formula, x, grid, noises=noises, eta=amount, churn=amount)
                kept = noises.tolist() if amount else []
                walks.append({"solver": solver, "where": where, "amount": amount, "grid": grid, "noises": kept, "xs": np.array(xs).tolist()})
    for rule, combine in papers.RULES.items():
        for scale, parallel, bound, share in ((0.7, 0, 0, 0), (0.5, 0.3, 0.4, 0), (0.9, 0, 0.1, 0.7)):
            scale = scale if rule == "cfgpp" else 5 * scale
            t, (prompt, other, x) = 0.35, random.standard_normal((3, 9))
            guess = papers.rescale(combine(prompt, other, scale, x=x, t=t, parallel=parallel, bound=bound), prompt, share)
            settings = {"rule": rule, "scale": scale, "from": 0, "to": 1, "rescale": share, "parallel": parallel, "bound": bound, "momentum": 0}
            given = {"t": t, "prompt": prompt.tolist(), "other": other.tolist(), "x": x.tolist()}
            guided.append({"guidance": settings, **given, "guess": guess.tolist()})
    for amount, parallel, bound in ((-0.5, 0, 0), (-0.75, 0.4, 0.6), (0.5, 0, 0.8)):
        settings = {"rule": "apg", "scale": 5, "from": 0, "to": 1, "rescale": 0, "parallel": parallel, "bound": bound, "momentum": amount}
        buffer, calls = papers.MomentumBuffer(amount), []
        for t in (0.1, 0.3, 0.6, 0.9):
            prompt, other = random.standard_normal((2, 9))
            guess = papers.apg(prompt, other, 5, parallel, bound, buffer)
            calls.append({"t": t, "prompt": prompt.tolist(), "other": other.tolist(), "guess": guess.tolist()})
        momentum.append({"guidance": settings, "calls": calls})
    for count in (1, 4):
        scale, seed = 0.6, 40 + count
        xs = [normals(seed, CLIP_STREAM, 6).astype(np.float64)]
        for i in range(count):
            s, t = i / count, (i + 1) / count
            xs.append(papers.cfg_pp_step(xs[-1], s, t, formula(xs[-1], s), 0.5 * formula(xs[-1], s), scale))
        steps.append({"scale": scale, "seed": seed, "xs": np.array(xs).tolist()})
    return {"walks": walks, "guided": guided, "cfgpp": steps, "momentum": momentum}


if __name__ == "__main__":
    folder = Path(__file__).parent.parent / "tests/golden"
    for name, content in (("sampling", golden()), ("papers", golden_papers())):
        path = folder / f"{name}.json"
        path.write_text(json.dumps(content) + "\n")
        print(path)
