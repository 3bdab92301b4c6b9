"""The committed golden files are what PyTorch computes today: whoever changes the model must make them anew."""

from pathlib import Path

import pytest
import torch

from snowglobe.export import load_exported, read_safetensors
from snowglobe.sampling import Guidance, sample

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden"
FILES = {
    "tiny": (GOLDEN / "model-tiny", GOLDEN / "model-tiny" / "golden.safetensors"),
    "nano": (ROOT / "models" / "nano", GOLDEN / "nano.safetensors"),
}
ADVICE = "run training/golden_model.py (with --model models/nano for nano)"


def assert_close(got: torch.Tensor, expected: torch.Tensor) -> None:
    error = (got - expected).abs().max() / expected.abs().max()
    assert error < 1e-4, f"off by {error:.1e} of the largest number: {ADVICE}"


@pytest.fixture(params=FILES)
def golden(request):
    folder, file = FILES[request.param]
    return load_exported(folder)[0], read_safetensors(file)


@pytest.mark.parametrize("case", ["uniform", "mixed"])
@torch.no_grad()
def test_a_forward_pass(golden, case):
    model, tensors = golden
    x, levels, tokens = tensors["x"], tensors[f"{case}.levels"], tensors["tokens"].long()
    assert_close(model(x.expand(2, *x.shape), levels.expand(2, 1, *levels.shape), tokens), tensors[f"{case}.guess"])


def test_a_guided_run(golden):
    model, tensors = golden
    seed, steps, *guidance = tensors["run"].tolist()
    tokens = tensors["tokens"][:1].long()
    clip, _ = sample(model, tokens, [int(seed)], int(steps), "multistep", Guidance(*guidance))
    assert_close(clip[0], tensors[f"run.multistep.{int(steps) - 1}"])
