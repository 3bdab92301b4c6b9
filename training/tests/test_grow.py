"""A grown model starts where the coarse one stood."""

import torch

from grow import grow
from snowglobe.model import ModelConfig, Transformer


def test_a_still_clip_is_read_and_drawn_as_before():
    """Where both halves of a coarse patch are alike, finer patches embed to the same tokens."""
    size = dict(dim=32, depth=1, heads=2, mlp_dim=64, text_depth=1, vocabulary=9)
    old = ModelConfig(patch_frames=4, bottleneck=8, **size)
    new = ModelConfig(patch_frames=2, bottleneck=12, **size)
    torch.manual_seed(0)
    coarse, fine = Transformer(old), Transformer(new)
    torch.nn.init.normal_(coarse.head.outer.weight)
    fine.load_state_dict(grow(coarse.state_dict(), old, new))
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
