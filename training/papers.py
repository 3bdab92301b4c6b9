"""Solvers, noise and guidance as their papers write them: what `src/sampling` is compared with, not what anything runs on.

What it is: float64 in numpy, written from the papers' own formulation (log-SNR, sigma, epsilon, alpha-bar, velocity), so that
a slip in the algebra of the TypeScript cannot be here too. Polynomials are integrated by quadrature instead of by formula.
What it is not: fast, batched, or the twin of anything; `snowglobe/sampling.py` is that.

The path is x_t = alpha x + sigma noise with alpha = t and sigma = 1 - t, from t = 0 (noise) to t = 1 (clip).
`ask(x, t)` is the model: its guess of the clip. A walk returns the x at every time of its grid.
"""

from __future__ import annotations

import numpy as np

NODES, WEIGHTS = np.polynomial.legendre.leggauss(60)


def lam(t):
    """Half the log of the signal-to-noise ratio."""
    return np.log(t) - np.log(1 - t)


def lagrange(points, values, at):
    """The polynomial through (points, values), at one place."""
    total = 0.0
    for i, value in enumerate(values):
        others = [p for j, p in enumerate(points) if j != i]
        total = total + value * np.prod([(at - p) / (points[i] - p) for p in others])
    return total


def exponential(x, s, t, points, guesses):
    """The exact solution from time s to t if the guess is the polynomial in lambda through these points.

    DPM-Solver++ (Lu et al. 2022), proposition 4.1: x_t = sigma_t / sigma_s x_s + sigma_t int e^lambda guess dlambda.
    """
    low, high = lam(s), lam(t)
    middle, half = (low + high) / 2, (high - low) / 2
    integral = sum(w * half * np.exp(middle + half * n) * lagrange(points, guesses, middle + half * n) for n, w in zip(NODES, WEIGHTS))
    return (1 - t) / (1 - s) * x + (1 - t) * integral


def in_time(x, s, t, points, guesses):
    """The same with a polynomial in t (DEIS; Zhang & Chen 2023): x_t = u_t / u_s x_s + u_t int guess / u^2 dt."""
    middle, half = (s + t) / 2, (t - s) / 2
    integral = sum(w * half * lagrange(points, guesses, middle + half * n) / (1 - middle - half * n) ** 2 for n, w in zip(NODES, WEIGHTS))
    return (1 - t) / (1 - s) * x + (1 - t) * integral


def velocity(ask, x, t):
    return (ask(x, t) - x) / (1 - t)


def runge_kutta(ask, x, s, t, places, rows, weights):
    """An explicit Runge-Kutta step from its tableau."""
    slopes = []
    for place, row in zip(places, rows):
        slopes.append(velocity(ask, x + (t - s) * sum((a * k for a, k in zip(row, slopes)), 0 * x), s + place * (t - s)))
    return x + (t - s) * sum(w * k for w, k in zip(weights, slopes))


TABLEAUS = {
    "euler": ([0], [[]], [1]),
    "heun": ([0, 1], [[], [1]], [1 / 2, 1 / 2]),
    "midpoint": ([0, 1 / 2], [[], [1 / 2]], [0, 1]),
    "rk4": ([0, 1 / 2, 1 / 2, 1], [[], [1 / 2], [0, 1 / 2], [0, 0, 1]], [1 / 6, 1 / 3, 1 / 3, 1 / 6]),
}


def one_step(name):
    def walk(ask, x, grid, **_):
        xs = [x]
        for s, t in zip(grid, grid[1:]):
            xs.append(runge_kutta(ask, xs[-1], s, t, *TABLEAUS[name]))
        return xs

    return walk


def adams_bashforth(order):
    """int of the polynomial through the last velocities; order 3 begins with Heun."""

    def walk(ask, x, grid, **_):
        xs, times, slopes = [x], [], []
        for s, t in zip(grid, grid[1:]):
            times, slopes = [s, *times][:order], [velocity(ask, xs[-1], s), *slopes][:order]
            if order == 3 and len(times) == 1:
                xs.append(runge_kutta(ask, xs[-1], s, t, *TABLEAUS["heun"]))
                continue
            # Weights from the moments: sum_k w_k (t_k - s)^j = (t - s)^(j + 1) / (j + 1)
            powers = np.arange(len(times))
            weights = np.linalg.solve((np.array(times) - s)[None, :] ** powers[:, None], (t - s) ** (powers + 1) / (powers + 1))
            xs.append(xs[-1] + sum(w * v for w, v in zip(weights, slopes)))
        return xs

    return walk


