"""Golden files for the transformer in TypeScript: what PyTorch computes, in float32, from fp16-rounded weights.

    python training/golden_model.py                      tests/golden/model-tiny/   a tiny model of random weights
    python training/golden_model.py --int8               tests/golden/model-int8/   the same, its matrices in int8
    python training/golden_model.py --model models/nano  tests/golden/nano.safetensors

Every file is safetensors, so the tests read it with the reader that the page uses. Files hold inputs beside outputs:
a test needs nothing but the file. Rows are (prompt, empty prompt), as guidance evaluates them.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch
from torch import Tensor

from snowglobe.export import export, load_exported, write_safetensors
from snowglobe.model import ModelConfig, Transformer
from snowglobe.sampling import Guidance, sample

HERE = Path(__file__).resolve().parent
GOLDEN = HERE.parent / "tests" / "golden"
SEED, STEPS = 7, 12  # of the runs; their settings are in the files, too


def tiny_model(vocabulary: list[str]) -> Transformer:
    """Every size differs from every other, so that a swapped axis cannot pass; every weight is away from its start value."""
    config = ModelConfig(
        frames=6, height=16, width=24, patch_frames=2, patch_size=4, bottleneck=16, dim=40, depth=2, heads=2,
        mlp_dim=56, text_length=14, text_depth=2, vocabulary=len(vocabulary) + 3, time_features=12, skip=1, detail=4,
    )  # fmt: skip
    torch.manual_seed(1)  # of the start values
    generator = torch.Generator().manual_seed(1)
    model = Transformer(config)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if parameter.ndim == 2 and "position" not in name and "word" not in name:
                parameter.normal_(0, parameter.shape[1] ** -0.5, generator=generator)
            elif parameter.ndim == 4:
                parameter.normal_(0, parameter[0].numel() ** -0.5, generator=generator)
            else:
                parameter.add_(0.3 * torch.randn(parameter.shape, generator=generator))
    return model


def level_maps(config: ModelConfig) -> dict[str, Tensor]:
    """One level everywhere, and a mixed map: the first frame clean, a clean corner, and otherwise a level a frame."""
    frames = torch.linspace(0.1, 0.8, config.frames).reshape(-1, 1, 1)
    mixed = frames.expand(config.frames, config.height, config.width).clone()
    mixed[0] = 1.0
    mixed[:, : config.height // 2, : config.width // 4] = 1.0
    return {"uniform": torch.full_like(mixed, 0.3), "mixed": mixed}


@torch.no_grad()
def forward_tensors(model: Transformer, tokens: Tensor, blocks: bool) -> dict[str, Tensor]:
    """Inputs and outputs of whole forward passes; with `blocks`, of every stage in between too."""
    config = model.config
    generator = torch.Generator().manual_seed(2)
    x = torch.randn(3, config.frames, config.height, config.width, generator=generator)
    tensors = {"tokens": tokens.float(), "x": x}
    if blocks:
        tensors["text"] = model.text(tokens)  # (2, L, D)
        tensors["caption"] = model.encode_text(tokens)[1]  # (2, D)
    cases = {case: (x, levels) for case, levels in level_maps(config).items()}
    if blocks:  # a clip of another shape: longer, lower, narrower
        other = torch.randn(3, 8, 12, 20, generator=generator)
        cases["other"] = (other, torch.rand(8, 12, 20, generator=generator))
        tensors["other.x"] = other
    for case, (x, levels) in cases.items():
        outputs: list[Tensor] = []
        hooks = [block.register_forward_hook(lambda _m, _i, out: outputs.append(out)) for block in model.blocks]
        rows = len(tokens)
        guess = model(x.expand(rows, *x.shape), levels.expand(rows, 1, *levels.shape), tokens)
        for hook in hooks:
            hook.remove()
        tensors |= {f"{case}.levels": levels, f"{case}.guess": guess}  # (F, H, W), (2, 3, F, H, W)
        if blocks:
            tensors |= {f"{case}.block.{i}": out for i, out in enumerate(outputs)}  # (2, N, D)
    return tensors


def run_tensors(model: Transformer, tokens: Tensor, samplers: list[str], guidance: Guidance) -> dict[str, Tensor]:
    """Whole guided runs: the settings, and what the model believed half-way and at the end."""
    tensors = {"run": torch.tensor([SEED, STEPS, *guidance[:3]])}  # seed, steps, guidance scale, from, to
    for sampler in samplers:
        _, steps = sample(model, tokens[:1], [SEED], STEPS, sampler, guidance)
        for index in (STEPS // 2, STEPS - 1):
            tensors[f"run.{sampler}.{index}"] = steps[index].guess[0]  # (3, F, H, W)
    return tensors


def first_words() -> list[str]:
    """The tiny model knows fewer words than the world by now, as the first models do."""
    world = json.loads((HERE.parent / "src" / "world" / "world.json").read_text(encoding="utf-8"))
    return world["vocabulary"][: world["first_words"]]


def prompt_rows(config: ModelConfig, words: str, vocabulary: list[str]) -> Tensor:
    """(2, L): the prompt and the empty prompt, each <start>, its words, <pad>s."""
    rows = torch.zeros(2, config.text_length, dtype=torch.long)
    rows[:, 0] = vocabulary.index("<start>")
    ids = [vocabulary.index(word) for word in words.split()]
    rows[0, 1 : 1 + len(ids)] = torch.tensor(ids)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, help="an exported model; without it, the tiny model is made anew")
    parser.add_argument("--int8", action="store_true", help="the tiny model with int8 matrices")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    if arguments.model is None:
        folder, vocabulary = GOLDEN / ("model-int8" if arguments.int8 else "model-tiny"), first_words()
        tiny = tiny_model(vocabulary)
        export(tiny, tiny.config, folder, "tiny", {"vocabulary": vocabulary}, "I8" if arguments.int8 else "F16")
        target = folder / "golden.safetensors"
    else:
        folder, target = arguments.model, GOLDEN / f"{arguments.model.resolve().name}.safetensors"
    model, settings = load_exported(folder)  # the weights as the browser will see them
    tokens = prompt_rows(model.config, "a small red ball bouncing at night", settings["vocabulary"])
    if arguments.int8:
        tensors = forward_tensors(model, tokens, blocks=False)
    elif arguments.model is None:
        tensors = forward_tensors(model, tokens, blocks=True)
        tensors |= run_tensors(model, tokens, ["euler", "heun", "multistep"], Guidance(3.0, 0.125, 0.8125))
    else:
        tensors = forward_tensors(model, tokens, blocks=False)
        tensors |= run_tensors(model, tokens, ["euler", "multistep"], Guidance(3.0))
    write_safetensors(target, tensors, dtype="F32")
    print(f"{target}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
