"""The committed golden files of the look inside are what PyTorch computes today."""

from pathlib import Path

import pytest
import torch

from golden_probe import early_guesses, probe_tensors
from snowglobe.export import load_exported, read_safetensors

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden"


def assert_close(got: torch.Tensor, expected: torch.Tensor) -> None:
    error = (got - expected).abs().max() / expected.abs().max()
    assert error < 1e-4, f"off by {error:.1e} of the largest number: run training/golden_probe.py (and with --model)"


@pytest.mark.parametrize("case", ["uniform", "mixed", "other"])
def test_the_tiny_model(case):
    model, _ = load_exported(GOLDEN / "model-tiny")
    tensors = read_safetensors(GOLDEN / "model-tiny" / "probe.safetensors")
    x, levels = tensors[f"{case}.x"], tensors[f"{case}.levels"]
    asked = [int(token) % (x[0].numel() // model.config.patch_pixels) for token in tensors["asked"]]
    got = probe_tensors(model, x, levels, tensors["tokens"].long(), asked)
    for name in ("rows", "reads", "times", "guesses"):
        assert_close(got[name], tensors[f"{case}.{name}"])
    assert_close(got["rows"].sum(-1), torch.ones(got["rows"].shape[:-1]))
    assert_close(got["reads"].sum(-1).mean(-1), 1 - got["times"].sum(-1).mean(-1))


@pytest.mark.parametrize("name", ["nano", "mini"])
def test_a_shipped_model(name):
    model, _ = load_exported(ROOT / "models" / name)
    tensors = read_safetensors(GOLDEN / f"{name}-probe.safetensors")
    levels = tensors["levels"].expand(tensors["x"].shape[1:])
    asked = tensors["asked"].long().tolist()
    got = probe_tensors(model, tensors["x"], levels, tensors["tokens"].long(), asked)
    middle = model.config.frames // 2
    assert_close(got["guesses"][:, :, middle : middle + 1], tensors["guesses"])
    for name in ("rows", "times"):
        assert_close(got[name], tensors[name])


@torch.no_grad()
def test_the_last_early_guess_is_the_guess_and_the_model_is_left_whole():
    model, _ = load_exported(GOLDEN / "model-tiny")
    tensors = read_safetensors(GOLDEN / "model-tiny" / "probe.safetensors")
    given = (tensors["mixed.x"][None], tensors["mixed.levels"][None, None], tensors["tokens"].long())
    *_, last = early_guesses(model, *given)
    assert len(model.blocks) == model.config.depth
    assert torch.equal(last, model(*given))
