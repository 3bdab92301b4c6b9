import json
from pathlib import Path

import pytest
import torch

from golden_sampling import golden, golden_papers
from snowglobe.model import ModelConfig, Transformer
from snowglobe.sampling import SAMPLERS, SOLVERS, Begin, Guidance, Known, harmonised, integrate, sample, squeezed, starting_noise, times

TINY = ModelConfig(frames=4, height=8, width=8, patch_frames=2, patch_size=4, bottleneck=16, dim=24, depth=1, heads=2, mlp_dim=32,
                   text_length=6, text_depth=1, vocabulary=12, time_features=8)  # fmt: skip


@pytest.fixture(scope="module")
def model():
    torch.manual_seed(0)
    model = Transformer(TINY)
    for parameter in model.parameters():  # the gates and the head start at zero: give them something to say
        if not parameter.any():
            torch.nn.init.normal_(parameter, std=0.1)
    return model.eval()


TOKENS = torch.tensor([[1, 3, 5, 0, 0, 0], [1, 7, 0, 0, 0, 0]])


@pytest.mark.parametrize("sampler", SOLVERS)
def test_a_single_gaussian_is_solved_to_its_closed_form(sampler):
    """For clean values ~ N(m, s^2), guess = m + t s^2 / (t^2 s^2 + u^2) (x - t m), and x(1) = m + s x(0)."""
    m, s = 0.3, 0.5

    def ask(x, t):
        return m + t * s**2 / (t**2 * s**2 + (1 - t) ** 2) * (x - t * m)

    x = torch.linspace(-2, 2, 9, dtype=torch.float64)
    errors = [(integrate(x, ask, steps, sampler)[0] - (m + s * x)).abs().max().item() for steps in (32, 64, 128)]
    assert errors[0] < 0.05
    assert errors[2] < errors[0] * (0.3 if sampler == "euler" else 0.15)  # first order gives 0.25


@pytest.mark.parametrize("sampler", SOLVERS)
def test_a_run_that_begins_at_t_follows_the_same_closed_form(sampler):
    """From x at t: x(1) = m + s (x - t m) / sqrt(t^2 s^2 + u^2)."""
    m, s, start = 0.3, 0.5, 0.4

    def ask(x, t):
        return m + t * s**2 / (t**2 * s**2 + (1 - t) ** 2) * (x - t * m)

    x = torch.linspace(-1, 1, 9, dtype=torch.float64)
    want = m + s * (x - start * m) / (start**2 * s**2 + (1 - start) ** 2) ** 0.5
    clip, trajectory = integrate(x, ask, 64, sampler, start=start)
    assert (clip - want).abs().max() < 0.02 and len(trajectory) == 64
    assert [step.t for step in trajectory][:2] == squeezed(times(64), start)[:2] and trajectory[0].t == start


def test_a_clip_begins_with_the_noise_of_its_seed_over_it_and_keeps_what_is_known(model):
    clip = torch.rand(2, 3, 4, 8, 8) * 2 - 1
    mask = torch.zeros(2, 1, 4, 8, 8, dtype=torch.bool)
    mask[:, :, :1] = True
    _, trajectory = sample(model, TOKENS, [5, 9], steps=3, begin=Begin(clip, 0.25))
    torch.testing.assert_close(trajectory[0].x, 0.25 * clip + 0.75 * starting_noise([5, 9], (3, 4, 8, 8)))
    kept, steps = sample(model, TOKENS, [5, 9], steps=3, known=Known(clip, mask))
    own, _ = sample(model, TOKENS, [5, 9], steps=3, known=Known(clip, mask), own=True)
    put_back = torch.where(mask, clip, own)
    assert torch.equal(kept[:, :, :1], clip[:, :, :1]) and torch.equal(kept, harmonised(put_back, Known(clip, mask)))
    assert (own[:, :, :1] - clip[:, :, :1]).abs().max() > 0.01, "the guess is the model's own"
    assert torch.equal(steps[-1].guess, put_back)


@pytest.mark.parametrize("sampler", SOLVERS)
def test_the_clip_is_the_last_guess_and_a_point_mass_takes_one_step(sampler):
    target = torch.randn(7)
    clip, trajectory = integrate(torch.randn(7), lambda x, t: target, 1, sampler)
    assert torch.equal(clip, target) and trajectory[-1].guess is clip


