"""The few-step student: what it is taught is where its teacher walks."""

import math
from pathlib import Path

import pytest
import torch

from snowglobe import student, train, world
from snowglobe.model import ModelConfig, Transformer

TINY = ModelConfig(frames=4, height=16, width=16, dim=16, depth=1, heads=2, mlp_dim=16, bottleneck=8, text_length=32, text_depth=1,
                   vocabulary=len(world.VOCABULARY))  # fmt: skip


@pytest.mark.parametrize("t", [0.0, 0.25, 0.75])
def test_one_step_with_the_target_ends_where_the_teacher_does(t):
    """For a Gaussian the teacher's guess is a formula: it must be followed to the letter, in many small steps."""
    mean, deviation = 0.3, 0.5

    def teacher(x, t):
        return mean + t * deviation**2 / (t**2 * deviation**2 + (1 - t) ** 2) * (x - t * mean)

    x = torch.linspace(-2, 2, 9, dtype=torch.float64)
    target = student.target_of(teacher, x, t, t + 0.25, substeps=400)
    spread = [math.hypot(time * deviation, 1 - time) for time in (t, t + 0.25)]
    exact = (t + 0.25) * mean + spread[1] / spread[0] * (x - t * mean)
    landed = target if t + 0.25 >= 1 else student.euler(x, t, t + 0.25, target)
    torch.testing.assert_close(landed, exact, rtol=0, atol=2e-3)


def test_a_run_is_stopped_and_goes_on(tmp_path: Path):
    torch.manual_seed(0)
    teacher = Transformer(TINY)
    for p in teacher.parameters():
        torch.nn.init.normal_(p, std=0.2)
    config = train.TrainConfig(batch=4, ladder={"one": [0.0, 1]}, stretch=2)
    assert not student.train(teacher, config, tmp_path, 6, piece=2)
    first = torch.load(tmp_path / "checkpoint.pt", weights_only=True)
    assert student.train(teacher, config, tmp_path, first["seconds"] + 1)
    second = torch.load(tmp_path / "student.pt", weights_only=True)
    assert second["step"] > first["step"] > 0
    assert second["average"]["blocks.0.qkv.weight"].dtype == torch.float16
    name = "blocks.0.qkv.weight"
    assert (second["average"][name].float() - teacher.state_dict()[name]).abs().max() > 1e-4, "it has learned something"
