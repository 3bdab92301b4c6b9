"""The stream of scenes on the device is the world, drawn faster: the same chances, the same words, the same pictures."""

import random

import pytest
import torch

from snowglobe import stream, world

FRAMES = 16


def unpack(batch: world.Batch, i: int) -> world.Scene:
    """A scene with a name for each of its numbers, of the i-th row of a batch."""
    row = {name: values[i].tolist() for name, values in batch.items()}
    objects = []
    for k in range(sum(row["here"])):
        numbers = {name: row[name][k] for name in world.NUMBERS}
        if numbers["hit"] >= world.NEVER:
            numbers |= {"hit": None, "ux": None, "uy": None}
        colour, to = world.COLOURS[row["colour"][k]], world.COLOURS[row["to"][k]]
        words = {"thing": world.THINGS[row["thing"][k]], "colour": colour, "size": world.SIZES[row["size"][k]]}
        words |= {"motion": world.ALL_MOTIONS[row["motion"][k]], "speed": [None, *world.SPEEDS][row["speed"][k]]}
        objects.append(world.Object(**words, **numbers, to=None if to == colour else to))
    return world.Scene(
        world.SETTINGS[row["setting"]],
        world.CAMERAS[row["camera"]],
        row["backdrop"],
        objects,
        wall=[row["wall_x"], row["wall_top"]] if row["wall"] else None,
        light=[None, "dusk", "dawn"][row["light"]],
        picture=row["picture"] or None,
    )


def streamed(plot: str, count: int, frames: int = FRAMES, seed: int = 0) -> world.Batch:
    plots = torch.full((count,), world.PLOTS.index(plot))
    return stream.sample_scenes(plots, frames, torch.Generator().manual_seed(seed), 12 if plot == "one" else stream.TRIES)


def named(plot: str, count: int, frames: int = FRAMES) -> world.Batch:
    rng = random.Random(1)
    return world.pack([world.sample_scene(rng.random, plot=plot, frames=frames) for _ in range(count)])


def kolmogorov_smirnov(a: torch.Tensor, b: torch.Tensor) -> float:
    """Largest distance between two empirical distributions, as a share of what chance exceeds once in 1,500 times."""
    values = torch.cat([a, b]).unique()
    below = [torch.searchsorted(x.sort().values, values, right=True) / len(x) for x in (a, b)]
    return float((below[0] - below[1]).abs().max()) / (2.0 * (1 / len(a) + 1 / len(b)) ** 0.5)


@pytest.mark.parametrize("plot", world.PLOTS)
def test_every_number_is_drawn_by_the_same_chances(plot):
    count = 12_000 if plot == "one" else 600  # every motion of a single thing, often enough to see a wrong chance
    ours, theirs = streamed(plot, count), named(plot, count)
    assert ours.keys() == theirs.keys()
    for name in ours:
        for k in range(ours[name].shape[1] if ours[name].ndim == 2 else 1):
            columns = []
            for batch in (ours, theirs):
                values = batch[name].double().round(decimals=5)
                values = values[batch["here"][:, k], k] if values.ndim == 2 else values
                columns.append(values)
            # What one motion means must agree, too: a sum over all of them would hide an exchange.
            motions = [batch["motion"][batch["here"][:, k], k] for batch in (ours, theirs)]
            groups = [None, *motions[0].unique().tolist()] if ours[name].ndim == 2 else [None]
            for group in groups:
                parts = [c if group is None else c[m == group] for c, m in zip(columns, motions)]
                if min(map(len, parts)) > 20:
                    assert kolmogorov_smirnov(*parts) < 1, (name, k, group)


@pytest.mark.parametrize("plot", world.PLOTS)
def test_it_shows_only_what_training_may_show(plot):
    scenes = [unpack(batch, i) for frames in (8, 24) for batch in [streamed(plot, 40, frames)] for i in range(40)]
    for i, scene in enumerate(scenes):
        assert not world.in_hole(scene) and not world.alike(scene)
        assert not world.crowded(scene, 8 if i < 40 else 24)


@pytest.mark.parametrize("plot", world.PLOTS)
def test_full_captions_are_the_named_ones(plot):
    batch = streamed(plot, 60)
    odds = world.WORLD["odds"]
    tokens = stream.caption_tokens(batch, 32, None, odds)
    for i in range(60):
        assert tokens[i].tolist() == world.tokenize(world.caption(unpack(batch, i)), 32)


def test_captions_vary_and_shorten_by_the_same_chances():
    odds, rng = world.WORLD["odds"], random.Random(3)
    for plot in ("three", "turn", "collision", "light"):
        batch = streamed(plot, 1500)
        tokens = stream.caption_tokens(batch, 32, torch.Generator().manual_seed(2), odds)
        theirs = torch.tensor([world.tokenize(world.caption(unpack(batch, i), rng.random), 32) for i in range(1500)])
        for word in tokens.unique().tolist():
            shares = [(rows == word).double().sum(1).mean().item() for rows in (tokens, theirs)]
            assert abs(shares[0] - shares[1]) < 0.12 + 0.15 * shares[1], (plot, world.VOCABULARY[word], shares)
        lengths = [(rows != 0).sum(1).double() for rows in (tokens, theirs)]
        assert kolmogorov_smirnov(*lengths) < 1
    empty = stream.caption_tokens(batch, 32, torch.Generator().manual_seed(2), odds, text_drop=0.5)
    assert 0.45 < ((empty != 0).sum(1) == 1).double().mean() < 0.55


@pytest.mark.parametrize("shape", [(16, 32, 32), (8, 24, 40), (24, 40, 24)])
def test_clips_are_those_of_the_named_scenes(shape):
    plots = torch.arange(len(world.PLOTS)).repeat_interleave(2)
    batch = stream.sample_scenes(plots, shape[0], torch.Generator().manual_seed(4))
    clips = world.draw_scenes(batch, world.looks(torch.device("cpu"), torch.float32), *shape)
    one_by_one = torch.cat([world.render([unpack(batch, i)], *shape, dtype=torch.float64) for i in range(len(plots))])
    assert clips.shape == (len(plots), 3, *shape)
    assert (clips - one_by_one).abs().max() < 1 / 255
