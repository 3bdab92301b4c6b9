"""The folder that decode.py writes: what the decoder draws of another folder's clips, and that it goes on and refuses."""

import gzip
import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F

import decode
from snowglobe import world
from snowglobe.decoder import Decoder, DecoderConfig, bag_of, neighbours
from snowglobe.export import export_decoder, load_decoder

SHAPE = {"frames": 4, "height": 8, "width": 12}
PROMPTS = ["A red ball.", "A big blue fish moving right slowly at sea.", ""]


@pytest.fixture(scope="module")
def there(tmp_path_factory) -> Path:
    """A folder with `decoder`, and `clips` made by hand."""
    folder = tmp_path_factory.mktemp("decode")
    torch.manual_seed(0)
    decoder = Decoder(DecoderConfig(detail=6, middle=8, context=10, fine=3))
    with torch.no_grad():
        for parameter in decoder.parameters():
            parameter.normal_(std=0.15)
    export_decoder(decoder, folder / "decoder", "tiny")
    (folder / "clips").mkdir()
    scene = world.sample_scene(world.Draw(3), objects=1)
    items = [{"prompt": prompt, "seed": 7 + i} for i, prompt in enumerate(PROMPTS)]
    items[1] |= {"scene": scene.to_dict(), "given": 2, "group": "uniform, gap"}
    about = {"suite": "physics", "shape": SHAPE, "items": items, "settings": {"steps": 3}, "model": {"name": "tiny", "sha256": "aa"}, "by": {"program": "python"}}  # fmt: skip
    (folder / "clips" / "clips.json").write_text(json.dumps(about))
    data = torch.randint(0, 256, (3, 3, 4, 8, 12), dtype=torch.uint8)
    (folder / "clips" / "clips.bin.gz").write_bytes(gzip.compress(data.numpy().tobytes()))
    return folder


def draw(there: Path, out: Path, *more: str, clips: Path | None = None, decoder: Path | None = None) -> None:
    decode.main([str(clips or there / "clips"), str(out), "--decoder", str(decoder or there / "decoder"), "--fp32", *more])


def read(folder: Path, height: int, width: int) -> tuple[torch.Tensor, dict]:
    data = gzip.decompress((folder / "clips.bin.gz").read_bytes())
    return torch.tensor(list(data)).view(-1, 3, 4, height, width), json.loads((folder / "clips.json").read_text())


def test_a_decoded_folder_holds_what_the_decoder_draws_of_the_same_items(there, tmp_path, capsys):
    draw(there, tmp_path / "large")
    large, about = read(tmp_path / "large", 32, 48)
    before = json.loads((there / "clips" / "clips.json").read_text())
    weights = (there / "decoder" / "model.safetensors").read_bytes()
    assert about.pop("decoder") == {
        "folder": str(there / "decoder"), "sha256": hashlib.sha256(weights).hexdigest(), "bf16": False,
    }  # fmt: skip
    assert about == {**before, "shape": {"frames": 4, "height": 32, "width": 48}}

    decoder = load_decoder(there / "decoder")
    small = torch.tensor(list(gzip.decompress((there / "clips" / "clips.bin.gz").read_bytes()))).view(3, 3, 4, 8, 12) / 127.5 - 1
    near = neighbours(small, 3)[1]  # (F, 9, H, W)
    words = bag_of(torch.tensor([world.tokenize(PROMPTS[1], 64)]), 64).expand(4, -1)
    with torch.no_grad():
        drawn = decoder(near, words).clamp(-1, 1).transpose(0, 1)
    assert ((drawn + 1) * 127.5 - large[1]).abs().max() < 0.51
    assert drawn.std() > 0.1 and not torch.equal(large[0], large[1])

    draw(there, tmp_path / "half", "--size", "64")
    half, about = read(tmp_path / "half", 16, 24)
    assert about["shape"] == {"frames": 4, "height": 16, "width": 24}
    assert (F.avg_pool2d((drawn + 1) * 127.5, 2) - half[1]).abs().max() < 0.51

    capsys.readouterr()
    draw(there, tmp_path / "half", "--size", "64")
    assert capsys.readouterr().err == f"{tmp_path / 'half'}: all 3 clips are there\n"
    with pytest.raises(SystemExit, match="another decoder or size: choose another folder"):
        draw(there, tmp_path / "half")


def test_a_stopped_run_ends_with_the_same_bytes(there, tmp_path):
    """Started as a person would."""
    command = [sys.executable, decode.__file__, there / "clips", tmp_path / "out", "--decoder", there / "decoder"]
    subprocess.run(command, check=True, capture_output=True)
    packed = (tmp_path / "out" / "clips.bin.gz").read_bytes()
    (tmp_path / "out" / "clips.bin.gz").unlink()
    (tmp_path / "out" / "clips.part").write_bytes(gzip.decompress(packed)[: 3 * 4 * 32 * 48 + 100])  # a clip and a bit of the second
    again = subprocess.run(command, check=True, capture_output=True, text=True)
    assert "out: 3/3 clips, 0 s left" in again.stderr
    assert (tmp_path / "out" / "clips.bin.gz").read_bytes() == packed
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["clips.bin.gz", "clips.json"]


def test_what_cannot_be_decoded_is_one_clear_sentence(there, tmp_path):
    def refused(sentence: str, out: Path = tmp_path / "out", **more) -> None:
        with pytest.raises(SystemExit) as stopped:
            draw(there, out, **more)
        assert sentence in str(stopped.value) and "\n" not in str(stopped.value)
        assert not (tmp_path / "out").exists()

    refused("need a folder of their own", out=there / "clips")
    refused(f"there is no clips.json in {tmp_path}", clips=tmp_path)
    refused("there is no decoder in", decoder=tmp_path)
    refused("there is no decoder in", decoder=there / "clips")
    part = tmp_path / "part"
    part.mkdir()
    about = json.loads((there / "clips" / "clips.json").read_text())
    (part / "clips.json").write_text(json.dumps(about))
    refused("is not finished: give the command again that draws its 3 clips", clips=part)
    (part / "clips.bin.gz").write_bytes(b"hello")
    refused("clips.bin.gz is damaged", clips=part)
    (part / "clips.bin.gz").write_bytes(gzip.compress(b"hello"))
    refused("holds 5 bytes where 3 clips of 1152 belong", clips=part)
    (part / "clips.json").write_text(json.dumps({**about, "decoder": {"sha256": "bb"}}))
    refused("holds clips that a decoder drew", clips=part)