def deis2(ask, x, grid, **_):
    xs, times, guesses = [x], [], []
    for s, t in zip(grid, grid[1:]):
        times, guesses = [s, *times][:2], [ask(xs[-1], s), *guesses][:2]
        xs.append(in_time(xs[-1], s, t, times, guesses))
    return xs


def dpm_solver_pp_2m(ask, x, grid, **_):
    """Lu et al. 2022, algorithm 2, line by line. Times must be above 0."""
    xs, buffer = [x], [ask(x, grid[0])]
    h = [None] + [lam(t) - lam(s) for s, t in zip(grid, grid[1:])]
    for i in range(1, len(grid)):
        s, t = grid[i - 1], grid[i]
        if i == 1:
            d = buffer[-1]
        else:
            r = h[i - 1] / h[i]
            d = (1 + 1 / (2 * r)) * buffer[-1] - 1 / (2 * r) * buffer[-2]
        xs.append((1 - t) / (1 - s) * xs[-1] - t * (np.exp(-h[i]) - 1) * d)
        buffer.append(ask(xs[-1], t))
    return xs


def dpm_solver_pp_3m(ask, x, grid, **_):
    """The paper's proposition with the polynomial of degree 2. One Heun step, one of degree 1, then this."""
    xs, times, guesses = [x], [], []
    for s, t in zip(grid, grid[1:]):
        times, guesses = [s, *times][:3], [ask(xs[-1], s), *guesses][:3]
        if len(times) == 1:
            xs.append(runge_kutta(ask, xs[-1], s, t, *TABLEAUS["heun"]))
        elif min(times) < 0.1:  # lambda is endless at t = 0: our choice, see docs/decisions/time-not-lambda.md
            xs.append(in_time(xs[-1], s, t, times, guesses))
        else:
            xs.append(exponential(xs[-1], s, t, [lam(p) for p in times], guesses))
    return xs


def unipc_2(ask, x, grid, **_):
    """Zhao et al. 2023, UniPC-2 for data prediction with B_2(h) = e^h - 1, algorithms 5 and 6. Times must be above 0.

    Returns the predicted x, at which the model is asked; the corrected one goes on.
    """

    def phis(h):
        """psi_1 .. psi_3 of -h, which the paper has in its b vectors: psi_k = (psi_{k-1} - 1 / (k-1)!) / -h."""
        psi = [np.expm1(-h) / -h]
        psi.append((psi[0] - 1) / -h)
        psi.append((psi[1] - 1 / 2) / -h)
        return psi

    xs, corrected = [x], x
    times, guesses = [grid[0]], [ask(x, grid[0])]
    for s, t in zip(grid, grid[1:]):
        h = lam(t) - lam(s)
        base = (1 - t) / (1 - s) * corrected - t * np.expm1(-h) * guesses[0]
        b = np.expm1(-h)  # B_2(-h)
        # Predictor of order 2 (order 1 in the first step): a_1 = 1/2.
        predicted = base
        if len(times) > 1:
            r = (lam(times[1]) - lam(s)) / h
            predicted = base - t * b * 0.5 * (guesses[1] - guesses[0]) / r
        guess = ask(predicted, t)
        # Corrector of order 2 (1 in the first step): R a = b, with r = 1 for the guess that is new.
        rs = [1.0] if len(times) == 1 else [(lam(times[1]) - lam(s)) / h, 1.0]
        differences = [guess - guesses[0]] if len(times) == 1 else [(guesses[1] - guesses[0]) / rs[0], guess - guesses[0]]
        if len(times) == 1:
            a = [0.5]
        else:
            matrix = np.array([[1.0, 1.0], rs])
            psi = phis(h)
            a = np.linalg.solve(matrix, [psi[1] * -h / b, 2 * psi[2] * -h / b])
        corrected = base - t * b * sum(ai * d for ai, d in zip(a, differences))
        xs.append(predicted)
        times, guesses = [t, *times][:2], [guess, *guesses][:2]
    return xs


def ddim(ask, x, grid, noises, eta, **_):
    """Song et al. 2021, equations 12 and 16, on x / sqrt(alpha^2 + sigma^2), whose variance is kept."""
    xs = [x]
    size = lambda t: np.sqrt(t**2 + (1 - t) ** 2)
    bar = lambda t: t**2 / size(t) ** 2  # their alpha
    for s, t, noise in zip(grid, grid[1:], noises):
        y, guess = xs[-1] / size(s), ask(xs[-1], s)
        epsilon = (y - np.sqrt(bar(s)) * guess) / np.sqrt(1 - bar(s))
        sigma = eta * np.sqrt((1 - bar(t)) / (1 - bar(s))) * np.sqrt(1 - bar(s) / bar(t))
        y = np.sqrt(bar(t)) * guess + np.sqrt(max(0, 1 - bar(t) - sigma**2)) * epsilon + sigma * noise
        xs.append(y * size(t))
    return xs


