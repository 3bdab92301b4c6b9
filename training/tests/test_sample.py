"""The folder that sample.py writes: what is in it, and that the same command writes the same bytes."""

import gzip
import hashlib
import json
import subprocess
import sys
from pathlib import Path

import torch

from plan_sets import SEEDS, items_of
from sample import begin_of, known_frames, read_plan
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
    return read(out)


def read(out: Path) -> tuple[bytes, dict]:
    return gzip.decompress((out / "clips.bin.gz").read_bytes()), json.loads((out / "clips.json").read_text())


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


def test_a_stopped_run_ends_with_the_same_bytes(tmp_path):
    model = tiny(tmp_path)
    clips, _ = draw(model, tmp_path / "a", "--prompts", "5", "--batch", "2")
    packed = (tmp_path / "a" / "clips.bin.gz").read_bytes()
    (tmp_path / "a" / "clips.bin.gz").unlink()
    (tmp_path / "a" / "clips.part").write_bytes(clips[: 3 * 3 * 4 * 16 * 16 + 100])  # three clips and a bit of the fourth
    again, _ = draw(model, tmp_path / "a", "--prompts", "5", "--batch", "2")
    assert again == clips and (tmp_path / "a" / "clips.bin.gz").read_bytes() == packed
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == ["clips.bin.gz", "clips.json"]

    other = subprocess.run(
        [sys.executable, str(SCRIPT), "--model", str(model), "--prompts", "5", "--seed", "10", "--out", str(tmp_path / "a")],
        capture_output=True, text=True,
    )  # fmt: skip
    assert other.returncode == 1 and other.stderr.strip().endswith("choose another --out")


def test_a_prepared_folder_is_filled_with_the_given_frames_of_its_scenes(tmp_path):
    model, folder = tiny(tmp_path), tmp_path / "physics"
    folder.mkdir()
    scene = world.sample_scene(world.Draw(3), objects=1)
    about = {
        "suite": "physics",
        "shape": {"frames": 4, "height": 16, "width": 16},
        "items": [{"prompt": "A red ball.", "seed": 1, "scene": scene.to_dict(), "given": 2}, {"prompt": "A red ball.", "seed": 1}],
        "settings": {"steps": 2, "sampler": "euler", "guidance": {"scale": 2, "from": 0, "to": 1}},
        "model": {"name": "tiny", "sha256": hashlib.sha256((model / "model.safetensors").read_bytes()).hexdigest(), "folder": str(model)},
    }  # fmt: skip
    (folder / "clips.json").write_text(json.dumps(about))
    subprocess.run([sys.executable, str(SCRIPT), "--batch", "2", "--fill", str(folder)], check=True, capture_output=True)
    clips, after = read(folder)
    given, free = torch.tensor(list(clips)).view(2, 3, 4, 16, 16)
    truth = (world.render([scene], 4, 16, 16)[0] * 255).round()
    assert torch.equal(given[:, :2], truth[:, :2].long())
    assert not torch.equal(given[:, 2:], truth[:, 2:].long()) and not torch.equal(free[:, :2], given[:, :2])
    assert {key: after[key] for key in about} == about and after["by"]["program"] == "python"


def test_a_plan_says_which_pixels_are_given_and_where_a_clip_begins(tmp_path):
    shape = {"frames": 4, "height": 8, "width": 8}
    scene = world.sample_scene(world.Draw(3), objects=1).to_dict()
    film = (world.render([world.Scene.from_dict(scene)], 4, 8, 8)[0] * 255).round() / 127.5 - 1
    hole = "".join("f0" if row < 4 else "00" for row in range(8))  # made up: the upper left quarter
    item = {"prompt": "A red ball.", "seed": 1, "scene": scene, "plan": f"own.2-3.x1.0*h.0.1.{hole}"}
    sources, made = read_plan(item["plan"], shape)
    assert sources == [2, 3, None, 0] and made[0, :4, :4].all() and made.sum() == 2 * 16
    known = known_frames([item, {"prompt": "A red ball.", "seed": 1}], shape)
    assert known.mask[0].sum() == 3 * 64 - 2 * 16 and not known.mask[1].any()
    given = known.mask[0, 0]
    wanted = film[:, [2, 3, 0, 0]]
    assert torch.equal(known.clip[0][:, given], wanted[:, given])
    begin = begin_of([{"scene": scene, "begin": 0.25}] * 2, shape)
    assert begin.t == 0.25 and torch.equal(begin.clip[1], film)
    assert begin_of([item], shape) is None


def test_prompts_can_come_from_a_file(tmp_path):
    model = tiny(tmp_path)
    file = tmp_path / "prompts.txt"
    file.write_text("A red ball.\n\nA small blue fish at sea.\n")
    clips, about = draw(model, tmp_path / "a", "--prompts", str(file))
    assert [item["prompt"] for item in about["items"]] == ["A red ball.", "A small blue fish at sea."]
    assert len(clips) == 2 * 3 * 4 * 16 * 16
    assert len(set(clips)) > 10, "the bytes are no constant"


def test_sets_of_one_thing_are_prepared_with_what_each_is_for(tmp_path: Path):
    for name, first in SEEDS.items():
        items = items_of(name, 6)
        assert [item["group"] for item in items] == [name] * 6
        seeds = [item["seed"] for item in items]
        assert seeds == sorted(set(seeds)) and seeds[0] >= first
        assert (seeds == list(range(first, first + 6))) == (name != "holes")
        assert items == items_of(name, 8)[:6]
    words = {frozenset(item["prompt"].lower().strip(".").split()) for item in items_of("holes", 6)}
    pairs = world.WORLD["holes"]["pairs"]
    assert all(any(first in said and second in said for first, second in pairs) for said in words)
    assert all(len(item["prompt"].split()) <= 9 for item in items_of("fragments", 12))
