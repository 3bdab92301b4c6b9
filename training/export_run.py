"""Export a trained run as models/<name>: weights, config, manifest, model card, and the early copies for the scaling
picture.

    python training/export_run.py runs/nano models/nano --notes training/cards/nano.md
    python training/export_run.py runs/mini4/main models/mini --student runs/mini4/student/student.pt --notes training/cards/mini.md
    python training/export_run.py runs/small/main models/small --device "one H100" --int8 --notes training/cards/small.md

The card is cards/template.md, filled with figures that are read from the run's checkpoint and log. What no run knows
stands in the notes: text for the end of the card and, before it between two lines of +++, TOML with the stretches that
came before this run and the copies that they left:

    +++
    device = "one CPU core"        # this run; --device says it, too
    [[earlier]]                    # oldest first
    clips = 253216
    minutes = 103
    device = "two CPU cores"
    [[copy]]                       # in checkpoints/ already, from a stretch before this one
    name = "1-32"
    clips = 9152
    minutes = 3.9
    patch = "4 x 8 x 8"
    weak = "../nano"               # instead of copies: the earlier model beside this one that autoguidance compares with
    +++
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import tomllib
from pathlib import Path

import torch

from snowglobe import world
from snowglobe.export import export, write_manifest
from snowglobe.model import ModelConfig, Transformer
from snowglobe.train import EVAL_LEVELS, TrainConfig

TEMPLATE = Path(__file__).resolve().parent / "cards" / "template.md"
KNOWN = {"device": str, "weak": str, "earlier": {"clips", "minutes", "device"}, "copy": {"name", "clips", "minutes", "patch"}}
FILES = ["model.safetensors", "config.json"]
DTYPES = {"F16": "fp16", "I8": "int8 with one scale a row of each matrix"}


def read_notes(path: Path | None) -> tuple[dict, str]:
    """What the notes say of the run, and their text."""
    text = path.read_text(encoding="utf-8") if path else ""
    if not text.startswith("+++\n"):
        return {}, text.strip()
    head, mark, body = text[4:].partition("\n+++\n")
    if not mark:
        raise SystemExit(f"{path} opens with +++ and has no second +++: close the part that is TOML")
    try:
        about = tomllib.loads(head)
    except tomllib.TOMLDecodeError as error:
        raise SystemExit(f"{path}: between the +++ stands no TOML ({error})") from None
    if unknown := sorted(set(about) - set(KNOWN)):
        raise SystemExit(f"{path} says {unknown}, which no card has: it may say {sorted(KNOWN)}")
    for name in ("earlier", "copy"):
        for entry in about.get(name, []):
            if set(entry) != KNOWN[name]:
                raise SystemExit(f"{path}: [[{name}]] needs {sorted(KNOWN[name])} and nothing else, not {sorted(entry)}")
    return about, body.strip()


def seen_in_training(earlier: list[dict], clips: int, step: int) -> str:
    total = clips + sum(stretch["clips"] for stretch in earlier)
    if not earlier:
        return f"{clips:,} clips in {step:,} steps"
    return f"{total:,} clips; the last stretch was {clips:,} in {step:,} steps"


def compute(earlier: list[dict], minutes: float, device: str) -> str:
    stretches = [*earlier, {"minutes": minutes, "device": device}]
    each = ", then ".join(f"{stretch['minutes']:.0f} minutes on {stretch['device']}" for stretch in stretches)
    if not earlier:
        return f"{minutes:.0f} minutes of training on {device}"
    return f"{sum(stretch['minutes'] for stretch in stretches):.0f} minutes of training: {each}"


def optimiser(trained: TrainConfig) -> str:
    if not trained.muon_lr:
        return f"AdamW ({trained.adam_lr})"
    return f"Muon ({trained.muon_lr}) on hidden matrices, AdamW ({trained.adam_lr}) on the rest"


def noise_levels(mapped: float) -> str:
    if not mapped:
        return "one level everywhere"
    return f"{1 - mapped:.0%} of the clips one level everywhere; the rest clean frames, clean regions, or a level a frame"


def told(copies: dict[str, str], weak: str | None) -> str:
    """What the card says of the earlier weights beside these: their rows by label, or where they lie."""
    if weak:
        return f"Autoguidance compares with `{weak.removeprefix('../')}`, of which this model was grown."
    rows = [copies[label] for label in sorted(copies, key=lambda label: -int(label.split("-")[1]))]
    head = "| copy | clips seen | minutes of training | patch |\n|---|---|---|---|\n"
    return "Copies of the averaged weights along the way, each a model of its own:\n\n" + head + "\n".join(rows)


# Of a set in report.json, what its films are.
SETS = {"fragments": "a phrase or two", "holes": "pairs never shown", "long": "24 frames", "short": "8 frames"}
MEASURES = ("colour", "setting", "count", "size", "thing", "motion", "speed", "strict", "identity")


def wilson(right: int, total: int, z: float = 1.959964) -> tuple[float, float]:
    """The interval that covers a share in 95 of 100 cases (Wilson 1927)."""
    share, whole = right / total, 1 + z * z / total
    reach = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    middle = share + z * z / (2 * total)
    return max(0.0, (middle - reach) / whole), min(1.0, (middle + reach) / whole)


def scores_table(folder: Path, weights: str) -> str:
    """The shares of report.json in percent, a column a set. Raises SystemExit where it is of other weights."""
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    if report["sha256"] != weights:
        raise SystemExit(f"{folder}/report.json is of other weights: make it anew (npm run report), or delete it")

    def head(one: dict) -> str:
        kind = SETS.get(one["name"], one["name"])
        return kind + (", student" if one["network"] == "student" else "") + (", decoded" if one["decoded"] else "")

    def cell(one: dict, measure: str) -> str:
        right, total = one["scores"].get(measure, (0, 0))
        if not total:
            return "-"
        low, high = wilson(right, total)
        return f"{100 * right / total:.0f} ({100 * low:.0f} .. {100 * high:.0f})"

    sets = report["sets"]
    rows = [["films, share right in percent (95 %)", *map(head, sets)], ["---"] * (len(sets) + 1)]
    rows.append(["clips; seeds from", *(f"{one['clips']}; {one['seeds'][0]:,}" for one in sets)])
    rows.append(["steps, sampler", *(f"{one['settings']['steps']} {one['settings']['sampler']}" for one in sets)])
    if any(one["settings"].get("restarts") for one in sets):
        rows.append(["restarts", *(str(one["settings"].get("restarts", 0)) for one in sets)])
    names = {"strict": "strict: everything at once", "identity": "stays the same thing"}
    rows += [[names.get(measure, measure), *(cell(one, measure) for one in sets)] for measure in MEASURES]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--device", help="what it was trained on, in words, for the card (two CPU cores)")
    parser.add_argument("--notes", type=Path, help="what no run knows, and Markdown for the end of the card, with {scores} for the table of OUT/report.json")
    parser.add_argument("--int8", action="store_true", help="matrices as int8 with a scale a row: half the size")
    parser.add_argument("--student", type=Path, help="student.pt of gpu_run.py: goes into OUT/student, matrices as int8")
    args = parser.parse_args()
    about, notes = read_notes(args.notes)
    dtype, earlier = "I8" if args.int8 else "F16", about.get("earlier", [])

    # A run on a GPU that was given back has left no checkpoint, but its last copy says the same.
    last = next((args.run / name for name in ("checkpoint.pt", "ema-1-1.pt") if (args.run / name).exists()), None)
    if last is None:
        raise SystemExit(f"{args.run} holds neither checkpoint.pt nor ema-1-1.pt: name the folder that a run was given as --out")
    state = torch.load(last, map_location="cpu", weights_only=True)
    config = ModelConfig.from_dict(state["model_config"])
    model = Transformer(config)
    model.load_state_dict(state["average"])
    # A run that was begun before a setting existed trained as its default says.
    name, trained = state["name"], TrainConfig.from_dict(state["train_config"])
    words = world.VOCABULARY[: config.vocabulary]
    export(model, config, args.out, name, {"vocabulary": words}, dtype)

    if args.student:
        student = torch.load(args.student, map_location="cpu", weights_only=True)
        model.load_state_dict(student["average"])
        export(model, config, args.out / "student", f"{name}-student", {"vocabulary": words}, "I8")
        write_manifest(args.out, FILES, student="student")

    copies = {
        entry["name"]: f"| `checkpoints/{entry['name']}` | {entry['clips']:,} | {entry['minutes']:g} | {entry['patch']} |"
        for entry in about.get("copy", [])
    }
    for label in copies:
        if not (args.out / "checkpoints" / label / "manifest.json").exists():
            raise SystemExit(f"{args.notes} names a copy {label} that is not in {args.out}/checkpoints: take it out of the notes")
    if "weak" in about:
        write_manifest(args.out, FILES, weak=about["weak"])
    before = {key: sum(stretch[key] for stretch in earlier) for key in ("clips", "minutes")}
    for label in () if "weak" in about else ("1-32", "1-8", "1-2"):
        path = args.run / f"ema-{label}.pt"
        if path.exists() and label not in copies:
            copy = torch.load(path, map_location="cpu", weights_only=True)
            copy_config = ModelConfig.from_dict(copy["model_config"])
            copy_model = Transformer(copy_config)
            copy_model.load_state_dict(copy["average"])
            folder = args.out / "checkpoints" / label
            export(copy_model, copy_config, folder, f"{name}-{label}", {"vocabulary": words}, dtype)
            patch = f"{copy_config.patch_frames} x {copy_config.patch_size} x {copy_config.patch_size}"
            clips, minutes = before["clips"] + copy["clips"], before["minutes"] + copy["seconds"] / 60
            copies[label] = f"| `checkpoints/{label}` | {clips:,} | {minutes:.1f} | {patch} |"

    if "{scores}" in notes:
        weights = hashlib.sha256((args.out / "model.safetensors").read_bytes()).hexdigest()
        notes = notes.replace("{scores}", scores_table(args.out, weights))
    records = [json.loads(line) for line in (args.run / "log.jsonl").read_text().splitlines()]
    evals = [record for record in records if "eval" in record]
    shown = [evals[i] for i in sorted({round(k * (len(evals) - 1) / 5) for k in range(6)})] if evals else []
    rows = [f"| {before['clips'] + r['clips']:,} | " + " | ".join(f"{e:.4f}" for e in r["eval"]) + " |" for r in shown]
    minutes = state["seconds"] / 60
    card = TEMPLATE.read_text(encoding="utf-8").format(
        **{**config.to_dict(), "decay": trained.decay, "ema": trained.ema, "text_drop": trained.text_drop, "name": name},
        tokens=config.tokens,
        parameters=sum(p.numel() for p in model.parameters()),
        megabytes=(args.out / "model.safetensors").stat().st_size / 1e6,
        weights=DTYPES[dtype],
        seen=seen_in_training(earlier, state["clips"], state["step"]),
        compute=compute(earlier, minutes, args.device or about.get("device", "two CPU cores")),
        optimiser=optimiser(trained),
        levels=noise_levels(trained.mapped),
        words=len(words),
        eval_clips=trained.eval_clips,
        eval_note=", in the last stretch" if earlier else "",
        eval_head=" | ".join(f"t = {t}" for t in EVAL_LEVELS),
        eval_rule="|".join("---" for _ in EVAL_LEVELS),
        eval_rows="\n".join(rows),
        copies=told(copies, about.get("weak")),
        notes=notes,
    )
    (args.out / "card.md").write_text(card.rstrip() + "\n", encoding="utf-8")
    print(f"{args.out}: {model.__class__.__name__} after {before['clips'] + state['clips']:,} clips, {before['minutes'] + minutes:.0f} min")


if __name__ == "__main__":
    main()
