"""Poses fitted through the renderer: found where they are known, and no fit where a film shows something else."""

import random
from copy import deepcopy

import pytest
import torch

from snowglobe import world
from snowglobe.fitting import fit

pytestmark = pytest.mark.usefixtures("one_thread")

N = torch.tensor([[2, 7, 13]])  # frames that are looked at


def scenes_of(motion: str | None, count: int, objects: int = 1) -> list[world.Scene]:
    """Scenes in whose frames N every thing is well within the picture, so that its pose can be seen."""
    rng, found = random.Random(f"fitting {motion}"), []
    while len(found) < count:
        scene = world.sample_scene(rng.random, objects=objects)
        inside = all(0.2 < x < 0.8 and 0.2 < y < 0.8 for o in scene.objects for x, y, _, _ in world.poses(o)[N[0]])
        if inside and (motion is None or scene.objects[0].motion == motion):
            found.append(scene)
    return found


def moved(scene: world.Scene, x: float, y: float, larger: float, turn: float = 0) -> world.Scene:
    scene = deepcopy(scene)
    for o in scene.objects:
        o.x, o.y, o.radius, o.phase = o.x + x, o.y + y, o.radius * larger, o.phase + turn
    return scene


def film(scenes: list[world.Scene]) -> torch.Tensor:
    return world.render(scenes) * 2 - 1


@pytest.mark.parametrize("objects", [1, 2])
def test_things_are_found_a_pixel_and_a_half_away(objects: int):
    scenes = scenes_of("still", 4, objects)
    clips = film([moved(scene, 1.5 / 32, -1.5 / 32, 1.1) for scene in scenes])
    before = film(scenes)[:, :, N[0]].sub(clips[:, :, N[0]]).div(2).square().mean((1, 3, 4))  # (B, K)
    found = fit(scenes, clips, N.expand(len(scenes), -1))
    assert (found.error < 0.1 * before.flatten()).float().mean() > 0.9
    drawn, wanted = found.draw(16, 128, 128), world.render([moved(s, 1.5 / 32, -1.5 / 32, 1.1) for s in scenes], 16, 128, 128)
    wanted = wanted[:, :, N[0]].transpose(1, 2).flatten(0, 1)
    assert drawn.shape == wanted.shape == (12, 3, 128, 128)
    assert (drawn - wanted).square().mean((1, 2, 3)).median() < 1e-3


def test_a_true_clip_is_explained_by_its_own_scene():
    scenes = scenes_of(None, 4) + scenes_of(None, 2, 2)
    found = fit(scenes, film(scenes), N.expand(len(scenes), -1))
    assert found.error.max() < 1e-3 and found.error.median() < 1e-4


def test_a_spin_is_found_though_it_has_turned_a_radian():
    scenes = [s for s in scenes_of("spinning", 12) if s.objects[0].thing in ("boat", "rocket", "fish", "heart")]
    assert len(scenes) > 2
    found = fit(scenes, film([moved(scene, 0, 0, 1, 1.0) for scene in scenes]), N.expand(len(scenes), -1))
    assert (found.error < 0.001).float().mean() > 0.9


def test_a_film_of_something_else_stays_unexplained():
    scenes = scenes_of("still", 4)
    others = deepcopy(scenes)
    for scene in others:
        scene.objects[0].colour = "green" if scene.objects[0].colour != "green" else "red"
    found = fit(scenes, film(others), N.expand(len(scenes), -1))
    assert found.error.min() > 0.001 and found.error.median() > 0.004


def test_it_leaves_gradients_and_scenes_as_they_were():
    scenes = scenes_of("still", 2)
    before = deepcopy(scenes)
    found = fit(scenes, film(scenes), N.expand(len(scenes), -1))
    assert scenes == before
    assert not any(values.requires_grad for values in found.batch.values()) and not found.error.requires_grad
