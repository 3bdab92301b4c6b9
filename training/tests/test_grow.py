"""A grown model starts where the coarse one stood."""

import math

import pytest
import torch

from snowglobe.growing import grown
from snowglobe.model import VARIANCE_BIAS, ModelConfig, Transformer, weigh


def test_a_still_clip_is_read_and_drawn_as_before():
    """Where both halves of a coarse patch are alike, finer patches embed to the same tokens."""
    size = dict(dim=32, depth=1, heads=2, mlp_dim=64, text_depth=1, vocabulary=9)
    old = ModelConfig(patch_frames=4, bottleneck=8, **size)
    new = ModelConfig(patch_frames=2, bottleneck=12, **size)
    torch.manual_seed(0)
    coarse, fine = Transformer(old), Transformer(new)
    torch.nn.init.normal_(coarse.head.outer.weight)
    fine.load_state_dict(grown(coarse.state_dict(), old, new))
    from snowglobe.model import patchify, unpatchify

    still = torch.randn(1, 4, 1, 32, 32).expand(1, 4, 16, 32, 32)
    old_tokens = coarse.embed_up(coarse.embed_down(patchify(still, old))).unflatten(1, old.grid)
    new_tokens = fine.embed_up(fine.embed_down(patchify(still, new))).unflatten(1, new.grid)
    torch.testing.assert_close(new_tokens[:, ::2], old_tokens)

    hidden = torch.randn(1, 4, 4, 4, 32)
    old_clip = unpatchify(coarse.head(hidden.flatten(1, 3)), old)
    new_clip = unpatchify(fine.head(hidden.repeat_interleave(2, 1).flatten(1, 3)), new)
    pairs = old_clip.unflatten(2, (4, 2, 2)).mean(3, keepdim=True)  # the mean of a patch's two halves
    torch.testing.assert_close(new_clip.unflatten(2, (4, 2, 2)), pairs.expand(-1, -1, -1, 2, -1, -1, -1))


def test_more_blocks_begin_as_nothing():
    size = dict(dim=32, heads=2, mlp_dim=64, text_depth=1, vocabulary=9, bottleneck=8, text_length=5)
    old, new = ModelConfig(depth=1, **size), ModelConfig(depth=3, **size)
    torch.manual_seed(0)
    small, large = Transformer(old), Transformer(new)
    for parameter in small.parameters():  # away from the start, where whole blocks are silent
        torch.nn.init.normal_(parameter, std=0.1)
    large.load_state_dict(grown(small.state_dict(), old, new))
    x, levels, tokens = torch.randn(2, 3, 16, 32, 32), torch.rand(2, 1, 16, 32, 32), torch.randint(9, (2, 5))
    with torch.no_grad():
        torch.testing.assert_close(large(x, levels, tokens), small(x, levels, tokens))
        torch.nn.init.normal_(large.blocks[2].out.weight)
        assert (large(x, levels, tokens) - small(x, levels, tokens)).abs().mean() > 1e-5


def test_a_skip_begins_with_the_same_guess_and_one_variance_everywhere():
    size = dict(dim=32, depth=1, heads=2, mlp_dim=64, text_depth=1, vocabulary=9, bottleneck=8, text_length=5)
    old, new = ModelConfig(**size), ModelConfig(skip=1, **size)
    torch.manual_seed(0)
    small, large = Transformer(old), Transformer(new)
    for parameter in small.parameters():
        torch.nn.init.normal_(parameter, std=0.1)
    large.load_state_dict(grown(small.state_dict(), old, new))
    x, levels, tokens = torch.randn(2, 3, 16, 32, 32), torch.rand(2, 1, 16, 32, 32), torch.randint(9, (2, 5))
    with torch.no_grad():
        variance = torch.full_like(levels, 1 / (1 + math.exp(-VARIANCE_BIAS)))
        torch.testing.assert_close(large(x, levels, tokens), weigh(small(x, levels, tokens), variance, x, levels))


@pytest.mark.parametrize("change", [dict(dim=64), dict(depth=0), dict(patch_frames=1, bottleneck=4), dict(mlp_dim=32)])
def test_what_is_no_growth_is_refused(change):
    old = ModelConfig(dim=32, depth=1, heads=2, mlp_dim=64, text_depth=1, vocabulary=9, bottleneck=8)
    with pytest.raises(ValueError, match="grown model"):
        grown(Transformer(old).state_dict(), old, ModelConfig(**{**old.to_dict(), **change}))
