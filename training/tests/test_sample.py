"""The folder that sample.py writes: what is in it, and that the same command writes the same bytes."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import torch

from snowglobe import world
from snowglobe.export import export
from snowglobe.model import ModelConfig, Transformer

SCRIPT = Path(__file__).resolve().parents[1] / "sample.py"
TINY = ModelConfig(
    frames=4, height=16, width=16, dim=24, depth=2, heads=2, bottleneck=8, mlp_dim=16, text_length=28, text_depth=1, vocabulary=64
)


def draw(model: Path, out: Path, *more: str) -> tuple[bytes, dict]:
    command = [sys.executable, str(SCRIPT), "--model", str(model), "--out", str(out), "--steps", "3", "--seed", "9", *more]
    subprocess.run(command, check=True, capture_output=True)
    return (out / "clips.bin").read_bytes(), json.loads((out / "clips.json").read_text())


def tiny(tmp_path: Path) -> Path:
    torch.manual_seed(0)
    model = Transformer(TINY)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.normal_(std=0.4)
    export(model, TINY, tmp_path / "tiny", "tiny", {"vocabulary": world.VOCABULARY})
    return tmp_path / "tiny"


def test_prompts_are_full_captions_of_scenes_without_pans(tmp_path):
    model = tiny(tmp_path)
    clips, about = draw(model, tmp_path / "a", "--prompts", "5", "--batch", "2")
    assert len(clips) == 5 * 3 * 4 * 16 * 16
    assert about["shape"] == {"frames": 4, "height": 16, "width": 16}
    assert [item["seed"] for item in about["items"]] == [9, 10, 11, 12, 13]
    assert about["model"]["sha256"] == hashlib.sha256((model / "model.safetensors").read_bytes()).hexdigest()
    for index, item in enumerate(about["items"]):
        scene = world.sample_scene(world.Draw(9 + index), objects=1)
        scene.camera = "stands"
        assert item["prompt"] == world.caption(scene)

    again, _ = draw(model, tmp_path / "b", "--prompts", "5", "--batch", "2")
    assert again == clips
    more, _ = draw(model, tmp_path / "c", "--prompts", "6", "--batch", "2")
    assert more[: len(clips)] == clips, "a longer folder begins with the shorter one"


def test_prompts_can_come_from_a_file(tmp_path):
    model = tiny(tmp_path)
    file = tmp_path / "prompts.txt"
    file.write_text("A red ball.\n\nA small blue fish at sea.\n")
    clips, about = draw(model, tmp_path / "a", "--prompts", str(file))
    assert [item["prompt"] for item in about["items"]] == ["A red ball.", "A small blue fish at sea."]
    assert len(clips) == 2 * 3 * 4 * 16 * 16
    assert len(set(clips)) > 10, "the bytes are no constant"
