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

    @property
    def grid(self) -> tuple[int, int, int]:
        """Patches along time, height and width."""
        return self.frames // self.patch_frames, self.height // self.patch_size, self.width // self.patch_size

    @property
    def tokens(self) -> int:
        return math.prod(self.grid)

    @property
    def patch_pixels(self) -> int:
        return self.patch_frames * self.patch_size**2

    def to_dict(self) -> dict:
        return asdict(self)

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
    (gt, gy, gx), pf, ps = config.grid, config.patch_frames, config.patch_size
    batch, channels = clip.shape[:2]
    clip = clip.reshape(batch, channels, gt, pf, gy, ps, gx, ps)  # (B, C, gt, pf, gy, ps, gx, ps)
    clip = clip.permute(0, 2, 4, 6, 1, 3, 5, 7)  # (B, gt, gy, gx, C, pf, ps, ps)
    return clip.reshape(batch, config.tokens, channels * config.patch_pixels)  # (B, N, C*P)


def unpatchify(patches: Tensor, config: ModelConfig) -> Tensor:
    """The inverse of `patchify`: (B, N, C*P) -> (B, C, F, H, W)."""
    (gt, gy, gx), pf, ps = config.grid, config.patch_frames, config.patch_size
    batch, channels = patches.shape[0], patches.shape[2] // config.patch_pixels
    clip = patches.reshape(batch, gt, gy, gx, channels, pf, ps, ps)  # (B, gt, gy, gx, C, pf, ps, ps)
    clip = clip.permute(0, 4, 1, 5, 2, 6, 3, 7)  # (B, C, gt, pf, gy, ps, gx, ps)
    return clip.reshape(batch, channels, config.frames, config.height, config.width)


def rotary_table(config: ModelConfig) -> tuple[Tensor, Tensor]:
    """Cosines and sines of the 3-D rotary positions (Su et al. 2021; one share of each head for t, y and x), (N, d/2)."""
    half = config.dim // config.heads // 2
    share_space = half * 3 // 8
    shares = (half - 2 * share_space, share_space, share_space)
    axes = torch.meshgrid(*(torch.arange(n, dtype=torch.float64) for n in config.grid), indexing="ij")
    angles = []
    for position, share in zip(axes, shares):
        # Positions here run to 8 or so, not to thousands: a base of 100 keeps every frequency useful.
        frequency = 100.0 ** -(torch.arange(share, dtype=torch.float64) / share)  # (share,)
        angles.append(position.reshape(-1, 1) * frequency)  # (N, share)
    table = torch.cat(angles, dim=1)  # (N, d/2)
    return table.cos().float(), table.sin().float()


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
        read = F.scaled_dot_product_attention(q, k, v)  # (B, h, L, d)
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

    def forward(self, tokens: Tensor) -> Tensor:
        x = self.word(tokens) + self.position  # (B, L, D)
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

    def forward(self, x: Tensor, modulation: Tensor, text_k: Tensor, text_v: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        shift1, scale1, gate1, shift2, scale2, gate2 = (modulation + self.table).chunk(6, dim=-1)  # (B, N or 1, D)
        y = rms_norm(x) * (1 + scale1) + shift1  # (B, N, D)
        q, k, v = (self.heads_of(part) for part in self.qkv(y).chunk(3, dim=-1))  # (B, h, N, d) each
        q = rotate(rms_norm(q, self.q_norm), cos, sin)  # (B, h, N, d)
        k = rotate(rms_norm(k, self.k_norm), cos, sin)  # (B, h, N, d)
        k, v = torch.cat([text_k, k], dim=2), torch.cat([text_v, v], dim=2)  # (B, h, L+N, d)
        read = F.scaled_dot_product_attention(q, k, v)  # (B, h, N, d)
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
        self.head = SwiGLU(dim, config.mlp_dim, 3 * config.patch_pixels)
        cos, sin = rotary_table(config)
        self.register_buffer("cos", cos, persistent=False)
        self.register_buffer("sin", sin, persistent=False)
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

    def encode_text(self, tokens: Tensor) -> tuple[list[tuple[Tensor, Tensor]], Tensor]:
        """Once per prompt: every block's text keys and values, and the caption's own vector (B, D)."""
        text = self.text(tokens)  # (B, L, D)
        return [block.text_keys_values(text) for block in self.blocks], text[:, 0]

    def forward(self, x: Tensor, levels: Tensor, tokens: Tensor) -> Tensor:
        return self.denoise(x, levels, *self.encode_text(tokens))

    def denoise(self, x: Tensor, levels: Tensor, text: list[tuple[Tensor, Tensor]], caption: Tensor) -> Tensor:
        patches = patchify(torch.cat([x, 2 * levels - 1], dim=1), self.config)  # (B, N, 4P)
        t = patches[..., 3 * self.config.patch_pixels :].mean(-1, keepdim=True) / 2 + 0.5  # (B, N, 1) level of each patch
        waves = t * self.frequencies  # (B, N, T/2)
        time = self.time_out(F.silu(self.time_in(torch.cat([waves.cos(), waves.sin()], dim=-1))))  # (B, N, D)
        condition = F.silu(time + caption[:, None])  # (B, N, D)
        modulation = self.modulation(condition)  # (B, N, 6D)
        h = self.embed_up(self.embed_down(patches))  # (B, N, D)
        for block, (text_k, text_v) in zip(self.blocks, text):
            h = block(h, modulation, text_k, text_v, self.cos, self.sin)  # (B, N, D)
        patches = self.head(rms_norm(h, self.head_norm))  # (B, N, 3P)
        return unpatchify(patches, self.config)  # (B, 3, F, H, W)