def ancestral(ask, x, grid, noises, eta, **_):
    """Euler ancestral for rectified flow, with sigma = 1 - t going down, as samplers of that name do it."""
    xs = [x]
    for s, t, noise in zip(grid, grid[1:], noises):
        sigma, sigma_next = 1 - s, 1 - t
        sigma_down = max(0.0, sigma_next * (1 + (sigma_next / sigma - 1) * eta))
        guess = ask(xs[-1], s)
        ratio = sigma_down / sigma
        y = ratio * xs[-1] + (1 - ratio) * guess
        alpha_ratio = (1 - sigma_next) / (1 - sigma_down)
        renoise = np.sqrt(sigma_next**2 - sigma_down**2 * alpha_ratio**2)
        xs.append(alpha_ratio * y + renoise * noise)
    return xs


def churned_heun(ask, x, grid, noises, churn, **_):
    """Heun beyond the next level, then noise back to it as Karras et al. 2022 add it: y = x / t has noise (1 - t) / t."""
    xs = [x]
    for s, t, noise in zip(grid, grid[1:], noises):
        over = 1 - np.exp((1 + churn) * np.log(1 - t) - churn * np.log(1 - s))
        y = runge_kutta(ask, xs[-1], s, over, *TABLEAUS["heun"]) / over
        ve = lambda time: (1 - time) / time
        xs.append(t * (y + np.sqrt(max(0.0, ve(t) ** 2 - ve(over) ** 2)) * noise))
    return xs


WALKS = {
    **{name: one_step(name) for name in TABLEAUS},
    "ab2": adams_bashforth(2),
    "ab3": adams_bashforth(3),
    "multistep": deis2,
    "dpm2m": dpm_solver_pp_2m,
    "dpm3m": dpm_solver_pp_3m,
    "unipc": unipc_2,
    "ancestral": ancestral,
    "ddim": ddim,
    "sde": churned_heun,
}
LOG_SNR_ONLY = {"dpm2m", "unipc"}  # these need grids that begin above 0


def cfg(prompt, other, scale, **_):
    """Ho & Salimans 2022 in their form: (1 + w) conditional - w unconditional, w = scale - 1."""
    return scale * prompt - (scale - 1) * other


def cfg_zero_star(prompt, other, scale, x, t, **_):
    """Fan et al. 2025: in velocities, with the least-squares scale of the empty one; back to a guess at the end."""
    v_prompt, v_other = (prompt - x) / (1 - t), (other - x) / (1 - t)
    s = np.dot(v_prompt, v_other) / np.linalg.norm(v_other) ** 2
    return x + (1 - t) * ((1 - scale) * s * v_other + scale * v_prompt)


class MomentumBuffer:
    """Sadat et al. 2024, algorithm 1: the running average that the push is replaced by, from step to step."""

    def __init__(self, momentum):
        self.momentum, self.average = momentum, 0.0

    def update(self, push):
        self.average = push + self.momentum * self.average
        return self.average


def apg(prompt, other, scale, parallel, bound, buffer=None, **_):
    """Sadat et al. 2024, algorithm 1; `bound` as a norm is bound * sqrt(size)."""
    push = prompt - other
    if buffer:
        push = buffer.update(push)
    if bound > 0:
        push = push * min(1.0, bound * np.sqrt(push.size) / np.linalg.norm(push))
    unit = prompt / np.linalg.norm(prompt)
    along = np.dot(push, unit) * unit
    return prompt + (scale - 1) * (push - along + parallel * along)


def rescale(guided, prompt, share):
    """Lin et al. 2024, equations 15 and 16."""
    rescaled = guided * (prompt.std() / guided.std())
    return share * rescaled + (1 - share) * guided


def cfg_pp_step(x, s, t, prompt, other, scale):
    """Chung et al. 2024, algorithm 2, with alpha and sigma of this path: the guided guess and the empty epsilon."""
    guided = (1 - scale) * other + scale * prompt
    epsilon = (x - s * other) / (1 - s)
    return t * guided + (1 - t) * epsilon


RULES = {"cfg": cfg, "auto": cfg, "cfgzero": cfg_zero_star, "apg": apg, "cfgpp": cfg}
