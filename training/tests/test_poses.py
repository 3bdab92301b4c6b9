"""Where things are and how they are turned: what is asked agrees with what is drawn."""

import math

import pytest
import torch

from snowglobe import world
from snowglobe.model import ModelConfig
from snowglobe.poses import Poses, levels_of, poses_of
from snowglobe.world import Object, Scene

TINY = ModelConfig(dim=32, depth=2, heads=2, mlp_dim=64, text_depth=1, text_length=28, bottleneck=8, vocabulary=len(world.VOCABULARY))
SHAPE = (TINY.frames, TINY.height, TINY.width)


def scene(*things: dict, camera: str = "stands") -> Scene:
    usual = {"thing": "heart", "colour": "red", "size": "small", "motion": "still", "speed": None, "radius": 0.16, "x": 0.5, "y": 0.5}
    return Scene("snow", camera, 0.0, [Object(**(usual | thing)) for thing in things])


def asked(*scenes: Scene) -> torch.Tensor:
    """(B, gt, gy, gx, pf, 6)"""
    return poses_of(world.pack(list(scenes)), SHAPE, TINY).unflatten(1, TINY.grid)


@pytest.mark.parametrize("camera", ["stands", "left"])
def test_the_middle_that_is_asked_is_where_the_renderer_draws_the_thing(camera):
    moving = scene({"thing": "box", "motion": "right", "speed": "slowly", "x": 0.3, "y": 0.4, "vx": 0.015}, camera=camera)
    empty = Scene(moving.setting, camera, 0.0, [])
    drawn, without = (world.render([s], *SHAPE) for s in (moving, empty))
    mask = (drawn - without).abs().sum(1)[0]  # (F, H, W)
    answers, size = asked(moving)[0], TINY.patch_size
    for frame in (0, 7, 15):
        weight = (mask[frame] > 0.2).float()
        found = [float((weight.sum(axis) * (torch.arange(32) + 0.5)).sum() / weight.sum()) for axis in (0, 1)]  # across, down, in pixels
        at = answers[frame // 2, :, :, frame % 2]  # (gy, gx, 6)
        there = at[..., 4].nonzero()
        assert len(there)
        for gy, gx in there.tolist():
            said = [float(at[gy, gx, i] + 0.5 + (gx, gy)[i]) * size for i in (0, 1)]
            assert said == pytest.approx(found, abs=0.6)


def test_every_patch_that_shows_a_part_of_a_thing_is_asked():
    still = scene({"x": 0.4, "y": 0.3})
    mask = (world.render([still], *SHAPE) - world.render([Scene("snow", "stands", 0.0, [])], *SHAPE)).abs().sum(1)[0, 0]
    shows = torch.nn.functional.max_pool2d(mask[None], TINY.patch_size)[0] > 0.2
    assert (asked(still)[0, 0, :, :, 0, 4].bool() | ~shows).all()
    assert not asked(scene())[..., 4:].any()


def test_the_turn_is_that_of_the_renderer_as_often_as_a_thing_looks_the_same():
    def turn(thing: str, phase: float) -> torch.Tensor:
        return asked(scene({"thing": thing, "motion": "spinning", "speed": "slowly", "omega": 0.1, "phase": phase}))[0, 0, 1, 1]

    heart = turn("heart", 0.3)
    torch.testing.assert_close(heart[:, 2], torch.tensor([0.3, 0.4]).cos())
    torch.testing.assert_close(heart[:, 3], torch.tensor([0.3, 0.4]).sin())
    assert heart[:, 5].all()
    torch.testing.assert_close(turn("box", 0.3), turn("box", 0.3 + math.pi / 2), atol=1e-5, rtol=0)
    torch.testing.assert_close(turn("star", 0.3), turn("star", 0.3 + math.tau / 5), atol=1e-5, rtol=0)
    assert not asked(scene({}))[..., 5].any(), "the turn is asked only of what spins"


def test_of_two_things_the_nearer_one_is_asked_and_one_that_is_not_there_never():
    both = asked(scene({"x": 0.3, "y": 0.5}, {"x": 0.7, "y": 0.5}))[0, 0, :, :, 0]  # (gy, gx, 6)
    left, right = asked(scene({"x": 0.3, "y": 0.5}))[0, 0, :, :, 0], asked(scene({"x": 0.7, "y": 0.5}))[0, 0, :, :, 0]
    torch.testing.assert_close(both[1, 0], left[1, 0])
    torch.testing.assert_close(both[1, 3], right[1, 3])


def test_it_begins_by_asking_the_blocks_for_nothing_and_asks_less_of_what_noise_hides():
    poses, answers = Poses(TINY.dim, TINY.patch_frames), asked(scene({"motion": "spinning", "omega": 0.1})).flatten(1, 3)
    h, t = torch.randn(1, TINY.tokens, TINY.dim, requires_grad=True), torch.ones(1, TINY.tokens)
    poses(h, answers, t).backward()
    assert h.grad.abs().max() == 0 and poses.outer.weight.grad.abs().max() > 0
    torch.nn.init.normal_(poses.outer.weight)
    assert poses(h, answers, t) > 0 and poses(h, answers, 0 * t) == 0
    levels = torch.zeros(1, 1, *SHAPE)
    levels[:, :, :2] = 1
    assert levels_of(levels, TINY).unflatten(1, TINY.grid)[0, :, 0, 0].tolist() == [1] + [0] * (TINY.grid[0] - 1)
