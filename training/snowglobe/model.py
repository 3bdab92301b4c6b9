"""The spacetime-patch diffusion transformer.

What it is: one forward pass, `guess = model(x, levels, tokens)`. Noisy clip, noise level of every pixel and a
caption go in; the model's belief of the finished clip comes out (x-prediction; JiT, Li & He 2025).
What it is not: it knows no loss, no sampler, no training loop.

`src/model/transformer.ts` says the same in tfjs, name by name: read them side by side.

Letters in the shape comments: B clips, F frames, H height, W width, N video tokens (spacetime patches),
L text tokens, D width, h heads, d width of a head.
Time convention everywhere: t = 0 is pure noise, t = 1 is the clean clip.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, fields

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .ablation import Ablation, Cut, cut_of, key_scales, order_of, turned
from .detail import Detail, detail_flops

Grid = tuple[int, int, int]


@dataclass(frozen=True)
class ModelConfig:
    """Everything that fixes the network's shape. Written to config.json beside the weights."""

    frames: int = 16
    height: int = 32
    width: int = 32
    patch_frames: int = 2
    patch_size: int = 8
    bottleneck: int = 64  # low-rank patch embedding: JiT's ablation, FID 8.62 -> 7.35
    dim: int = 192
    depth: int = 6
    heads: int = 6
    mlp_dim: int = 512
    text_length: int = 24
    text_depth: int = 2
    vocabulary: int = 64
    time_features: int = 32
    skip: int = 0  # 1: the guess is weighed against the noisy pixels, see `weigh`
    detail: int = 0  # channels of the detail head, which corrects the guess before it is weighed; 0: there is none

    def __post_init__(self):
        if self.detail and not self.skip:
            raise ValueError("a model with a detail head needs skip = 1: the head reads, and corrects, how sure the guess is")

    @property
    def grid(self) -> Grid:
        """Patches along time, height and width, of the model's own clip; it takes clips of other shapes, too."""
        return self.grid_of((self.frames, self.height, self.width))

    def grid_of(self, shape: tuple[int, int, int] | torch.Size) -> Grid:
        """Patches along time, height and width, of a clip of (frames, height, width)."""
        sizes = (self.patch_frames, self.patch_size, self.patch_size)
        if any(length % size for length, size in zip(shape, sizes, strict=True)):
            raise ValueError(f"a clip of {tuple(shape)} cannot be cut into patches of {sizes}: choose multiples of those")
        return tuple(length // size for length, size in zip(shape, sizes))

    @property
    def tokens(self) -> int:
        return math.prod(self.grid)

    @property
    def patch_pixels(self) -> int:
        return self.patch_frames * self.patch_size**2

    def to_dict(self) -> dict:
        """A setting that came later is left out where it says what was so before: such files stay readable everywhere."""
        return {name: value for name, value in asdict(self).items() if name not in ("skip", "detail") or value}

    @classmethod
    def from_dict(cls, values: dict) -> ModelConfig:
        known = {field.name for field in fields(cls)}
        if unknown := sorted(set(values) - known):
            raise ValueError(f"unknown model settings {unknown}; known ones are {sorted(known)}")
        return cls(**values)


def rms_norm(x: Tensor, weight: Tensor | None = None) -> Tensor:
    """Root-mean-square norm over the last axis (Zhang & Sennrich 2019)."""
    y = x * torch.rsqrt(x.square().mean(-1, keepdim=True) + 1e-6)
    return y if weight is None else y * weight


def patchify(clip: Tensor, config: ModelConfig) -> Tensor:
    """(B, C, F, H, W) -> (B, N, C * patch_frames * patch_size^2); tokens run over time, then rows, then columns."""
    (gt, gy, gx), pf, ps = config.grid_of(clip.shape[2:]), config.patch_frames, config.patch_size
    batch, channels = clip.shape[:2]
    clip = clip.reshape(batch, channels, gt, pf, gy, ps, gx, ps)  # (B, C, gt, pf, gy, ps, gx, ps)
    clip = clip.permute(0, 2, 4, 6, 1, 3, 5, 7)  # (B, gt, gy, gx, C, pf, ps, ps)
    return clip.reshape(batch, gt * gy * gx, channels * config.patch_pixels)  # (B, N, C*P)


def unpatchify(patches: Tensor, config: ModelConfig, grid: Grid | None = None) -> Tensor:
    """The inverse of `patchify`: (B, N, C*P) -> (B, C, F, H, W)."""
    (gt, gy, gx), pf, ps = grid or config.grid, config.patch_frames, config.patch_size
    batch, channels = patches.shape[0], patches.shape[2] // config.patch_pixels
    clip = patches.reshape(batch, gt, gy, gx, channels, pf, ps, ps)  # (B, gt, gy, gx, C, pf, ps, ps)
    clip = clip.permute(0, 4, 1, 5, 2, 6, 3, 7)  # (B, C, gt, pf, gy, ps, gx, ps)
    return clip.reshape(batch, channels, gt * pf, gy * ps, gx * ps)


LONGEST = 64  # patches along an axis


def rotary_turns(config: ModelConfig) -> list[Tensor]:
    """Angles of the 3-D rotary positions (Su et al. 2021), one table for t, y and x: (LONGEST, share of d/2) each."""
    half = config.dim // config.heads // 2
    share_space = half * 3 // 8
    turns = []
    for share in (half - 2 * share_space, share_space, share_space):
        # Positions here run to 8 or so, not to thousands: a base of 100 keeps every frequency useful.
        frequency = 100.0 ** -(torch.arange(share, dtype=torch.float64) / share)  # (share,)
        turns.append(torch.arange(LONGEST, dtype=torch.float64)[:, None] * frequency)
    return turns


def attend(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None = None) -> Tensor:
    """softmax(q k' / sqrt(d) + mask) v (Vaswani et al. 2017). (B, h, N, d), (B, h, S, d) x 2, (N, S) -> (B, h, N, d).
    Written out for the CPU, where the backward pass of torch's own takes three times as long."""
    if q.is_cuda:
        return F.scaled_dot_product_attention(q, k, v, mask)
    scores = (q * q.shape[-1] ** -0.5) @ k.transpose(-1, -2)  # (B, h, N, S)
    if mask is not None:
        scores = scores + mask
    return torch.softmax(scores.float(), dim=-1).to(v.dtype) @ v


VARIANCE_BIAS = -5.0  # of the logit: the guess begins as one that is off by 0.08, of the 2 from black to white


def variance_of(logit: Tensor) -> Tensor:
    """What the network says of a pixel -> the variance of its guess, never nothing: a clean pixel could not be weighed against it."""
    return torch.sigmoid(logit + VARIANCE_BIAS).clamp(min=1e-6)


def weigh(guess: Tensor, variance: Tensor, x: Tensor, levels: Tensor) -> Tensor:
    """The mean of a clean pixel, believed to be `guess` give or take `variance`, once the noisy x = t clean + (1 - t) noise is
    seen: the skip connection of EDM (Karras et al. 2022) with a weight that the network says for each pixel (its own variance,
    as in Nichol & Dhariwal 2021). Pure noise says nothing; a clean pixel is returned as it is.

    guess, x: (B, 3, F, H, W), variance, levels: (B, 1, F, H, W) -> (B, 3, F, H, W)"""
    noise = (1 - levels) ** 2  # its variance
    return (noise * guess + variance * levels * x) / (noise + variance * levels**2)


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Turn each pair (first half, second half) of a head by its position's angle. x: (B, h, N, d)."""
    first, second = x.chunk(2, dim=-1)  # (B, h, N, d/2) each
    return torch.cat([first * cos - second * sin, first * sin + second * cos], dim=-1)  # (B, h, N, d)


class SwiGLU(nn.Module):
    """Gated MLP (Shazeer 2020)."""

    def __init__(self, dim: int, hidden: int, out: int):
        super().__init__()
        self.inner = nn.Linear(dim, 2 * hidden, bias=False)
        self.outer = nn.Linear(hidden, out, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        gate, value = self.inner(x).chunk(2, dim=-1)  # (B, N, M) each
        return self.outer(F.silu(gate) * value)  # (B, N, D)


class TextBlock(nn.Module):
    """A plain pre-norm transformer block over the words of a caption."""

    def __init__(self, config: ModelConfig):
        super().__init__()
        self.heads = config.heads
        self.norm1 = nn.Parameter(torch.ones(config.dim))
        self.qkv = nn.Linear(config.dim, 3 * config.dim, bias=False)
        self.out = nn.Linear(config.dim, config.dim, bias=False)
        self.norm2 = nn.Parameter(torch.ones(config.dim))
        self.mlp = SwiGLU(config.dim, config.mlp_dim, config.dim)

    def forward(self, x: Tensor) -> Tensor:
        qkv = self.qkv(rms_norm(x, self.norm1))  # (B, L, 3D)
        q, k, v = (part.unflatten(-1, (self.heads, -1)).transpose(1, 2) for part in qkv.chunk(3, -1))  # (B, h, L, d)
        read = attend(q, k, v)  # (B, h, L, d)
        x = x + self.out(read.transpose(1, 2).flatten(2))  # (B, L, D)
        return x + self.mlp(rms_norm(x, self.norm2))  # (B, L, D)


class TextEncoder(nn.Module):
    """Word tokens -> one vector a word, plus one for the whole caption (the output at the <start> token).

    Padding is a word like any other: the encoder learns to pass over it, so that no attention mask exists anywhere.
    """

    def __init__(self, config: ModelConfig):
        super().__init__()
        self.word = nn.Embedding(config.vocabulary, config.dim)
        self.position = nn.Parameter(torch.zeros(config.text_length, config.dim))
        self.blocks = nn.ModuleList(TextBlock(config) for _ in range(config.text_depth))
        self.norm = nn.Parameter(torch.ones(config.dim))

    def forward(self, tokens: Tensor, ablation: Ablation | None = None) -> Tensor:
        x = self.word(tokens)  # (B, L, D)
        if ablation:
            x = turned(ablation, tokens, self.word.weight, x)  # (B, L, D)
        x = x + self.position  # (B, L, D)
        for block in self.blocks:
            x = block(x)  # (B, L, D)
        return rms_norm(x, self.norm)  # (B, L, D)


class Block(nn.Module):
    """Full attention over all spacetime patches, which also read the words, then a gated MLP.

    Shift, scale and gate come from one modulation shared by all blocks plus a small table of the block's own
    (adaLN-single, PixArt; Chen et al. 2023). The words enter as further keys and values (PRX), untouched by time,
    so that they are computed once per prompt.
    """

    def __init__(self, config: ModelConfig):
        super().__init__()
        self.heads = config.heads
        head_dim = config.dim // config.heads
        self.table = nn.Parameter(torch.zeros(6 * config.dim))
        self.qkv = nn.Linear(config.dim, 3 * config.dim, bias=False)
        self.text_kv = nn.Linear(config.dim, 2 * config.dim, bias=False)
        self.q_norm = nn.Parameter(torch.ones(head_dim))
        self.k_norm = nn.Parameter(torch.ones(head_dim))
        self.text_k_norm = nn.Parameter(torch.ones(head_dim))
        self.out = nn.Linear(config.dim, config.dim, bias=False)
        self.mlp = SwiGLU(config.dim, config.mlp_dim, config.dim)

    def heads_of(self, x: Tensor) -> Tensor:
        """(B, N, D) -> (B, h, N, d)"""
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)

    def text_keys_values(self, text: Tensor) -> tuple[Tensor, Tensor]:
        k, v = self.text_kv(text).chunk(2, dim=-1)  # (B, L, D) each
        return rms_norm(self.heads_of(k), self.text_k_norm), self.heads_of(v)  # (B, h, L, d) each

    def forward(
        self, x: Tensor, modulation: Tensor, text_k: Tensor, text_v: Tensor, cos: Tensor, sin: Tensor, cut: Cut | None = None
    ) -> Tensor:
        shift1, scale1, gate1, shift2, scale2, gate2 = (modulation + self.table).chunk(6, dim=-1)  # (B, N or 1, D)
        y = rms_norm(x) * (1 + scale1) + shift1  # (B, N, D)
        q, k, v = (self.heads_of(part) for part in self.qkv(y).chunk(3, dim=-1))  # (B, h, N, d) each
        q = rotate(rms_norm(q, self.q_norm), cos, sin)  # (B, h, N, d)
        k = rotate(rms_norm(k, self.k_norm), cos, sin)  # (B, h, N, d)
        k, v = torch.cat([text_k, k], dim=2), torch.cat([text_v, v], dim=2)  # (B, h, L+N, d)
        read = attend(q, k, v) if cut is None else cut.loudness * attend(q, k, v, cut.mask)  # (B, h, N, d)
        x = x + gate1 * self.out(read.transpose(1, 2).flatten(2))  # (B, N, D)
        y = rms_norm(x) * (1 + scale2) + shift2  # (B, N, D)
        return x + gate2 * self.mlp(y)  # (B, N, D)


class Transformer(nn.Module):
    """guess = model(x, levels, tokens).

    x:       (B, 3, F, H, W) noisy clip, clean values in [-1, 1]
    levels:  (B, 1, F, H, W) noise level t of each pixel, 0 pure noise .. 1 clean
    tokens:  (B, L) word tokens, see `world.tokenize`
    returns  (B, 3, F, H, W) the clip that the model believes in
    """

    def __init__(self, config: ModelConfig):
        super().__init__()
        self.config = config
        dim = config.dim
        self.text = TextEncoder(config)
        self.embed_down = nn.Linear(4 * config.patch_pixels, config.bottleneck, bias=False)
        self.embed_up = nn.Linear(config.bottleneck, dim)
        self.time_in = nn.Linear(config.time_features, dim)
        self.time_out = nn.Linear(dim, dim)
        self.modulation = nn.Linear(dim, 6 * dim)
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.depth))
        self.head_norm = nn.Parameter(torch.ones(dim))
        # A patch holds more numbers than a token is wide: a gated head is not bound to a subspace of rank `dim`.
        self.head = SwiGLU(dim, config.mlp_dim, (3 + config.skip) * config.patch_pixels)
        self.detail = Detail(config.detail, dim) if config.detail else None
        for axis, turns in zip("tyx", rotary_turns(config)):
            self.register_buffer(f"cos_{axis}", turns.cos().float(), persistent=False)
            self.register_buffer(f"sin_{axis}", turns.sin().float(), persistent=False)
        # 2 pi t times 1/2 .. 16: the slowest wave tells noise from clean, the fastest tells neighbouring steps apart.
        self.register_buffer("frequencies", math.pi * 2.0 ** torch.linspace(0, 5, config.time_features // 2), persistent=False)
        self.initialise()

    def initialise(self) -> None:
        """Truncated normal for every matrix; gates and head at zero, so that each block starts as the identity (DiT)."""
        for name, parameter in self.named_parameters():
            if parameter.ndim == 2:
                nn.init.trunc_normal_(parameter, std=0.02 if "word" in name or "position" in name else parameter.shape[1] ** -0.5)
        nn.init.zeros_(self.modulation.weight)
        nn.init.zeros_(self.modulation.bias)
        nn.init.zeros_(self.head.outer.weight)
        if self.detail is not None:
            self.detail.initialise()

    def encode_text(self, tokens: Tensor, ablation: Ablation | None = None) -> tuple[list[tuple[Tensor, Tensor]], Tensor]:
        """Once per prompt: every block's text keys and values, and the caption's own vector (B, D)."""
        text = self.text(tokens, ablation)  # (B, L, D)
        keys_values = [block.text_keys_values(text) for block in self.blocks]
        if ablation:
            keys_values = [(k * key_scales(ablation, tokens), v) for k, v in keys_values]
        return keys_values, text[:, 0]

    def positions(self, grid: Grid) -> tuple[Tensor, Tensor]:
        """Cosines and sines of the place of each patch: (N, d/2) each; one share of a head for t, one for y, one for x."""

        def spread(name: str) -> Tensor:
            parts = []
            for i, (axis, length) in enumerate(zip("tyx", grid)):
                view = [length if i == j else 1 for j in range(3)]
                parts.append(getattr(self, f"{name}_{axis}")[:length].reshape(*view, -1).expand(*grid, -1))
            return torch.cat(parts, dim=-1).reshape(math.prod(grid), -1)

        return spread("cos"), spread("sin")

    def forward(self, x: Tensor, levels: Tensor, tokens: Tensor, ablation: Ablation | None = None) -> Tensor:
        return self.denoise(x, levels, *self.encode_text(tokens, ablation), ablation)

    def denoise(
        self,
        x: Tensor,
        levels: Tensor,
        text: list[tuple[Tensor, Tensor]],
        caption: Tensor,
        ablation: Ablation | None = None,
    ) -> Tensor:
        drawn = self.draw(x, levels, text, caption, ablation)  # (B, 3, F, H, W), with a skip 4 channels
        if self.detail is not None:
            drawn = self.detail(drawn.float(), x, levels, caption)  # (B, 4, F, H, W)
        guess, variance = drawn[:, :3], drawn[:, 3:]  # (B, 3, F, H, W), (B, 1, F, H, W)
        if self.config.skip:
            guess = weigh(guess.float(), variance_of(variance.float()), x, levels)  # (B, 3, F, H, W)
        return guess

    def draw(
        self,
        x: Tensor,
        levels: Tensor,
        text: list[tuple[Tensor, Tensor]],
        caption: Tensor,
        ablation: Ablation | None = None,
    ) -> Tensor:
        """What the head says of every pixel: the guess, and with a skip the logit of its variance. (B, 3 or 4, F, H, W)"""
        grid = self.config.grid_of(x.shape[2:])
        cos, sin = self.positions(grid)  # (N, d/2) each
        if ablation:
            cos, sin = (table[order_of(ablation, len(table))] for table in (cos, sin))
        patches = patchify(torch.cat([x, 2 * levels - 1], dim=1), self.config)  # (B, N, 4P)
        t = patches[..., 3 * self.config.patch_pixels :].mean(-1, keepdim=True) / 2 + 0.5  # (B, N, 1) level of each patch
        waves = t * self.frequencies  # (B, N, T/2)
        time = self.time_out(F.silu(self.time_in(torch.cat([waves.cos(), waves.sin()], dim=-1))))  # (B, N, D)
        condition = F.silu(time + caption[:, None])  # (B, N, D)
        modulation = self.modulation(condition)  # (B, N, 6D)
        h = self.embed_up(self.embed_down(patches))  # (B, N, D)
        for i, (block, (text_k, text_v)) in enumerate(zip(self.blocks, text)):
            cut = cut_of(ablation, i, self.config.heads, text_k.shape[2], grid, h.device) if ablation else None
            if cut is None or not cut.skipped:
                h = block(h, modulation, text_k, text_v, cos, sin, cut)  # (B, N, D)
        patches = self.head(rms_norm(h, self.head_norm))  # (B, N, 3P), with a skip 4P
        return unpatchify(patches, self.config, grid)  # (B, 3, F, H, W), with a skip 4 channels


def forward_flops(config: ModelConfig, grid: Grid | None = None) -> float:
    """Floating-point operations of one forward pass over one clip: two for each multiplication in a matrix product, and
    nothing else. Training costs three times as many (backward is two more products for each of these)."""
    video, text, dim, hidden = math.prod(grid or config.grid), config.text_length, config.dim, config.mlp_dim
    mlp = 3 * dim * hidden
    attention = 2 * dim  # times keys: one product for the scores, one for the values
    word = config.text_depth * (4 * dim**2 + mlp + attention * text) + config.depth * 2 * dim**2
    edges = 4 * config.patch_pixels * config.bottleneck + config.bottleneck * dim  # embedding
    edges += 2 * dim * hidden + hidden * (3 + config.skip) * config.patch_pixels  # head
    time = config.time_features * dim + dim**2 + 6 * dim**2  # level of each patch, and its modulation
    patch = edges + time + config.depth * (4 * dim**2 + mlp + attention * (video + text))
    return 2.0 * (video * patch + text * word) + detail_flops(config.detail, video * config.patch_pixels)
