"""Loss and gradients of a batch as a CUDA graph: recorded once for each shape of clips, then replayed.

What it is: a way round Python, which takes longer to ask a GPU for the small kernels of a step, some two thousand, than the
GPU takes to run them. What it is not: another computation. It records the very one that runs without it, and where it cannot
be recorded, that one goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

import torch
from torch import Tensor, nn

WARM = 3  # runs of a shape before it is recorded: they compile, choose kernels and fetch workspaces, which a graph may not hold

Input = Tensor | float | None


class Recorded(NamedTuple):
    graph: torch.cuda.CUDAGraph
    inputs: list[Input]  # where it reads
    losses: Tensor  # where it writes them
    gradients: list[Tensor | None]


class Replayed:
    """losses = replayed(*inputs): what `backward(*inputs)` returns, with the gradients that it leaves in the parameters.

    Everything before and after must run in one stream that is not the default one: autograd remembers the stream in which it
    saw a parameter first. What is returned is overwritten by the next call.
    """

    def __init__(self, backward: Callable[..., Tensor], parameters: Iterable[nn.Parameter]):
        self.backward, self.parameters = backward, list(parameters)
        self.runs: dict[tuple, int] = {}
        self.recorded: dict[tuple, Recorded] = {}
        self.gave_up = False

    def __call__(self, *inputs: Input) -> Tensor:
        key = tuple(value.shape if isinstance(value, Tensor) else value for value in inputs)
        if key not in self.recorded:
            runs = self.runs[key] = self.runs.get(key, 0) + 1
            if self.gave_up or runs <= WARM or not self.record(key, inputs):
                return self.backward(*inputs)
        graph, places, losses, gradients = self.recorded[key]
        for place, value in zip(places, inputs):
            if isinstance(place, Tensor):
                place.copy_(value)
        graph.replay()
        for parameter, gradient in zip(self.parameters, gradients):
            parameter.grad = gradient
        return losses

    def record(self, key: tuple, inputs: tuple[Input, ...]) -> bool:
        """False where it cannot be recorded, which is said once."""
        places = [value.clone() if isinstance(value, Tensor) else value for value in inputs]
        try:
            graph = torch.cuda.CUDAGraph()
            with torch.cuda.graph(graph, stream=torch.cuda.current_stream()):
                losses = self.backward(*places)
        except RuntimeError as error:
            print(f"steps are not replayed, and go on as before: {error}", flush=True)
            self.gave_up = True
            return False
        finally:
            gradients = [parameter.grad for parameter in self.parameters]
            for parameter in self.parameters:
                parameter.grad = None
        self.recorded[key] = Recorded(graph, places, losses, gradients)
        return True
