"""A trained model as a folder that the browser loads: model.safetensors, config.json, manifest.json.

What it is: the safetensors format (https://huggingface.co/docs/safetensors, written and read here in a few lines) and
the three files around it. What it is not: it chooses no weights (the training script passes the EMA copy) and writes
no model card.

The parts of the network that follow from its configuration (rotary table, time frequencies) are not stored: both
languages compute them.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from . import world
from .decoder import Decoder, DecoderConfig
from .model import ModelConfig, Transformer

DTYPES = {"F16": np.dtype("<f2"), "F32": np.dtype("<f4"), "I8": np.dtype("i1")}
SCALE = ".scale"  # added to the name of a matrix in I8: its scales, one a row


def quantised(matrix: Tensor) -> tuple[np.ndarray, np.ndarray]:
    """A matrix (out, in) as whole numbers -127 .. 127 (int8) and a scale a row (float32): value = scale x number."""
    values = matrix.detach().cpu().float().numpy()
    scale = np.abs(values).max(axis=1) / np.float32(127)
    numbers = np.rint(values / np.where(scale > 0, scale, 1)[:, None])
    return numbers.astype(np.int8), scale.astype(np.float32)


def write_safetensors(path: Path, tensors: Mapping[str, Tensor], dtype: str = "F16") -> None:
    """Header length (8 bytes, little-endian), JSON header, then the tensors in the header's order without a gap.

    dtype: F16, F32, or I8: matrices as whole numbers with a scale a row, everything else as F16. Raises ValueError for a number that is not finite, or that does not fit the type: it would be refused or, worse,
    drawn as black frames by whoever loads it.
    """
    header: dict[str, dict] = {}
    blocks: list[bytes] = []
    start = 0

    def add(name: str, values: np.ndarray, kind: str) -> None:
        nonlocal start
        with np.errstate(over="ignore"):  # an overflow becomes inf, which the next line refuses
            stored = values.astype(DTYPES[kind])
        if not np.isfinite(stored).all():
            raise ValueError(f"{name} holds numbers that {kind} cannot store")
        blocks.append(stored.tobytes())
        header[name] = {"dtype": kind, "shape": list(values.shape), "data_offsets": [start, start + len(blocks[-1])]}
        start += len(blocks[-1])

    for name, tensor in tensors.items():
        if dtype == "I8" and tensor.ndim == 2 and torch.isfinite(tensor).all():
            numbers, scale = quantised(tensor)
            add(name, numbers, "I8")
            add(name + SCALE, scale, "F32")
        else:
            add(name, tensor.detach().cpu().float().numpy(), "F16" if dtype == "I8" else dtype)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)  # the data begins at a multiple of 8 bytes
    Path(path).write_bytes(struct.pack("<Q", len(text)) + text + b"".join(blocks))


def read_safetensors(path: Path) -> dict[str, Tensor]:
    """The tensors of a file of ours, as float32."""
    data = Path(path).read_bytes()
    (length,) = struct.unpack_from("<Q", data)
    tensors = {}
    header = json.loads(data[8 : 8 + length])
    header.pop("__metadata__", None)  # what a model that learned in the page says of itself
    for name, entry in header.items():
        start, end = (8 + length + offset for offset in entry["data_offsets"])
        values = np.frombuffer(data[start:end], DTYPES[entry["dtype"]]).reshape(entry["shape"])
        tensors[name] = torch.from_numpy(values.astype(np.float32))
    for name in [name for name in tensors if name + SCALE in tensors]:
        tensors[name] *= tensors.pop(name + SCALE)[:, None]
    return tensors


def export(
    model: nn.Module, config: ModelConfig, folder: Path, name: str, extra: Mapping, dtype: str = "F16"
) -> None:
    """Write `model` (PyTorch's names and layout: matrices are (out, in)) and its two JSON files into `folder`.

    dtype: F16, or I8 for a file of half the size (`write_safetensors`).
    extra: what else config.json says; "vocabulary", the list of words whose position is their token, is required.
    """
    if len(extra["vocabulary"]) > config.vocabulary:
        raise ValueError(f"{len(extra['vocabulary'])} words do not fit a model of {config.vocabulary} word vectors")
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    write_safetensors(folder / "model.safetensors", model.state_dict(), dtype)
    settings = {"name": name, "model": config.to_dict(), **extra}
    (folder / "config.json").write_text(json.dumps(settings, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    write_manifest(folder, ["model.safetensors", "config.json"])


def write_manifest(folder: Path, names: list[str], **beside: str) -> None:
    """Length and SHA-256 of each file, which the browser checks before it believes a download.

    beside: the folders, in this one or beside it (`../name`), of networks that belong to this one: `weak`, the earlier checkpoint
    that autoguidance compares with, and `student`, which needs fewer steps. One that was named before stays named where nothing
    is said, and so do the `checkpoints` that the page shows (docs/reference/engine.md), so that new weights of a model do not
    lose their copies.
    """
    files, there = [], folder / "manifest.json"
    before = json.loads(there.read_text(encoding="utf-8")) if there.exists() else {}
    for name in names:
        data = (folder / name).read_bytes()
        files.append({"name": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()})
    beside = {name: before[name] for name in ("weak", "student", "checkpoints") if name in before} | beside
    there.write_text(json.dumps({"files": files, **beside}, indent=2) + "\n", encoding="utf-8")


def load_exported(folder: Path) -> tuple[Transformer, dict]:
    """The model of an exported folder with its rounded weights in float32, and what config.json says."""
    folder = Path(folder)
    settings = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    model = Transformer(ModelConfig.from_dict(settings["model"]))
    model.load_state_dict(read_safetensors(folder / "model.safetensors"))
    return model.eval(), settings


def export_decoder(decoder: Decoder, folder: Path, name: str, extra: Mapping = {}) -> None:
    """Write a decoder and its two JSON files into `folder`: a convolution is (out, in, height, width), as in PyTorch."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    write_safetensors(folder / "model.safetensors", decoder.state_dict())
    words = world.VOCABULARY[: decoder.config.vocabulary]
    settings = {"name": name, "decoder": decoder.config.to_dict(), "vocabulary": words, **extra}
    (folder / "config.json").write_text(json.dumps(settings, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    write_manifest(folder, ["model.safetensors", "config.json"])


def load_decoder(folder: Path) -> Decoder:
    """The decoder of an exported folder with its rounded weights in float32."""
    folder = Path(folder)
    settings = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    decoder = Decoder(DecoderConfig.from_dict(settings["decoder"]))
    decoder.load_state_dict(read_safetensors(folder / "model.safetensors"))
    return decoder.eval()
