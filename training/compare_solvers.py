"""Prints the tables of docs/sampling.md: solvers against the exact answer, on data whose perfect denoiser is a formula.

    PYTHONPATH=training python training/compare_solvers.py

The data: one number, drawn from a mixture of Gaussians. In one dimension the flow keeps order, so the exact solution is
the quantile map of the starting noise. Two more candidates for `multistep`, and a clamp, are tried beside our own solvers.
"""

import math

import torch

from snowglobe.sampling import SOLVERS, integrate

MIXTURES = {
    "two humps": ([0.5, 0.5], [-0.6, 0.6], [0.3, 0.3]),
    "three humps": ([0.3, 0.5, 0.2], [-1.0, 0.3, 1.2], [0.15, 0.2, 0.1]),
}
NOISE = torch.linspace(-2.5, 2.5, 101, dtype=torch.float64)


def ab2(x, t, t_next, guess, ask, before):
    """Adams-Bashforth of order 2 on the velocity."""
    h, v = t_next - t, (guess - x) / (1 - t)
    last, ab2.last = (None if before is None else ab2.last), (v, h)
    return x + h * (v if last is None else v + h / (2 * last[1]) * (v - last[0]))


def dpmpp2m(x, t, t_next, guess, ask, before):
    """DPM-Solver++(2M) (Lu et al. 2022): the guess as a straight line in log(t / (1 - t))."""
    if before is not None and before[1] > 0:
        level = [math.log(time / (1 - time)) for time in (before[1], t, t_next)]
        guess = guess + (level[2] - level[1]) / (level[1] - level[0]) / 2 * (guess - before[0])
    return x + (1 - (1 - t_next) / (1 - t)) * (guess - x)


def clamped_heun(x, t, t_next, guess, ask, before):
    """Heun with 1 / max(1 - t, 0.05), as in a loss."""
    h, v = t_next - t, (guess - x) / max(1 - t, 0.05)
    y = x + h * v
    return x + h / 2 * (v + (ask(y, t_next) - y) / max(1 - t_next, 0.05))


def below(z, t, mixture):
    weight, mean, deviation = (torch.tensor(part, dtype=torch.float64) for part in mixture)
    scale = (t * deviation).hypot(torch.tensor(1 - t, dtype=torch.float64))
    return (weight * torch.special.ndtr((z[:, None] - t * mean) / scale)).sum(-1)


def exact(t, mixture):
    low, high, target = torch.full_like(NOISE, -20), torch.full_like(NOISE, 20), torch.special.ndtr(NOISE)
    for _ in range(80):
        middle = (low + high) / 2
        under = below(middle, t, mixture) < target
        low, high = torch.where(under, middle, low), torch.where(under, high, middle)
    return (low + high) / 2


def best_guess(mixture):
    weight, mean, deviation = (torch.tensor(part, dtype=torch.float64) for part in mixture)

    def ask(x, t):
        variance = (t * deviation) ** 2 + (1 - t) ** 2
        off = x[:, None] - t * mean
        share = (weight.log() - variance.log() / 2 - off**2 / (2 * variance)).softmax(-1)
        return (share * (mean + t * deviation**2 / variance * off)).sum(-1)

    return ask


def error(solver, steps, end, mixture):
    """Root mean square over the noise values, after `steps` even steps from 0 to `end`."""
    ask = best_guess(mixture)
    if end == 1:
        x, _ = integrate(NOISE, ask, steps, solver)
    else:
        x, before = NOISE, None
        for i in range(steps):
            t, t_next = end * i / steps, end * (i + 1) / steps
            guess = ask(x, t)
            x, before = SOLVERS[solver](x, t, t_next, guess, ask, before), (guess, t)
    return (x - exact(end, mixture)).square().mean().sqrt().item()


if __name__ == "__main__":
    SOLVERS |= {"ab2": ab2, "dpm++ 2m": dpmpp2m, "heun, clamped": clamped_heun}
    for name, mixture in MIXTURES.items():
        print(f"\n{name}\n\n| solver | order on [0, 0.9] | rms at t = 1, 8 calls | 12 | 16 | 24 | 50 | 400 |\n|---|---|---|---|---|---|---|---|")
        for solver in SOLVERS:
            order = math.log2(error(solver, 100, 0.9, mixture) / error(solver, 400, 0.9, mixture)) / 2
            steps = [(calls + 1) // 2 if "heun" in solver else calls for calls in (8, 12, 16, 24, 50, 400)]
            cells = " | ".join(f"{error(solver, n, 1, mixture):.4f}" for n in steps)
            print(f"| {solver} | {order:.2f} | {cells} |")
