"""The detail head: what it begins as, how far it sees, and what its training leaves alone."""

from pathlib import Path

import pytest
import torch

from snowglobe import train, world
from snowglobe.detail import DEPTH, Detail, detail_flops, frames_around, seen_of
from snowglobe.export import export
from snowglobe.growing import grown
from snowglobe.model import ModelConfig, Transformer
from snowglobe.train_detail import EDGE, FRAMES, SIDE, DetailTrainer

SIZE = dict(dim=32, depth=1, heads=2, mlp_dim=64, text_depth=1, vocabulary=len(world.VOCABULARY), bottleneck=8, skip=1)
PLAIN, DETAILED = ModelConfig(**SIZE), ModelConfig(**SIZE, detail=4)


def random_detail() -> Detail:
    torch.manual_seed(3)
    detail = Detail(4, 32)
    for parameter in detail.parameters():
        torch.nn.init.normal_(parameter, std=0.2)
    return detail


def test_it_begins_with_no_correction():
    torch.manual_seed(0)
    small, large = Transformer(PLAIN), Transformer(DETAILED)
    for parameter in small.parameters():
        torch.nn.init.normal_(parameter, std=0.1)
    large.load_state_dict(grown(small.state_dict(), PLAIN, DETAILED))
    x, levels, tokens = torch.randn(2, 3, 16, 32, 32), torch.rand(2, 1, 16, 32, 32), torch.randint(9, (2, 24))
    with torch.no_grad():
        torch.testing.assert_close(large(x, levels, tokens), small(x, levels, tokens))
        torch.nn.init.normal_(large.detail.out.weight)
        assert (large(x, levels, tokens) - small(x, levels, tokens)).abs().mean() > 1e-5


def test_it_needs_to_know_how_sure_the_guess_is():
    with pytest.raises(ValueError, match="skip = 1"):
        ModelConfig(detail=4)


def test_what_is_left_of_a_true_guess_is_its_noise():
    clip, noise = torch.rand(1, 3, 2, 4, 4) * 2 - 1, torch.randn(1, 3, 2, 4, 4)
    levels = torch.full((1, 1, 2, 4, 4), 0.5)
    drawn = torch.cat([clip, torch.zeros_like(levels)], dim=1)
    left = seen_of(drawn, levels * clip + (1 - levels) * noise, levels)[:, 4:7]
    torch.testing.assert_close(left, noise * 0.5 / 1.1)
    assert seen_of(drawn, clip, torch.ones_like(levels))[:, 4:7].abs().max() < 1e-6  # a clean pixel has none


def test_a_frame_sees_its_neighbours_and_the_ends_see_themselves():
    x = torch.arange(6.0).reshape(6, 1, 1, 1)  # two clips of three frames
    assert frames_around(x, 3).flatten(1).tolist() == [[0, 0, 1], [0, 1, 2], [1, 2, 2], [3, 3, 4], [3, 4, 5], [4, 5, 5]]


@torch.no_grad()
def test_it_sees_some_pixels_and_a_few_frames_around_each():
    detail, frames = random_detail(), 8
    drawn, x, caption = torch.randn(1, 4, frames, 32, 32), torch.randn(1, 3, frames, 32, 32), torch.randn(1, 32)
    levels = torch.full((1, 1, frames, 32, 32), 0.4)
    before = detail(drawn, x, levels, caption)
    drawn[:, :, 3, 16, 16] += 1
    changed = (detail(drawn, x, levels, caption) - before).abs().amax((0, 1)) > 1e-7  # (F, H, W)
    assert changed.flatten(1).any(1).nonzero().flatten().tolist() == list(range(3 - DEPTH, 3 + DEPTH + 1))
    rows = changed.flatten(0, 1).reshape(frames, 32, 32).any(0).any(1).nonzero()
    assert 4 <= 16 - rows.min() <= 16 and rows.max() < 31


def test_the_counted_work_is_that_of_the_convolutions():
    detail, done = random_detail(), 0

    def count(layer: torch.nn.Conv2d, _, out: torch.Tensor) -> None:
        nonlocal done
        done += 2 * out.numel() * layer.weight[0].numel()

    for layer in detail.modules():
        if isinstance(layer, torch.nn.Conv2d):
            layer.register_forward_hook(count)
    x = torch.zeros(1, 3, 4, 16, 16)
    detail(torch.zeros(1, 4, 4, 16, 16), x, x[:, :1], torch.zeros(1, 32))
    assert detail_flops(4, 4 * 16 * 16) == done


def test_training_it_leaves_the_transformer_as_it_was_and_brings_the_guess_nearer(tmp_path: Path, monkeypatch):
    monkeypatch.setattr("snowglobe.train_detail.FIRST", 8)
    torch.manual_seed(0)
    small = Transformer(PLAIN)
    export(small, PLAIN, tmp_path / "small", "small", {"vocabulary": world.VOCABULARY})
    config = train.TrainConfig(batch=8, emphasis=2, eval_clips=4, eval_every=1e9, ladder={"one": [0.0, 1]})
    trainer = DetailTrainer("detailed", DETAILED, config)
    trainer.begin_with(tmp_path / "small")
    before = {name: value.clone() for name, value in trainer.model.state_dict().items()}
    trainer.evaluate()
    first = trainer.score
    trainer.run(6, None)
    assert trainer.step > 0 and trainer.clips >= 8
    changed = {name for name, value in trainer.model.state_dict().items() if not torch.equal(value, before[name])}
    assert changed and all(name.startswith("detail.") for name in changed)
    trainer.evaluate()
    assert trainer.score < first


def test_crops_lie_within_the_clip_and_count_where_the_head_sees_enough():
    config = train.TrainConfig(batch=4, emphasis=2, eval_clips=4, ladder={"one": [0.0, 1]})
    trainer = DetailTrainer("detailed", DETAILED, config)
    source = train.Source(config, DETAILED, torch.device("cpu"), 1)
    generator = torch.Generator().manual_seed(0)
    for examples in source.batches(["one"], trainer.own, 4, 1):
        trainer.keep(examples, generator)
    kept = trainer.kept
    clip, x, levels, drawn, caption, counts = trainer.crops(generator)
    assert clip.shape[2:] == x.shape[2:] == (FRAMES, SIDE, SIDE) and drawn.shape[1] == 4 and caption.shape[1] == 32
    sides = {int(each.any(0).sum()) for each in counts[:, 0, 0]}
    assert sides <= {SIDE - EDGE, SIDE - 2 * EDGE}  # 20 of 32 pixels reach one edge at most
    for k in range(4):  # a crop is of one clip, at an even place
        places = [
            (top, left)
            for top in range(0, 13, 2)
            for left in range(0, 13, 2)
            for first in range(9)
            if torch.equal(clip[0], kept.clip[k][:, first : first + FRAMES, top : top + SIDE, left : left + SIDE].float())
        ]
        if places:
            break
    assert places
