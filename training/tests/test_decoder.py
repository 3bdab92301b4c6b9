"""The decoder: where it starts, what it costs, what it is taught; that it learns, stops, goes on and is exported."""

import json
import random
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from snowglobe import export, pairs, train_decoder, world
from snowglobe.decoder import FACTOR, Decoder, DecoderConfig, bag_of, decoder_flops, neighbours
from snowglobe.model import ModelConfig, Transformer

SMALL = DecoderConfig(detail=6, middle=10, context=14, fine=4, detail_depth=2, context_depth=2)
TINY = ModelConfig(
    frames=6, height=16, width=16, dim=24, depth=1, heads=2, bottleneck=8, mlp_dim=16, text_length=28, text_depth=1, vocabulary=64
)  # fmt: skip


pytestmark = pytest.mark.usefixtures("one_thread")


@pytest.fixture(autouse=True)
def everything_explained(monkeypatch):
    """A model that knows nothing draws nothing that a scene explains, and all its films would be left out."""
    monkeypatch.setattr(pairs, "UNEXPLAINED", 9.0)


def random_model() -> Transformer:
    torch.manual_seed(0)
    model = Transformer(TINY)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.normal_(std=0.2)
    return model.eval()


def random_decoder(config: DecoderConfig = SMALL) -> Decoder:
    torch.manual_seed(0)
    decoder = Decoder(config)
    with torch.no_grad():
        for parameter in decoder.parameters():
            parameter.normal_(std=0.2)
    return decoder


def middle(near: torch.Tensor) -> torch.Tensor:
    """(B, 9, H, W) -> (B, 3, H, W): of three frames the one to draw."""
    return near[:, 3:6]


# -- The network


