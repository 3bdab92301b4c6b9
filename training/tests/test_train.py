"""Flow, noise-level maps, optimiser, and the training script itself: it learns, stops, and goes on."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.flop_counter import FlopCounterMode

from snowglobe import export, flow, optim, train, world
from snowglobe.model import ModelConfig, Transformer, forward_flops, patchify, unpatchify

TINY = ModelConfig(dim=32, depth=2, heads=2, mlp_dim=64, bottleneck=16, text_depth=1, vocabulary=len(world.VOCABULARY))
TOML = """name = "tiny"
[model]
dim = 32
depth = 2
heads = 2
mlp_dim = 64
bottleneck = 16
text_depth = 1
text_length = 28
[train]
batch = 8
"""


def random_model() -> Transformer:
    """A model whose gates and head are open, so that every path counts."""
    torch.manual_seed(0)
    model = Transformer(TINY)
    for p in model.parameters():
        torch.nn.init.normal_(p, std=0.2)
    return model


def test_patchify_and_back():
    clip = torch.randn(2, 3, 16, 32, 32)
    patches = patchify(clip, TINY)
    assert patches.shape == (2, 128, 384)
    assert torch.equal(unpatchify(patches, TINY), clip)
    assert torch.equal(patches[0, 1].reshape(3, 2, 8, 8), clip[0, :, :2, :8, 8:16])  # columns run fastest


def test_every_input_reaches_the_guess():
    model = random_model()
    x, levels = torch.randn(1, 3, 16, 32, 32), torch.full((1, 1, 16, 32, 32), 0.5)
    tokens = torch.randint(0, 9, (1, TINY.text_length))
    guess = model(x, levels, tokens)
    other_level = levels.clone()
    other_level[0, 0, 3, 4, 5] = 1
    other_words = tokens.clone()
    other_words[0, 7] = 10
    for other in (model(x, other_level, tokens), model(x, levels, other_words), model(x + 0.1, levels, tokens)):
        assert (other - guess).abs().max() > 1e-5


def test_a_prompt_is_encoded_once_and_used_again():
    model = random_model()
    x, levels = torch.randn(2, 3, 16, 32, 32), torch.rand(2, 1, 1, 1, 1).expand(2, 1, 16, 32, 32)
    tokens = torch.randint(0, 9, (2, TINY.text_length))
    torch.testing.assert_close(model(x, levels, tokens), model.denoise(x, levels, *model.encode_text(tokens)))


@pytest.mark.parametrize("mapped", [0.0, 0.3, 0.5])
def test_level_maps_have_the_promised_mixture(mapped):
    g = torch.Generator().manual_seed(0)
    levels = flow.sample_levels(2000, 16, 32, 32, -0.6, 0.9, g, mapped)
    flat = levels.flatten(1)
    uniform = (flat == flat[:, :1]).all(1).float().mean()
    given = (flat == 1).any(1).float().mean()
    assert abs(uniform - (1 - mapped)) < 0.04 and abs(given - 0.7 * mapped) < 0.05
    assert levels.min() >= 0 and levels.max() <= 1
    assert not (flat == 1).all(1).any(), "a clip without noise teaches nothing"


@pytest.mark.parametrize("late", [0.0, 0.15])
def test_a_share_of_the_levels_is_nearly_clean(late):
    levels = flow.sample_level((20_000,), -0.6, 0.9, torch.Generator().manual_seed(2), late)
    assert abs((levels < 0.1).float().mean() - 0.1 - (1 - 0.1 - late) * 0.038) < 0.02  # its tenth, and logit-normal's own tail
    assert abs((levels > 0.8).float().mean() - late - (1 - 0.1 - late) * 0.014) < 0.01
    assert levels.min() >= 0 and levels.max() <= 1


@pytest.mark.parametrize("pure", [0.0, 0.2])
def test_a_share_of_the_levels_is_pure_noise(pure):
    levels = flow.sample_level((20_000,), -0.6, 0.9, torch.Generator().manual_seed(2), 0.15, pure)
    assert abs((levels == 0).float().mean() - pure) < 0.01
    assert abs((levels > 0.8).float().mean() - 0.15) < 0.02  # the share near the end is as large as ever


@pytest.mark.parametrize("frames", [2, 8, 24])
def test_every_use_of_the_map_is_in_the_mixture(frames):
    g = torch.Generator().manual_seed(1)
    clean = flow.clean_frames(4000, frames, g)
    first, last = clean[:, 0], clean[:, -1]
    runs = (clean[:, 1:] != clean[:, :-1]).sum(1)  # borders between given and free
    assert not clean.all(1).any()
    shares = {"still or forward": first & (runs == 1), "backward": last & (runs == 1), "gap or loop": first & last & (runs == 2)}
    for name, mask in shares.items():
        if frames > 2 or name != "gap or loop":
            assert mask.float().mean() > 0.1, name
    region = flow.clean_region(500, 16, 24, g)
    assert region.flatten(1).any(1).all() and not region.flatten(1).all(1).any()
    assert 0.3 < region[:, 0, 0].float().mean() < 0.6  # about half of the rectangles are what is free


def test_a_run_may_change_the_odds_of_the_world():
    for two, number in ((0.0, 0), (1.0, 64)):
        odds = {"two_objects": two, "shortened_caption": 0.0}
        tokens = train.make_batch(random.Random(0), 64, TINY, 0.0, "cpu", odds).tokens
        assert (tokens == world.INDEX["and"]).any(1).sum() == number
    with pytest.raises(ValueError, match="unknown odds .*three_objects.*known ones are"):
        train.TrainConfig.from_dict({"odds": {"three_objects": 0.5}})


def test_loss_is_the_velocity_error_of_noisy_pixels_only():
    clip, noise = torch.randn(1, 3, 16, 32, 32), torch.randn(1, 3, 16, 32, 32)
    levels = torch.full((1, 1, 16, 32, 32), 0.5)
    levels[:, :, :8] = 1
    z, guess = flow.mix(clip, noise, levels), clip + 0.3
    assert torch.equal(z[:, :, :8], clip[:, :, :8])
    v_true, v = (clip - noise)[:, :, 8:], ((guess - z) / 0.5)[:, :, 8:]
    torch.testing.assert_close(flow.flow_loss(guess, clip, levels)[0], ((v - v_true) ** 2).mean())


def test_muon_turns_a_gradient_into_a_near_orthogonal_step():
    for shape in ((3, 40, 20), (3, 20, 40)):
        values = torch.linalg.svdvals(optim.orthogonalise(torch.randn(shape)))
        assert values.min() > 0.3 and values.max() < 1.4


@pytest.mark.parametrize("muon_lr", [0.02, 0.0])
def test_every_parameter_has_one_optimiser(muon_lr):
    model = Transformer(TINY)
    optimizers = optim.make_optimizers(model, muon_lr, 1e-3)
    assert len(optimizers) == (2 if muon_lr else 1)
    owned = [p for o in optimizers for group in o.param_groups for p in group["params"]]
    assert len(owned) == len(set(map(id, owned))) == len(list(model.parameters()))


def test_the_counted_work_is_that_of_the_matrix_products():
    config = ModelConfig(dim=32, depth=2, heads=2, mlp_dim=64, bottleneck=16, text_depth=1, text_length=9, height=48)
    for shape in ((16, 48, 32), (8, 32, 40)):
        clip = torch.randn(1, 3, *shape)
        with FlopCounterMode(display=False) as counter, sdpa_kernel(SDPBackend.MATH):
            Transformer(config)(clip, clip[:, :1], torch.zeros(1, 9, dtype=torch.long))
        assert forward_flops(config, config.grid_of(shape)) == counter.get_total_flops()


def test_a_clip_of_another_shape_has_its_own_positions():
    model = random_model()
    grids = {shape: model.positions(TINY.grid_of(shape)) for shape in ((16, 32, 32), (8, 24, 48))}
    assert [cos.shape[0] for cos, _ in grids.values()] == [128, 4 * 3 * 6]
    # The patch at (3, 2, 1) has the same angles in both.
    a, b = grids[16, 32, 32][0].unflatten(0, (8, 4, 4))[3, 2, 1], grids[8, 24, 48][0].unflatten(0, (4, 3, 6))[3, 2, 1]
    assert torch.equal(a, b) and not torch.equal(a, grids[16, 32, 32][0].unflatten(0, (8, 4, 4))[3, 1, 2])
    with pytest.raises(ValueError, match="multiples"):
        model(torch.randn(1, 3, 16, 30, 32), torch.rand(1, 1, 16, 30, 32), torch.zeros(1, TINY.text_length, dtype=torch.long))


LADDER = {"one": [0.0, 3], "two": [0.2, 1], "wall": [0.2, 1], "three": [0.5, 1]}


def laddered(**settings) -> train.Trainer:
    model = ModelConfig(dim=16, depth=1, heads=2, mlp_dim=16, bottleneck=8, text_depth=1, text_length=32, frames=8, height=16, width=16,
                        vocabulary=len(world.VOCABULARY))  # fmt: skip
    shapes = [[8, 16, 16, 1], [4, 16, 16, 1], [8, 16, 24, 1]]
    return train.Trainer("tiny", model, train.TrainConfig(batch=6, ladder=LADDER, shapes=shapes, stretch=2, eval_clips=2, **settings))


def test_a_rung_enters_in_its_time_and_only_while_those_below_stand():
    trainer = laddered()
    assert trainer.entered == ["one"] and trainer.climb(0.1) == []
    trainer.evaluate()
    trainer.least["one"] /= 2  # now its error is twice its least
    trainer.evaluate()
    assert trainer.falling == ["one"] and trainer.climb(0.3) == []
    trainer.least.clear()
    trainer.evaluate()
    assert trainer.climb(0.3) == ["two", "wall"] and trainer.climb(0.4) == [] and trainer.climb(0.9) == ["three"]


def test_steps_of_every_shape_have_about_as_many_pixels():
    trainer = laddered()
    sizes = {shape: trainer.size_of(shape) for shape in trainer.shapes}
    assert sizes == {(8, 16, 16): 6, (4, 16, 16): 12, (8, 16, 24): 4}
    source = train.Source(trainer.config, trainer.model_config, trainer.device, 1)
    for shape, size in sizes.items():
        for clips, tokens, *_ in source.batches(["one", "wall"], shape, size, 2):
            assert clips.shape == (size, 3, *shape) and tokens.shape == (size, 32)
            assert -1 <= clips.min() and clips.max() <= 1


def test_a_laddered_run_stops_and_goes_on_also_from_half_precision(tmp_path: Path):
    trainer = laddered()
    assert not trainer.run(60, tmp_path, piece=2)
    trainer.save_travel(tmp_path)
    for name in ("checkpoint.pt", "travel.pt"):
        other = laddered()
        other.load(tmp_path / name)
        assert (other.step, other.clips, other.entered) == (trainer.step, trainer.clips, trainer.entered) and other.step > 0
        assert (other.model.head.inner.weight - trainer.model.head.inner.weight).abs().max() < 1e-3
        assert other.run(other.seconds + 0.5)
    assert (tmp_path / "travel.pt").stat().st_size < 0.5 * (tmp_path / "checkpoint.pt").stat().st_size
    records = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert set(records[-1]["plots"]) == set(LADDER)


def test_weights_that_are_no_numbers_are_not_saved(tmp_path: Path):
    trainer = laddered()
    trainer.save(tmp_path)
    trainer.model.head_norm.data[0] = float("nan")
    with pytest.raises(SystemExit, match="no longer finite"):
        trainer.save(tmp_path)
    assert torch.load(tmp_path / "checkpoint.pt", weights_only=True)["model"]["head_norm"].isfinite().all()


def test_learning_rate_warms_up_holds_and_falls_to_zero():
    config = train.TrainConfig()
    at = [train.learning_rate_at(p, config) for p in (0.0, config.warmup, 0.5, 0.8, 1.0)]
    assert at[0] == 0 and at[1] == at[2] == 1 and at[3] == pytest.approx(0.5) and at[4] == 0


def test_unknown_settings_fail():
    with pytest.raises(ValueError, match="widht"):
        ModelConfig.from_dict({"widht": 3})
    with pytest.raises(ValueError, match="batc"):
        train.TrainConfig.from_dict({"batc": 3})
    with pytest.raises(ValueError, match="pann"):
        train.TrainConfig.from_dict({"odds": {"pann": 0.1}})
    with pytest.raises(ValueError, match="wal"):
        train.TrainConfig.from_dict({"ladder": {"wal": [0.0, 1]}})
    with pytest.raises(ValueError, match="nothing to begin with"):
        train.TrainConfig.from_dict({"ladder": {"wall": [0.1, 1]}})


def test_all_configs_load():
    for path in (Path(train.__file__).parents[1] / "configs").glob("*.toml"):
        if not path.name.startswith("decoder"):  # a network of its own: test_decoder.py
            train.load_config(path)


def test_a_run_learns_is_stopped_and_goes_on(tmp_path: Path):
    (tmp_path / "tiny.toml").write_text(TOML)
    out = tmp_path / "run"

    def go(minutes: float) -> None:
        command = [sys.executable, "-m", "snowglobe.train", tmp_path / "tiny.toml", "--minutes", str(minutes), "--out", out]
        subprocess.run(command, check=True, cwd=Path(train.__file__).parents[1], timeout=240)

    go(0.1)
    first = torch.load(out / "checkpoint.pt", weights_only=True)
    go(0.25)
    second = torch.load(out / "checkpoint.pt", weights_only=True)
    assert second["step"] > first["step"] >= 1 and second["seconds"] > first["seconds"]
    records = [json.loads(line) for line in (out / "log.jsonl").read_text().splitlines()]
    evals = [record["eval"] for record in records if "eval" in record]
    assert sum(evals[-1]) < sum(evals[0])
    for label in train.EMA_SHARES:
        assert (out / f"ema-{label}.pt").exists()


def test_a_run_can_start_from_an_exported_model(tmp_path: Path):
    (tmp_path / "tiny.toml").write_text(TOML)
    _, config, _ = train.load_config(tmp_path / "tiny.toml")
    torch.manual_seed(7)
    export.export(Transformer(config), config, tmp_path / "model", "tiny", {"vocabulary": world.VOCABULARY})
    start = export.load_exported(tmp_path / "model")[0].state_dict()
    command = [sys.executable, "-m", "snowglobe.train", tmp_path / "tiny.toml", "--minutes", "0.001"]
    command += ["--start", tmp_path / "model", "--out", tmp_path / "run"]
    subprocess.run(command, check=True, cwd=Path(train.__file__).parents[1], timeout=120)
    state = torch.load(tmp_path / "run" / "checkpoint.pt", weights_only=True)
    assert state["step"] == 1
    name = "blocks.0.qkv.weight"  # one step of warm-up has hardly moved it from where it started
    assert (state["model"][name] - start[name]).abs().max() < 0.01 < start[name].abs().max()


def test_two_processes_train_one_model(tmp_path: Path):
    """DDP on two processes: main() itself raises where their weights differ at the end."""
    (tmp_path / "tiny.toml").write_text(TOML)
    torchrun = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2", "-m"]
    settings = [tmp_path / "tiny.toml", "--minutes", "0.1", "--threads", "1", "--out", tmp_path / "run"]
    subprocess.run([*torchrun, "snowglobe.train", *settings], check=True, cwd=Path(train.__file__).parents[1], timeout=240)
    assert torch.load(tmp_path / "run" / "checkpoint.pt", weights_only=True)["step"] > 3


def test_favoured_words_are_seen_more_often_and_others_as_before():
    rng, odds = random.Random(0), train.world.WORLD["odds"] | {"two_objects": 0.0}
    motions = [train.favoured_scene(rng, odds, {"spinning": 3.0}).objects[0].motion for _ in range(3000)]
    count = len(train.world.MOTIONS)
    assert abs(motions.count("spinning") / 3000 - 3 / (count + 2)) < 0.03
    assert abs(motions.count("left") / 3000 - 1 / (count + 2)) < 0.02
    with pytest.raises(ValueError, match="favour"):
        train.TrainConfig.from_dict({"favour": {"dancing": 2}})


def test_a_thing_and_its_edge_count_more_and_a_clip_as_much_as_before():
    scenes = [train.world.sample_scene(train.world.Draw(seed), objects=1) for seed in range(4)]
    clips = train.world.render(scenes, 4, 32, 32) * 2 - 1
    weight = train.emphasis_of(scenes, clips, 4.0)
    torch.testing.assert_close(weight.mean((1, 2, 3, 4)), torch.ones(4))
    assert ((weight.amax((1, 2, 3, 4)) / weight.amin((1, 2, 3, 4)) - 4).abs() < 1e-4).all()
    empty = train.world.render([train.replace(scene, objects=[]) for scene in scenes], 4, 32, 32) * 2 - 1
    thing = (clips - empty).abs().amax(1, keepdim=True) > 0.02
    assert (weight == weight.amax((1, 2, 3, 4), keepdim=True))[thing].all()
    assert train.emphasis_of(scenes, clips, 1.0) == 1.0


def test_fragments_say_little_and_nothing_false():
    rng = random.Random(0)
    texts = set()
    for seed in range(300):
        scene = train.world.sample_scene(train.world.Draw(seed), objects=1)
        text = train.world.fragment(scene, rng.random)
        full = train.world.caption(scene).lower()
        words = [word for word in text.lower().rstrip(".").replace(",", "").split() if word not in ("a", "an", "thing", "something")]
        assert set(words) <= set(full.rstrip(".").replace(",", "").split()), (text, full)
        assert train.world.tokenize(text, 28)[1] != 0
        texts.add(" ".join(text.lower().split()[:2]))
    assert {"something red", "at night."} <= texts


def test_batches_are_the_same_however_many_are_drawn_at_once(monkeypatch):
    config = train.TrainConfig(ladder={"one": [0.0, 1], "two": [0.0, 1]}, emphasis=2.0, poses=1.0, favour={"spinning": 3})

    def batches(drawn: int) -> list[train.Examples]:
        monkeypatch.setitem(train.DRAWN, "cpu", drawn)
        return list(train.Source(config, TINY, torch.device("cpu"), 5).batches(["one", "two"], (4, 16, 16), 3, 5))

    one_by_one, together = batches(0), batches(6)
    assert [len(batch.clips) for batch in together] == [3] * 5
    for a, b in zip(one_by_one, together, strict=True):
        for mine, yours in zip(a, b, strict=True):
            torch.testing.assert_close(mine, yours)


@pytest.mark.parametrize("ladder", [{}, {"one": [0.0, 1]}])
def test_what_is_asked_beside_the_film_is_trained_and_kept_with_the_run(tmp_path, ladder):
    config = train.TrainConfig(batch=4, eval_clips=4, clauses=1.0, poses=1.0, ladder=ladder)
    trainer = train.Trainer("tiny", TINY, config)
    trainer.run(4, tmp_path)
    again = train.Trainer("tiny", TINY, config)
    again.load(tmp_path / "checkpoint.pt")
    assert trainer.step > 0 and [name for name, _ in again.questions()] == ["clauses", "poses"]
    last = {name: [p for p in question.parameters() if p.ndim == 2][-1] for name, question in again.questions()}
    for name, question in trainer.questions():
        for kept, was in zip(again.objective.get_submodule(name).parameters(), question.parameters(), strict=True):
            torch.testing.assert_close(kept, was)
        assert last[name].abs().max() > 0
        assert not any(name in key for key in again.model.state_dict())
    again.restart(config)
    assert all(weight.abs().max() == 0 for weight in last.values())