def test_a_clip_does_not_depend_on_its_batch(model):
    both, _ = sample(model, TOKENS, [5, 9], steps=3, guidance=Guidance(3.0))
    alone, _ = sample(model, TOKENS[1:], [9], steps=3, guidance=Guidance(3.0))
    torch.testing.assert_close(both[1:], alone, rtol=1e-4, atol=1e-4)
    assert (both[0] - both[1]).abs().max() > 1e-3


def test_guidance_one_is_the_prompt_alone_and_zero_is_no_words(model):
    empty = torch.tensor([[1, 0, 0, 0, 0, 0]])
    plain, _ = sample(model, TOKENS[:1], [5], steps=3)
    outside, _ = sample(model, TOKENS[:1], [5], steps=3, guidance=Guidance(4.0, 0.98, 0.99))
    guided, _ = sample(model, TOKENS[:1], [5], steps=3, guidance=Guidance(4.0))
    none, _ = sample(model, TOKENS[:1], [5], steps=3, guidance=Guidance(0.0))
    wordless, _ = sample(model, empty, [5], steps=3)
    assert torch.equal(plain, outside) and not torch.allclose(plain, guided)
    torch.testing.assert_close(none, wordless, rtol=1e-4, atol=1e-5)


def known_of(mask: torch.Tensor) -> Known:
    return Known(torch.rand(2, 3, 4, 8, 8, generator=torch.Generator().manual_seed(1)) * 2 - 1, mask)


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_nothing_known_is_plain_sampling_and_all_known_is_the_clip(model, sampler):
    settings = {"steps": 3, "sampler": sampler, "guidance": Guidance(3.0, 0.3, 1.0)}
    nothing, everything = known_of(torch.zeros(2, 1, 4, 8, 8, dtype=torch.bool)), known_of(torch.ones(2, 1, 4, 8, 8, dtype=torch.bool))
    plain, _ = sample(model, TOKENS, [5, 9], **settings)
    assert torch.equal(sample(model, TOKENS, [5, 9], **settings, known=nothing)[0], plain)
    assert torch.equal(sample(model, TOKENS, [5, 9], **settings, known=everything)[0], everything.clip)


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_known_frames_stay_clean_in_every_step_and_the_rest_heeds_them(model, sampler):
    mask = torch.zeros(2, 1, 4, 8, 8, dtype=torch.bool)
    mask[:, :, :2] = True
    known = known_of(mask)
    plain, _ = sample(model, TOKENS, [5, 9], 3, sampler)
    clip, trajectory = sample(model, TOKENS, [5, 9], 3, sampler, known=known)
    for step in trajectory:
        assert torch.equal(step.x[:, :, :2], known.clip[:, :, :2]) and torch.equal(step.guess[:, :, :2], known.clip[:, :, :2])
    assert (clip[:, :, 2:] - plain[:, :, 2:]).abs().max() > 1e-3


def test_a_clip_may_have_another_shape_than_the_model_was_made_for(model):
    clip, _ = sample(model, TOKENS, [5, 9], steps=2, shape=(6, 4, 12))
    assert clip.shape == (2, 3, 6, 4, 12)


def test_grid_and_noise():
    assert times(4) == [0, 0.25, 0.5, 0.75, 1]
    assert times(4, 3.0)[0] == 0 and times(4, 3.0)[-1] == 1 and times(2, 3.0)[1] == 0.25
    assert torch.equal(starting_noise([3, 4], (2, 5))[1], starting_noise([4], (2, 5))[0])


def test_committed_golden_runs_are_what_this_sampler_makes():
    committed = json.loads((Path(__file__).parents[2] / "tests/golden/sampling.json").read_text())
    for run, again in zip(committed, golden(), strict=True):
        assert run["settings"] == again["settings"]
        for step, step_again in zip(run["steps"], again["steps"], strict=True):
            assert step["t"] == pytest.approx(step_again["t"], abs=1e-12)
            assert step["x"] == pytest.approx(step_again["x"], abs=1e-5)
            assert step["guess"] == pytest.approx(step_again["guess"], abs=1e-5)


def same(a, b):
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(same(a[key], b[key]) for key in a)
    if isinstance(a, list):
        return len(a) == len(b) and all(map(same, a, b))
    return a == b or isinstance(a, float) and a == pytest.approx(b, abs=1e-10)


def test_committed_papers_are_what_their_formulas_say():
    assert same(json.loads((Path(__file__).parents[2] / "tests/golden/papers.json").read_text()), golden_papers())
