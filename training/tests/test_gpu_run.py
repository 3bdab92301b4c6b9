"""The parts of gpu_run.py that need no training: what it packs comes back, and what is missing is said in a sentence."""

import json
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest
import torch

sys.argv.append("--rehearse")  # it looks for a GPU when it is loaded
import gpu_run  # noqa: E402

sys.argv.remove("--rehearse")


def run_in(folder: Path, out: Path, room: int = 57) -> gpu_run.Run:
    return gpu_run.Run(Namespace(run=folder, out=out, room=room, seconds=60.0, pace=1.0))


def test_what_is_packed_comes_back_even_in_several_calls(tmp_path):
    run = run_in(tmp_path / "there", tmp_path / "out", room=2)
    run.note(done=["sweep", "train"])
    weights = {"1-1": b"a" * 1_500_000, "1-2": b"b" * 1_200_000}
    for label, data in weights.items():
        (run.main / f"ema-{label}.pt").write_bytes(data)
    (run.main / "log.jsonl").write_text("{}\n")
    (run.clips / "model-one").mkdir()
    for name in ("clips.json", "clips.bin.gz"):
        (run.clips / "model-one" / name).write_bytes(name.encode())
    for _ in range(2):  # the second copy did not fit into the first call
        run.note(calls=[*run.about["calls"], {}])
        gpu_run.pack(run)
    here = run_in(tmp_path / "here", None)
    gpu_run.unpack(here, tmp_path / "out")
    for label, data in weights.items():
        assert (here.main / f"ema-{label}.pt").read_bytes() == data
    assert (here.clips / "model-one" / "clips.bin.gz").read_bytes() == b"clips.bin.gz"
    assert json.loads((here.folder / "about.json").read_text())["done"] == ["sweep", "train"]


def test_parts_are_small_enough_for_the_door(tmp_path, monkeypatch):
    monkeypatch.setattr(gpu_run, "PART", 1000)
    run = run_in(tmp_path / "there", tmp_path / "out")
    run.note(done=["train"])
    (run.main / "ema-1-1.pt").write_bytes(bytes(range(256)) * 30)
    gpu_run.pack(run)
    parts = sorted((tmp_path / "out").iterdir())
    assert len(parts) > 5 and all(part.stat().st_size <= 1000 for part in parts)
    here = run_in(tmp_path / "here", None)
    gpu_run.unpack(here, tmp_path / "out")
    assert (here.main / "ema-1-1.pt").read_bytes() == bytes(range(256)) * 30


def test_a_change_that_won_stays(tmp_path):
    run, base = run_in(tmp_path / "run", None), gpu_run.TrainConfig()
    run.note(sweep={"as configured": {"kept": True}, "AdamW": {"kept": False}, "noisier": {"kept": True}, "slower": {"kept": True}})
    config = gpu_run.settings(run, base)
    assert (config.muon_lr, config.adam_lr, config.level_mean) == (base.muon_lr / 2, base.adam_lr / 2, -1.0)


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU here")
def test_without_a_gpu_it_says_so_in_a_sentence(tmp_path):
    done = subprocess.run([sys.executable, gpu_run.__file__, "--run", tmp_path / "run"], capture_output=True, text=True)
    assert done.returncode == 1 and "sees no GPU" in done.stderr and "Traceback" not in done.stderr


def test_what_a_gpu_made_is_put_together_where_there_is_none(tmp_path):
    run = run_in(tmp_path / "there", tmp_path / "out")
    run.note(done=["train"])
    (run.main / "log.jsonl").write_text("{}\n")
    gpu_run.pack(run)
    command = [sys.executable, gpu_run.__file__, "--run", tmp_path / "here", "--unpack", tmp_path / "out"]
    subprocess.run(command, check=True, timeout=120)
    assert (tmp_path / "here" / "main" / "log.jsonl").read_text() == "{}\n"