@pytest.mark.parametrize("config", [SMALL, DecoderConfig(near=1, vocabulary=0), DecoderConfig()])
def test_before_training_it_is_exactly_the_bilinear_enlargement(config):
    near, words = torch.randn(3, 3 * config.near, 16, 24), torch.rand(3, config.vocabulary)
    frame = near[:, 3 * (config.near // 2) :][:, :3]
    large = F.interpolate(frame, scale_factor=4, mode="bilinear", align_corners=False)
    assert large.shape == (3, 3, 64, 96)
    assert torch.equal(Decoder(config)(near, words), large)


def test_neighbours_are_the_frames_around_each_and_the_ends_are_repeated():
    clip = torch.arange(4.0)[None, None, :, None, None] + 10 * torch.arange(3.0)[None, :, None, None, None]  # frame + 10 channel
    clip = clip / 32  # within the range of pictures; exact
    near = 32 * neighbours(clip.expand(2, 3, 4, 5, 6), 3)
    assert near.shape == (2, 4, 9, 5, 6)
    at = near[1, :, :, 2, 3].view(4, 3, 3)  # (F, near, 3)
    assert at[:, :, 0].tolist() == [[0, 0, 1], [0, 1, 2], [1, 2, 3], [2, 3, 3]]
    assert torch.equal(at[:, :, 1], at[:, :, 0] + 10) and torch.equal(at[:, :, 2], at[:, :, 0] + 20)
    alone = clip.expand(2, 3, 4, 5, 6)
    assert torch.equal(neighbours(alone, 1), alone.transpose(1, 2))
    assert (32 * neighbours(alone, 5))[0, 0, ::3, 0, 0].tolist() == [0, 0, 0, 1, 2]
    assert torch.equal(neighbours(100 * alone - 1, 1), (100 * alone - 1).clamp(-1, 1).transpose(1, 2)), "a guess may overshoot"


def test_a_bag_holds_each_word_once_wherever_it_stands_and_no_padding():
    red_ball, ball_red = ([1, 13, 21, 13, 0, 0], [1, 21, 13, 0, 0, 0])
    bag = bag_of(torch.tensor([red_ball, ball_red]), 64)
    assert bag.shape == (2, 64) and torch.equal(bag[0], bag[1])
    assert bag[0].nonzero().flatten().tolist() == [1, 13, 21] and bag.max() == 1
    assert bag_of(torch.tensor([red_ball]), 15).nonzero()[:, 1].tolist() == [1, 13], "words that it never learned are left out"
    assert bag_of(torch.tensor([red_ball]), 0).shape == (1, 0)


def test_words_and_neighbours_reach_the_picture():
    decoder, near, words = random_decoder(), torch.randn(1, 9, 16, 16), torch.zeros(1, 64)
    drawn = decoder(near, words)
    other_word, other_frame = words.clone(), near.clone()
    other_word[0, 21] = 1
    other_frame[0, 0] += 1  # of the frame before
    for other in (decoder(near, other_word), decoder(other_frame, words)):
        assert (other - drawn).abs().max() > 1e-3


@pytest.mark.parametrize("config", [SMALL, DecoderConfig(), DecoderConfig(near=5, middle_depth=3, vocabulary=0)])
def test_the_counted_work_is_that_of_the_convolutions(config):
    decoder, counted = Decoder(config), []

    def count(layer: nn.Conv2d, _, out: torch.Tensor) -> None:
        counted.append(2 * out.numel() * layer.in_channels * layer.kernel_size[0] * layer.kernel_size[1])

    for layer in decoder.modules():
        if isinstance(layer, nn.Conv2d):
            layer.register_forward_hook(count)
    decoder(torch.randn(1, 3 * config.near, 32, 24), torch.zeros(1, config.vocabulary))
    assert sum(counted) == decoder_flops(config, 32, 24)


def test_an_exported_decoder_comes_back_with_the_same_numbers(tmp_path: Path):
    decoder = random_decoder()
    export.export_decoder(decoder, tmp_path / "decoder", "some decoder", {"trained": {"frames": 3}})
    loaded = export.load_decoder(tmp_path / "decoder")
    assert loaded.config == SMALL and not loaded.training
    for name, value in decoder.state_dict().items():
        assert torch.equal(loaded.state_dict()[name], value.half().float()), name
    near, words = torch.randn(2, 9, 16, 16), bag_of(torch.tensor([[1, 13, 21], [1, 0, 0]]), 64)
    decoder.half().float()
    assert torch.equal(loaded(near, words), decoder(near, words))
    settings = json.loads((tmp_path / "decoder" / "config.json").read_text())
    assert settings["name"] == "some decoder" and settings["vocabulary"] == world.VOCABULARY and settings["trained"] == {"frames": 3}
    with pytest.raises(ValueError, match="unknown decoder settings .*midle"):
        DecoderConfig.from_dict({"midle": 3})


# -- Its pairs


def test_chosen_frames_are_drawn_as_in_the_whole_clip():
    rng = random.Random(4)
    plots = [None, "two", "three", "pan", "zoom", "light", "wall", "collision", "turn", "picture"]
    scenes = [world.sample_scene(rng.random, plot=plot) for plot in plots]
    batch, look = world.pack(scenes), world.looks(torch.device("cpu"), torch.float32)
    n = torch.stack([torch.randperm(16)[:4] for _ in scenes])  # (B, 4), in no order
    some = world.draw_scenes(batch, look, 16, 24, 32, n.float())
    whole = world.draw_scenes(batch, look, 16, 24, 32)
    assert some.shape == (len(plots), 3, 4, 24, 32)
    for clip, frames, chosen in zip(whole, some, n):
        torch.testing.assert_close(frames, clip[:, chosen], atol=1e-5, rtol=0)


@pytest.mark.parametrize("kind", list(pairs.KINDS))
def test_pairs_have_their_shapes_and_ranges(kind):
    made = pairs.make_pairs(kind, random_model(), random.Random(1), 3, count=5, picked=2)
    assert made.near.shape == (10, 9, 16, 16) and -1 <= made.near.min() and made.near.max() <= 1
    assert made.large.shape == (10, 3, 64, 64) and made.large.dtype == torch.uint8 and made.large.float().std() > 10
    assert made.tokens.shape == (10, 28) and made.tokens.dtype == torch.long
    assert (made.tokens[:, 0] == world.INDEX["<start>"]).all() and 0 <= made.tokens.min() and made.tokens.max() < 64
    assert torch.equal(made.tokens[0], made.tokens[1]), "frames of one clip have its caption"
    again = pairs.make_pairs(kind, random_model(), random.Random(1), 3, count=5, picked=2)
    assert all(torch.equal(a, b) for a, b in zip(made, again)), "the same numbers make the same pairs"


def test_a_film_that_its_scene_does_not_explain_is_left_out(monkeypatch):
    monkeypatch.setattr(pairs, "UNEXPLAINED", 0.004)
    made = pairs.make_pairs("sampled", random_model(), random.Random(1), 3, count=5, picked=2)
    assert len(made.near) == len(made.tokens) == len(made.large) == 0


def test_sampled_pairs_show_things_where_the_film_has_them():
    """The transformer's film is the true one, a pixel to the right: the large frame is drawn there, too."""

    class Shifts(Transformer):
        def denoise(self, x, levels, text, caption):
            return self.film

    model = Shifts(TINY).eval()
    rng = random.Random(4)
    scenes, render = [], world.render

    def keep(seen, *shape):
        scenes.extend(seen)
        clips = render(seen, *shape)
        moved = [replace(s, objects=[replace(o, x=o.x + 1 / 16) for o in s.objects]) for s in seen]
        model.film = render(moved, *shape) * 2 - 1
        return clips

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(world, "render", keep)
        made = pairs.make_pairs("sampled", model, rng, 3, count=6, picked=4)
    assert len(made.near) > 12
    reduced = F.avg_pool2d(train_decoder.wide(made), FACTOR)
    assert (reduced - middle(made.near)).abs().mean((1, 2, 3)).median() < 0.03


def test_true_pairs_are_one_moment_drawn_twice_by_the_renderer():
    made = pairs.make_pairs("true", random_model(), random.Random(2), 3, count=12, picked=3)
    reduced = F.avg_pool2d(train_decoder.wide(made), FACTOR)  # (N, 3, H, W)
    off = (reduced - middle(made.near)).abs().mean((1, 2, 3))
    assert off.max() < 0.05, "the large frame averages to the small one"
    others = (reduced.roll(3, 0) - middle(made.near)).abs().mean((1, 2, 3))  # those of another clip
    assert (off < 0.5 * others).all()


def test_what_is_believed_in_one_step_is_the_guess_of_the_model():
    model, generator = random_model(), torch.Generator().manual_seed(3)
    clips, noise = torch.rand(2, 3, 6, 16, 16, generator=generator) * 2 - 1, torch.randn(2, 3, 6, 16, 16, generator=generator)
    tokens = torch.tensor([world.tokenize(text, 28) for text in ("a red ball", "a big fish at night")])
    t = torch.tensor([0.3, 0.8])
    levels = t[:, None, None, None, None].expand(-1, 1, 6, 16, 16)
    noisy = levels * clips + (1 - levels) * noise
    with torch.no_grad():
        guess = model(noisy, levels, tokens)
        none = model(noisy, levels, torch.tensor([world.tokenize("", 28)] * 2))
    torch.testing.assert_close(pairs.believed(model, clips, tokens, noise, t), guess)
    guided = pairs.believed(model, clips, tokens, noise, t, guidance=3)
    torch.testing.assert_close(guided, none + 3 * (guess - none), atol=1e-4, rtol=1e-4)


class Knows(nn.Module):
    """A model whose guess is the clip that it knows, and that writes down how noisy it was told each call is."""

    def __init__(self, clip: torch.Tensor):
        super().__init__()
        self.clip, self.told = clip, []

    def encode_text(self, tokens):
        return [], tokens

    def denoise(self, x, levels, text, caption):
        assert len(x) == len(levels) == len(caption)
        self.told.append(levels[: len(self.clip), 0, 0, 0, 0].tolist())
        noise = (x - levels * self.clip) / (1 - levels)  # what it must have been mixed from
        assert (noise - noise[:, :, :1]).abs().max() < 2e-2, "it stays on the straight line from the noise to the clip"
        return self.clip + 0.1 * (1 - levels)


def test_sampling_the_rest_begins_at_its_level_and_ends_at_the_clip():
    clips = torch.rand(2, 3, 1, 16, 16).expand(-1, -1, 6, -1, -1) * 2 - 1
    noise = torch.randn(2, 3, 1, 16, 16).expand(-1, -1, 6, -1, -1)
    tokens, levels = torch.ones(2, 28, dtype=torch.long), torch.tensor([0.5, 0.98])
    model = Knows(clips)
    drawn = pairs.believed(model, clips, tokens, noise, levels, steps=10)
    assert len(model.told) == 10 and model.told[0] == pytest.approx([0.5, 0.98]) and model.told[9] == pytest.approx([0.95, 0.998])
    assert (drawn[1] - clips[1]).abs().max() < 1e-3 and (drawn[0] - clips[0]).abs().max() < 0.02
    nearly = pairs.believed(random_model(), clips, tokens, noise, torch.full((2,), 0.9999), steps=4)
    assert nearly.shape == clips.shape and nearly.isfinite().all()


def test_a_store_keeps_the_newest_pairs():
    store = pairs.Store(random_model(), 3, 250, seed=5)
    assert store.filled == 96 and store.size == 250
    parts = [pairs.Pairs(*(part * 0 + i for part in store.fresh())) for i in (1, 2)]
    for part in parts:
        store.add(part)
    assert store.filled == 250 and store.place == 38
    kept = store.pairs.tokens[:, 0]
    assert (kept[:38] == 2).all() and (kept[96:192] == 1).all() and (kept[192:] == 2).all()
    read = store.read(7)
    assert read.near.shape == (7, 9, 16, 16) and read.large.shape == (7, 3, 64, 64)


# -- Its training


def test_the_loss_counts_edges_beside_values():
    large = torch.zeros(1, 3, 8, 8)
    assert train_decoder.loss_of(large, large, 1.0, 0.05) == 0
    shifted = train_decoder.loss_of(large + 0.5, large, 1.0, 0)
    assert shifted == pytest.approx(0.5), "a picture that is a little lighter everywhere has all its edges"
    stripes = large.clone()
    stripes[..., ::2] = 1
    assert train_decoder.loss_of(stripes, large, 1.0, 0) == pytest.approx(0.5 + 1)
    assert train_decoder.loss_of(stripes, large, 0, 0) == pytest.approx(0.5)
    unseen, seen = (train_decoder.loss_of(large + off, large, 0, 0.05) for off in (0.005, 0.5))
    assert unseen == pytest.approx(0.005**2 / 0.1) and seen == pytest.approx(0.5 - 0.05 / 2), "small errors by their square"
    assert train_decoder.psnr(torch.full((1, 3, 8, 8), 0.2), large) == pytest.approx(20)


class Blurs(Transformer):
    """A transformer that never learned anything draws nothing that a decoder could: this one's guess is what it is given,
    blurred and greyed, so that there is something to mend."""

    def denoise(self, x, levels, text, caption):
        return 0.5 * F.avg_pool3d(x / levels, 3, 1, 1, count_include_pad=False)


def test_a_run_learns_is_stopped_and_goes_on(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(train_decoder.Judge.__init__, "__defaults__", (12,))  # clips to judge by
    monkeypatch.setattr(pairs, "KINDS", {"guess": 1.0})
    model = Blurs(TINY).eval()
    training = train_decoder.DecoderTraining(batch=8, store=96, adam_lr=5e-3, ema=0.9)
    judged = pairs.make_pairs("guess", model, random.Random("loss"), 3, count=8, picked=2)

    def loss() -> float:
        decoder = Decoder(SMALL)
        decoder.load_state_dict(torch.load(tmp_path / "checkpoint.pt", weights_only=True)["average"])
        with torch.no_grad():
            drawn = decoder(judged.near, bag_of(judged.tokens, SMALL.vocabulary))
        return float(train_decoder.loss_of(drawn, train_decoder.wide(judged), training.edges, training.small))

    train_decoder.train(SMALL, training, "tiny", model, 0.0, tmp_path)
    untrained = loss()
    train_decoder.train(SMALL, training, "tiny", model, 1, tmp_path)
    first = torch.load(tmp_path / "checkpoint.pt", weights_only=True)
    assert first["step"] >= 1 and first["frames"] == 8 * first["step"] and first["seconds"] >= 1
    train_decoder.train(SMALL, training, "tiny", model, 2.5, tmp_path)
    second = torch.load(tmp_path / "checkpoint.pt", weights_only=True)
    assert second["step"] > first["step"] and second["seconds"] >= 2.5
    records = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert [record["step"] for record in records] == [0, first["step"], second["step"]]
    budget = 2.5
    while loss() >= 0.8 * untrained and budget < 60:  # a busy machine makes few steps in the same time
        budget *= 2
        train_decoder.train(SMALL, training, "tiny", model, budget, tmp_path)
    assert loss() < 0.8 * untrained
    for record in records:
        assert set(record["psnr"]) == {"true", "guess", "sampled", "early"}
    drawn, enlarged = records[0]["psnr"]["true"]
    assert drawn == pytest.approx(enlarged, abs=0.002), "before training it is the bilinear enlargement"
    with pytest.raises(SystemExit, match="holds another decoder than this configuration"):
        train_decoder.train(DecoderConfig(), training, "tiny", model, 6, tmp_path)


def test_a_run_can_start_from_an_exported_decoder(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(train_decoder.Judge.__init__, "__defaults__", (6,))
    export.export_decoder(random_decoder(), tmp_path / "start", "start")
    train_decoder.train(SMALL, train_decoder.DecoderTraining(store=96), "tiny", random_model(), 0.0, tmp_path, tmp_path / "start")
    state = torch.load(tmp_path / "checkpoint.pt", weights_only=True)
    for name, value in export.load_decoder(tmp_path / "start").state_dict().items():
        assert torch.equal(state["model"][name], value) and torch.equal(state["average"][name], value), name


def test_the_command_reads_a_configuration_and_settings_in_its_place(tmp_path: Path, monkeypatch, capsys):
    monkeypatch.setattr(train_decoder.Judge.__init__, "__defaults__", (6,))
    export.export(random_model(), TINY, tmp_path / "model", "tiny", {"vocabulary": world.VOCABULARY})
    (tmp_path / "decoder.toml").write_text("[model]\ndetail = 6\nmiddle = 10\n[train]\nbatch = 8\nstore = 96\n")
    command = [tmp_path / "decoder.toml", "--transformer", tmp_path / "model", "--minutes", "0", "--out", tmp_path / "run"]
    command += ["--threads", "1", "--set", "context=14", "fine=4", "detail_depth=2", "context_depth=2", "batch=4"]
    monkeypatch.setattr("sys.argv", ["train_decoder", *map(str, command)])
    train_decoder.main()
    parameters = sum(p.numel() for p in Decoder(SMALL).parameters())
    assert capsys.readouterr().out.startswith(f"{parameters:,} parameters, ")
    assert torch.load(tmp_path / "run" / "checkpoint.pt", weights_only=True)["config"] == SMALL.to_dict()


@pytest.mark.parametrize("path", sorted((Path(train_decoder.__file__).parents[1] / "configs").glob("decoder*.toml")), ids=lambda path: path.stem)
def test_the_shipped_configurations_load_and_keep_the_limits(path):
    values = tomllib.loads(path.read_text())
    config = DecoderConfig.from_dict(values["model"])
    train_decoder.DecoderTraining(**values["train"])
    assert sum(p.numel() for p in Decoder(config).parameters()) <= 600_000
    assert decoder_flops(config) <= 150e6
