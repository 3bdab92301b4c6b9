"""The model card is made without a hand: totals over all stretches, copies of earlier ones, the noise levels that were trained."""

import json
import sys

import pytest
import torch

import export_run
from snowglobe.export import export, load_exported
from snowglobe.model import ModelConfig, Transformer

TINY = ModelConfig(
    frames=4, height=16, width=16, dim=24, depth=1, heads=2, bottleneck=8, mlp_dim=16, text_length=5, text_depth=1, vocabulary=8
)
NOTES = """+++
device = "one core"
[[earlier]]
clips = 1000
minutes = 10
device = "two cores"
[[copy]]
name = "1-32"
clips = 40
minutes = 0.5
patch = "4 x 8 x 8"
+++

## Reproduce

By hand.
"""


@pytest.fixture
def run(tmp_path):
    folder = tmp_path / "run"
    folder.mkdir()
    state = {
        "name": "tiny", "model_config": TINY.to_dict(), "train_config": {"mapped": 0.25, "muon_lr": 0.0}, "clips": 500,
        "step": 7, "seconds": 300.0, "average": Transformer(TINY).state_dict(),
    }  # fmt: skip
    torch.save(state, folder / "checkpoint.pt")
    torch.save({**state, "clips": 250, "seconds": 150.0}, folder / "ema-1-2.pt")
    torch.save({**state, "clips": 20, "seconds": 15.0}, folder / "ema-1-32.pt")
    (folder / "log.jsonl").write_text(json.dumps({"clips": 500, "eval": [0.1, 0.2, 0.3, 0.4, 0.5]}) + "\n")
    (tmp_path / "notes.md").write_text(NOTES)
    export(Transformer(TINY), TINY, tmp_path / "out/checkpoints/1-32", "tiny-1-32", {"vocabulary": ["<pad>", "<start>"]})
    return tmp_path


def call(monkeypatch, root, *more):
    monkeypatch.setattr(sys, "argv", ["export_run.py", str(root / "run"), str(root / "out"), *more])
    export_run.main()
    return (root / "out/card.md").read_text()


def test_a_continued_run_counts_what_came_before(run, monkeypatch):
    card = call(monkeypatch, run, "--notes", str(run / "notes.md"))
    assert "| seen in training | 1,500 clips; the last stretch was 500 in 7 steps |" in card
    assert "| compute | 15 minutes of training: 10 minutes on two cores, then 5 minutes on one core |" in card
    assert "75% of the clips one level everywhere" in card and "| optimiser | AdamW (0.002);" in card
    assert "| `checkpoints/1-32` | 40 | 0.5 | 4 x 8 x 8 |" in card  # the earlier stretch's, not this one's
    assert "| `checkpoints/1-2` | 1,250 | 12.5 |" in card
    assert "| 1,500 | 0.1000" in card and card.endswith("## Reproduce\n\nBy hand.\n") and "+++" not in card


def test_without_notes_the_run_is_all_there_was(run, monkeypatch):
    card = call(monkeypatch, run, "--device", "a toaster", "--int8")
    assert "| seen in training | 500 clips in 7 steps |" in card and "5 minutes of training on a toaster" in card
    assert "as safetensors, int8 with one scale a row of each matrix" in card
    assert b'"I8"' in (run / "out/model.safetensors").read_bytes()
    assert load_exported(run / "out")[1]["name"] == "tiny"


def test_a_grown_model_names_the_one_beside_it_and_keeps_no_copies(run, monkeypatch):
    (run / "grown.md").write_text('+++\nweak = "../nano"\n+++\n')
    card = call(monkeypatch, run, "--notes", str(run / "grown.md"))
    assert "Autoguidance compares with `nano`" in card and "Copies of" not in card
    assert json.loads((run / "out/manifest.json").read_text())["weak"] == "../nano"
    assert not (run / "out/checkpoints/1-2").exists()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("+++\ndevice = 1", "no second"),
        ("+++\nx\n+++\n", "no TOML"),
        ("+++\nwho = 1\n+++\n", "which no card has"),
        ("+++\n[[earlier]]\nclips = 1\n+++\n", "needs"),
        (NOTES.replace("1-32", "1-64"), "not in"),
    ],
)
def test_notes_that_say_nonsense_are_refused(run, monkeypatch, text, problem):
    (run / "notes.md").write_text(text)
    with pytest.raises(SystemExit, match=problem):
        call(monkeypatch, run, "--notes", str(run / "notes.md"))
