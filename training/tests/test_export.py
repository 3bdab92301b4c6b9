"""What export writes, export reads back; and the bytes are what the format says, checked without our own reader."""

import hashlib
import json
import struct

import pytest
import torch

from snowglobe.export import export, load_exported, read_safetensors, write_manifest, write_safetensors
from snowglobe.model import ModelConfig, Transformer

TINY = ModelConfig(
    frames=4, height=16, width=16, dim=24, depth=2, heads=2, bottleneck=8, mlp_dim=16, text_length=5, text_depth=1, vocabulary=8
)
EXTRA = {"vocabulary": ["<pad>", "<start>", "ball"], "trained": {"clips": 0}}


def random_model() -> Transformer:
    torch.manual_seed(0)
    model = Transformer(TINY)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.normal_(std=0.3)
    return model


def test_a_model_survives_the_round_trip_to_fp16(tmp_path):
    model = random_model()
    export(model, TINY, tmp_path / "tiny", "tiny", EXTRA)
    loaded, settings = load_exported(tmp_path / "tiny")
    assert settings == {"name": "tiny", "model": TINY.to_dict(), **EXTRA}
    for name, value in model.state_dict().items():
        assert torch.equal(loaded.state_dict()[name], value.half().float()), name


def test_the_file_is_laid_out_as_the_format_says(tmp_path):
    write_safetensors(tmp_path / "a.safetensors", {"m": torch.tensor([[1.0, -2.0], [0.5, 3.0]]), "v": torch.tensor([7.0])})
    data = (tmp_path / "a.safetensors").read_bytes()
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8 : 8 + length])
    assert length % 8 == 0
    assert header["m"] == {"dtype": "F16", "shape": [2, 2], "data_offsets": [0, 8]}
    assert header["v"] == {"dtype": "F16", "shape": [1], "data_offsets": [8, 10]}
    assert struct.unpack("<5e", data[8 + length :]) == (1.0, -2.0, 0.5, 3.0, 7.0)


def test_the_manifest_states_length_and_hash_of_each_file(tmp_path):
    export(random_model(), TINY, tmp_path, "tiny", EXTRA)
    files = json.loads((tmp_path / "manifest.json").read_text())["files"]
    assert [file["name"] for file in files] == ["model.safetensors", "config.json"]
    for file in files:
        data = (tmp_path / file["name"]).read_bytes()
        assert file["bytes"] == len(data) and file["sha256"] == hashlib.sha256(data).hexdigest()


def test_the_weak_copy_of_a_model_stays_named_when_its_weights_are_replaced(tmp_path):
    export(random_model(), TINY, tmp_path, "tiny", EXTRA)
    assert "weak" not in json.loads((tmp_path / "manifest.json").read_text())
    write_manifest(tmp_path, ["model.safetensors", "config.json"], weak="checkpoints/1-8")
    export(random_model(), TINY, tmp_path, "tiny", EXTRA)
    about = json.loads((tmp_path / "manifest.json").read_text())
    assert about["weak"] == "checkpoints/1-8" and len(about["files"]) == 2


def test_float32_is_kept_exactly(tmp_path):
    values = torch.randn(3, 5, 2)
    write_safetensors(tmp_path / "b.safetensors", {"x": values}, dtype="F32")
    assert torch.equal(read_safetensors(tmp_path / "b.safetensors")["x"], values)


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), 70000.0])
def test_numbers_that_fp16_cannot_hold_are_refused(tmp_path, bad):
    with pytest.raises(ValueError, match="weight"):
        write_safetensors(tmp_path / "c.safetensors", {"weight": torch.tensor([bad])})


def test_more_words_than_word_vectors_are_refused(tmp_path):
    with pytest.raises(ValueError, match="do not fit"):
        export(random_model(), TINY, tmp_path, "tiny", {"vocabulary": [str(i) for i in range(9)]})


def test_int8_has_a_scale_a_row_and_is_off_by_half_a_step_at_most(tmp_path):
    model = random_model()
    with torch.no_grad():
        model.head.inner.weight[3] = 0  # a row of zeros has no scale to divide by
    export(model, TINY, tmp_path / "tiny", "tiny", EXTRA, "I8")
    loaded, _ = load_exported(tmp_path / "tiny")
    for name, value in model.state_dict().items():
        found = loaded.state_dict()[name]
        if value.ndim == 2:
            step = value.abs().amax(1, keepdim=True) / 127
            assert ((found - value).abs() <= 0.501 * step).all(), name
        else:
            assert torch.equal(found, value.half().float()), name
    export(model, TINY, tmp_path / "halves", "tiny", EXTRA)
    sizes = [(tmp_path / name / "model.safetensors").stat().st_size for name in ("tiny", "halves")]
    assert sizes[0] < 0.8 * sizes[1]
