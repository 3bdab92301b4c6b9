"""The world keeps its promises; that TypeScript draws the same is tested there, on golden files made from here."""

import random

import numpy as np
import pytest
import torch

from snowglobe import world


def test_same_seed_same_scene():
    first, second = (world.sample_scene(world.Draw(5)) for _ in range(2))
    assert first == second
    assert world.Scene.from_dict(first.to_dict()) == first


def test_training_never_shows_a_hole_and_holes_can_be_asked_for():
    rng = random.Random(0)
    assert not any(world.in_hole(world.sample_scene(rng.random)) for _ in range(2000))
    assert any(world.in_hole(world.sample_scene(rng.random, holes=True)) for _ in range(200))


def test_captions_fit_and_are_known():
    rng = random.Random(1)
    for _ in range(1000):
        scene = world.sample_scene(rng.random)
        tokens = world.tokenize(world.caption(scene), 28)
        words = world.caption(scene).split()
        assert sum(token != 0 for token in tokens) == len(words) + 1


def test_clips_are_within_range_and_do_not_depend_on_their_neighbours():
    rng = random.Random(2)
    scenes = [world.sample_scene(rng.random) for _ in range(9)]
    together = world.render(scenes)
    assert together.shape == (9, 3, 16, 32, 32) and together.min() >= 0 and together.max() <= 1
    for scene, clip in zip(scenes, together):
        torch.testing.assert_close(world.render([scene])[0], clip, atol=1e-6, rtol=0)


def test_a_finer_clip_averages_to_the_coarse_one():
    rng = random.Random(3)
    scenes = [world.sample_scene(rng.random) for _ in range(8)]
    coarse, fine = world.render(scenes), world.render(scenes, height=128, width=128)
    average = torch.nn.functional.avg_pool3d(fine, (1, 4, 4))
    assert (average - coarse).abs().mean() < 0.01


@pytest.mark.parametrize("part", [{"disc": [0, 0, 1]}, {"ring": [0, 0, 0.7, 0.3]}])
def test_distances_have_slope_one(part):
    axis = np.linspace(-1.5, 1.5, 301)
    x, y = np.meshgrid(axis, axis)
    d = world.part_distance(part, x, y)
    slope = np.hypot(*np.gradient(d, axis, axis))
    assert np.median(slope) == pytest.approx(1, abs=1e-3)


def test_polygon_distance_of_a_square_is_exact():
    square = [[-1, -1], [1, -1], [1, 1], [-1, 1]]
    x, y = np.array([0.0, 2.0, 2.0, 0.9]), np.array([0.0, 0.0, 2.0, 0.0])
    np.testing.assert_allclose(world.polygon_distance(square, x, y), [-1, 1, 2**0.5, -0.1], atol=1e-12)
