"""Clauses: which words of a caption belong together, asked of the caption encoder beside the film.

What it is: an auxiliary loss. "A red ball and a blue box" is right only if red goes with the ball; the film alone teaches that
slowly, for swapped colours cost it little. So a linear layer is asked, for every word that can be said of a thing, which such
words stand in the same clause. What a word means then comes with whom it is said of (compare attribute binding in Feng et al.
2023). Words of the setting and the camera are not asked, for they say the same whatever things there are; only the "left" of a
camera that pans is, being the word of a motion.
What it is not: part of the model. The layer is thrown away; the encoder that learned to answer stays, at the same size.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from . import world

SAID_OF_THINGS = [*world.THINGS, *world.WORLD["colours"], "small", "big", "slowly", "fast"]
SAID_OF_THINGS += [world.WORLD["motions"][motion]["phrase"].split()[-1] for motion in world.MOTIONS]


def clauses_of(tokens: Tensor) -> Tensor:
    """(B, L) word tokens -> (B, L) the number of the clause that each stands in. An "and" begins a clause, unless the same
    thing turns into another colour after it."""
    begins = (tokens == world.INDEX["and"]) & (tokens.roll(-1, 1) != world.INDEX["turns"])
    return begins.long().cumsum(1)


class Clauses(nn.Module):
    """loss = clauses(text, tokens).

    text:   (B, L, D) what the caption encoder gives out
    tokens: (B, L) the words it was given
    returns a number: the binary cross-entropy of which words stand in a word's clause, summed over words that can be said of
    a thing, a mean over all such words of all captions
    """

    def __init__(self, dim: int, vocabulary: int):
        super().__init__()
        asked = sorted({world.INDEX[word] for word in SAID_OF_THINGS if world.INDEX[word] < vocabulary})
        self.register_buffer("asked", torch.tensor(asked), persistent=False)  # (K,)
        self.says = nn.Linear(dim, len(asked))
        self.initialise()

    def initialise(self) -> None:
        """At zero: the encoder is asked for nothing before the layer has begun to read it."""
        nn.init.zeros_(self.says.weight)
        nn.init.zeros_(self.says.bias)

    def answers(self, tokens: Tensor) -> Tensor:
        """(B, L) -> (B, L, K): 1 where a word stands in the clause of another."""
        there = (tokens[..., None] == self.asked).float()  # (B, L, K)
        clauses = clauses_of(tokens)  # (B, L)
        together = (clauses[:, :, None] == clauses[:, None]).float()  # (B, L, L)
        return (together @ there).clamp(max=1)

    def forward(self, text: Tensor, tokens: Tensor) -> Tensor:
        losses = F.binary_cross_entropy_with_logits(self.says(text).float(), self.answers(tokens), reduction="none").sum(-1)
        words = torch.isin(tokens, self.asked)  # (B, L)
        return (losses * words).sum() / words.sum().clamp(min=1)
