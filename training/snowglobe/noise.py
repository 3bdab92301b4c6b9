"""Random numbers by name: (seed, stream, index) always gives the same ones, in any order, on any machine.

What it is: the twin of `src/sampling/noise.ts`, the same numbers to the last bit. The source is Philox4x32-10 (Salmon,
Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1, 2, 3", 2011). What follows uses only + - * / and sqrt in
float64, which every machine rounds alike; library log and cos do not.
What it is not: a secret. Nothing here is for cryptography.
"""

from __future__ import annotations

import numpy as np

CLIP_STREAM = 0x636C6970  # the starting noise of a clip; other users take other streams
STIR_STREAM = 0x73746972  # the fresh noise of a stochastic solver: step i takes STIR_STREAM + i
RESTART_STREAM = 0x72657374  # that of restarts: the i-th takes RESTART_STREAM + i

MASK = np.uint64(0xFFFFFFFF)
LN2 = 0.6931471805599453
TWO_PI = 6.283185307179586


def bits(seed: int, stream: int, index: np.ndarray) -> np.ndarray:
    """Four words of 32 bits for each index: (n,) counters -> (n, 4) uint32. Key = (seed, stream), counter = index."""
    index = np.asarray(index, np.uint64)
    a, b = index & MASK, index >> np.uint64(32)
    c, d = np.zeros_like(a), np.zeros_like(a)
    key0, key1 = seed & 0xFFFFFFFF, stream & 0xFFFFFFFF
    for _ in range(10):
        p, q = np.uint64(0xD2511F53) * a, np.uint64(0xCD9E8D57) * c
        a, b, c, d = (q >> np.uint64(32)) ^ b ^ np.uint64(key0), q & MASK, (p >> np.uint64(32)) ^ d ^ np.uint64(key1), p & MASK
        key0, key1 = (key0 + 0x9E3779B9) & 0xFFFFFFFF, (key1 + 0xBB67AE85) & 0xFFFFFFFF
    return np.stack([a, b, c, d], axis=-1).astype(np.uint32)


def uniforms(seed: int, stream: int, count: int) -> np.ndarray:
    """(count,) float64 in [0, 1), 53 random bits each: two from every index."""
    words = bits(seed, stream, np.arange((count + 1) // 2)).reshape(-1, 2).astype(np.float64)
    high, low = np.floor(words[:, 0] / 32), np.floor(words[:, 1] / 64)
    return ((high * 67108864 + low) / 9007199254740992)[:count]


def normals(seed: int, stream: int, count: int) -> np.ndarray:
    """(count,) float32, mean 0 and variance 1: four from every index, by Box and Muller (1958)."""
    pairs = bits(seed, stream, np.arange((count + 3) // 4)).reshape(-1, 2)
    radius = np.sqrt(-2 * log_uniform(pairs[:, 0]))
    cos, sin = turn(pairs[:, 1])
    return np.stack([radius * cos, radius * sin], axis=-1).reshape(-1)[:count].astype(np.float32)


def log_uniform(word: np.ndarray) -> np.ndarray:
    """ln((word + 1/2) / 2^32): u = m 2^e with m near 1, and ln m = 2 artanh((m - 1) / (m + 1)) as a series."""
    m, e = np.frexp(word.astype(np.float64) + 0.5)  # m in [1/2, 1)
    low = m < 0.7071067811865476
    m, e = np.where(low, 2 * m, m), np.where(low, e - 1, e)  # m in [0.71, 1.41)
    s = (m - 1) / (m + 1)
    series = np.zeros_like(s)
    for k in range(21, 0, -2):
        series = series * (s * s) + 1 / k
    return 2 * s * series + (e - 32) * LN2


def turn(word: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """cos and sin of word / 2^32 of a full turn: nearest quarter turn, then the Taylor series of what is left."""
    quarter = (word.astype(np.int64) + 0x20000000) >> 30  # 0 .. 4
    x = TWO_PI * ((word.astype(np.int64) - (quarter << 30)) / 4294967296)  # -pi/4 .. pi/4
    c, s = np.ones_like(x), np.ones_like(x)
    for n in range(18, 0, -2):
        c = 1 - x * x / (n * (n - 1)) * c
        s = 1 - x * x / (n * (n + 1)) * s
    s = x * s
    quarter &= 3
    cos = np.choose(quarter, [c, -s, -c, s])
    sin = np.choose(quarter, [s, c, -s, -c])
    return cos, sin
