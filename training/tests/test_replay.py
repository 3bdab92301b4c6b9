"""What is replayed is what would have been computed: the same losses and gradients, of the clips that are given now."""

from __future__ import annotations

import contextlib

import pytest
import torch

from snowglobe.replay import WARM, Replayed


@pytest.fixture
def weight() -> torch.nn.Parameter:
    return torch.nn.Parameter(torch.tensor([2.0, -1.0]))


def backward_of(weight: torch.nn.Parameter, calls: list):
    def backward(x: torch.Tensor, scale: torch.Tensor | float) -> torch.Tensor:
        calls.append(x.shape)
        losses = (x * weight * scale).sum(1) ** 2
        losses.mean().backward()
        return losses.detach()

    return backward


def test_without_a_gpu_it_says_so_once_and_goes_on(weight, capsys):
    calls: list = []
    replayed = Replayed(backward_of(weight, calls), [weight])
    for i in range(WARM + 3):
        weight.grad = None
        x = torch.full((3, 2), i + 1.0)
        losses = replayed(x, 1.0)
        torch.testing.assert_close(losses, (x * weight).sum(1).detach() ** 2)
        torch.testing.assert_close(weight.grad, 2 * (i + 1.0) ** 2 * torch.ones(2))
    assert len(calls) == WARM + 3
    assert capsys.readouterr().out.count("not replayed") == 1


def test_each_shape_is_recorded_once_and_reads_what_it_is_given(weight, monkeypatch):
    """A graph that is none: it computes again from where the inputs were, into where the outputs were, as a graph does."""
    calls: list = []
    eager = backward_of(weight, calls)
    made: dict = {}

    class Graph:
        def replay(self):
            places, losses, gradient = made[self]
            weight.grad = None
            losses.copy_(eager(*places))
            gradient.copy_(weight.grad)

    @contextlib.contextmanager
    def recording(graph, stream):
        assert weight.grad is None  # else the graph would add to what is there
        yield
        made[graph] = (places[-1], None, weight.grad)

    places: list = []

    def seen(*inputs):
        places.append(inputs)
        return eager(*inputs)

    monkeypatch.setattr(torch.cuda, "CUDAGraph", Graph)
    monkeypatch.setattr(torch.cuda, "graph", recording)
    monkeypatch.setattr(torch.cuda, "current_stream", lambda: None)
    replayed = Replayed(seen, [weight])

    def settle():
        for record in replayed.recorded.values():
            made[record.graph] = (made[record.graph][0], record.losses, made[record.graph][2])

    record = replayed.record
    monkeypatch.setattr(replayed, "record", lambda *given: (record(*given), settle())[0])
    for i in range(2 * (WARM + 2)):
        weight.grad = None
        x, scale = torch.randn(3 if i % 2 else 5, 2), torch.rand(())
        losses = replayed(x, scale)
        exact = (x * weight.detach() * scale).sum(1)
        torch.testing.assert_close(losses, exact**2)
        torch.testing.assert_close(weight.grad, (2 * exact[:, None] * x * scale).mean(0))
    assert len(replayed.recorded) == 2
    assert len(places) == 2 * (WARM + 1)  # the warm runs, and the one that is recorded
