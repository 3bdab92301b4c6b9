"""Flicker: none in a clip that stands, none in the truth however it moves, more where noise is added."""

import json

import pytest
import torch

import flicker
from golden_decoder import tiny_decoder
from snowglobe import world
from snowglobe.decoder import Decoder, DecoderConfig
from snowglobe.export import export, export_decoder
from snowglobe.model import ModelConfig, Transformer

SIZE = 6, 64, 64


@pytest.fixture(scope="module")
def scenes() -> list[world.Scene]:
    return flicker.steady_scenes(6, 1)


def test_scenes_are_steady(scenes):
    assert {scene.camera for scene in scenes} == {"stands"} and {len(scene.objects) for scene in scenes} == {1}
    motions = {scene.objects[0].motion for scene in flicker.steady_scenes(40, 1)}
    assert motions == set(flicker.STEADY) and "spinning" not in motions and len(motions) > 3
    assert flicker.steady_scenes(6, 1) == scenes


def test_the_cover_is_where_the_renderer_puts_the_thing(scenes):
    cover = flicker.cover_of(scenes, *SIZE)
    assert cover.shape == (6, *SIZE) and cover.min() > -1e-5 and cover.max() < 1 + 1e-5
    bare = [world.Scene(scene.setting, scene.camera, scene.backdrop, []) for scene in scenes]
    differs = (world.render(scenes, *SIZE) - world.render(bare, *SIZE)).abs().amax(1)  # (B, F, H, W)
    assert (differs[cover < 1e-6] < 1e-5).all() and (differs[cover > 0.9] > 0).float().mean() > 0.95
    backdrop = flicker.backdrop_of(cover)
    assert 0.05 < backdrop.float().mean() < 0.9 and not (backdrop[:, None] & (cover > 0)).any()


def test_the_outline_is_a_band_on_both_sides():
    cover = torch.zeros(1, 2, 20, 20)
    cover[:, :, 6:, :10] = 1  # goes out of the picture at the bottom and on the left: no outline there
    band = flicker.outline_of(cover, 3)[0, 0]
    assert band[12].nonzero().flatten().tolist() == [7, 8, 9, 10, 11, 12]
    assert band[:, 2].nonzero().flatten().tolist() == [3, 4, 5, 6, 7, 8]


def test_a_constant_clip_has_none_and_noise_raises_it(scenes):
    truth, cover = world.render(scenes, *SIZE), flicker.cover_of(scenes, *SIZE)
    backdrop, outline = flicker.backdrop_of(cover), flicker.outline_of(cover)
    still = truth[:, :, :1].expand_as(truth)
    stands = outline[:, :1].expand_as(outline)
    assert flicker.backdrop_flicker(still, backdrop).max() == 0
    assert flicker.outline_flicker(still, still, stands).max() == 0
    assert flicker.backdrop_flicker(truth, backdrop).max() < 1e-6, "the backdrop of a standing camera stands"
    assert flicker.outline_flicker(truth, truth, outline).max() == 0, "true motion does not count"
    assert flicker.outline_flicker(truth + 0.1, truth, outline).max() < 1e-6, "nor does an error that stays"
    before = torch.zeros(len(scenes)), torch.zeros(len(scenes))
    for amount in (0.02, 0.05):
        noisy = truth + amount * torch.randn(truth.shape, generator=torch.Generator().manual_seed(0))
        after = flicker.backdrop_flicker(noisy, backdrop), flicker.outline_flicker(noisy, truth, outline)
        for less, more in zip(before, after):
            assert (more > less + 0.01).all()
            torch.testing.assert_close(more, torch.full_like(more, amount * 2 / torch.pi**0.5), rtol=0.1, atol=0)
        before = after


def test_noise_away_from_its_place_is_not_counted(scenes):
    truth, cover = world.render(scenes, *SIZE), flicker.cover_of(scenes, *SIZE)
    backdrop, outline = flicker.backdrop_of(cover), flicker.outline_of(cover)
    noise = 0.1 * torch.randn(truth.shape, generator=torch.Generator().manual_seed(1))
    elsewhere = truth + noise * ~backdrop[:, None, None]
    assert flicker.backdrop_flicker(elsewhere, backdrop).max() < 1e-6
    either = outline.clone()
    either[:, 1:] |= outline[:, :-1]
    either[:, :-1] |= outline[:, 1:]
    assert flicker.outline_flicker(truth + noise * ~either[:, None], truth, outline).max() == 0


def test_the_command_measures_both_ways_and_an_untrained_decoder_is_the_enlargement(tmp_path, capsys):
    config = ModelConfig(
        frames=4, height=16, width=16, dim=24, depth=1, heads=2, bottleneck=8, mlp_dim=16, text_length=28, text_depth=1, vocabulary=64
    )  # fmt: skip
    torch.manual_seed(0)
    model = Transformer(config)
    torch.nn.init.normal_(model.head.outer.weight, std=0.05)
    export(model, config, tmp_path / "model", "tiny", {"vocabulary": world.VOCABULARY})
    export_decoder(Decoder(DecoderConfig()), tmp_path / "same", "untrained")
    export_decoder(tiny_decoder(), tmp_path / "other", "tiny")
    found = {}
    for name in ("same", "other"):
        flicker.main(["--transformer", str(tmp_path / "model"), "--decoder", str(tmp_path / name), "--clips", "3", "--batch", "2"])
        *table, line = capsys.readouterr().out.strip().splitlines()
        assert [row.split()[0] for row in table[-2:]] == ["backdrop", "outline"]
        found[name] = json.loads(line)
    for figure in ("backdrop", "outline"):
        same, other = found["same"][figure], found["other"][figure]
        assert same["decoded"] == pytest.approx(same["enlarged"], rel=2e-3) and abs(same["change"]) < 0.01
        assert other["enlarged"] == same["enlarged"] > 0 and other["decoded"] != other["enlarged"]
        assert other["interval"][0] <= other["change"] <= other["interval"][1]
    assert found["same"]["clips"] == 3 and found["same"]["decoder"] != found["other"]["decoder"]
