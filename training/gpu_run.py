"""Everything that an hour on a GPU is for, in one command that may be given again and again:

    python3 training/gpu_run.py --run runs/small --out "$OUT"
    python3 training/gpu_run.py --config training/configs/small-rehearsal.toml --rehearse --run runs/rehearsal --out /tmp/out

Each call goes on where the last one stopped, for at most --seconds, through these stages:

    sweep    short runs: Muon or AdamW, noise levels, learning rate; the least error on the fixed sets goes on
    train    the run itself, --budget-minutes of it
    student  a copy that needs fewer steps (student.py)
    clips    of both, for the evaluation: what --plans asks for

Then it packs what is new into --out, in parts that fit through a narrow door: at most --room MiB a call, 15 MiB a part,
most needed first. `python3 training/gpu_run.py --unpack FOLDER --run runs/small` puts them together again, here or on the
next machine, where the same command goes on from them.

What it is not: it judges no clip (npm run evaluate does) and exports no model (export_run.py does).
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tarfile
import time
import zlib
from dataclasses import replace
from pathlib import Path

START = time.monotonic()
PART = 15 << 20  # bytes
PACKING = 15  # seconds kept for packing


def complaint() -> str | None:
    """What this machine lacks, in a sentence."""
    if sys.version_info < (3, 11):
        return f"this is Python {sys.version.split()[0]}, and training needs 3.11 or newer: call a newer python3"
    try:
        import numpy  # noqa: F401
        import torch
    except ImportError as error:
        return f"this Python has no {error.name}: install torch and numpy (training/requirements.txt) or call a python3 that has them"
    anywhere = any(argument.split("=")[0] in ("--rehearse", "--unpack", "--help", "-h") for argument in sys.argv)
    if not anywhere and not torch.cuda.is_available():
        return f"PyTorch {torch.__version__} sees no GPU here: look at nvidia-smi, or add --rehearse to try the whole of it on the CPU"
    return None


if (problem := complaint()) is not None:
    sys.exit(f"gpu_run: {problem}")

import torch  # noqa: E402

from sample import fill, fingerprint, write_about  # noqa: E402
from snowglobe import student, world  # noqa: E402
from snowglobe.export import export  # noqa: E402
from snowglobe.model import ModelConfig, Transformer  # noqa: E402
from snowglobe.train import TrainConfig, Trainer, load_config  # noqa: E402

# One change at a time, from the settings of the configuration; what wins stays for the next.
SWEEP = {
    "as configured": {},
    "AdamW": {"muon_lr": 0.0, "adam_lr": 6e-4},
    "noisier": {"level_mean": -1.0},
    "slower": {"rate": 0.5},
}

class Run:
    """The folder of a run, and what it knows of itself: about.json."""

    def __init__(self, args: argparse.Namespace):
        self.args, self.folder = args, args.run
        self.main, self.clips = args.run / "main", args.run / "clips"
        for folder in (self.main, self.clips):
            folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / "about.json"
        self.about = json.loads(path.read_text()) if path.exists() else {"sweep": {}, "done": [], "sent": {}, "calls": []}

    def note(self, **values) -> None:
        self.about |= values
        (self.folder / "about.json").write_text(json.dumps(self.about, indent=1) + "\n")

    def left(self) -> float:
        """Seconds of this call that are left for work."""
        return self.args.seconds - PACKING * self.args.pace - (time.monotonic() - START)

    def finish(self, stage: str) -> None:
        self.note(done=[*self.about["done"], stage])


def say(text: str) -> None:
    print(f"[{time.monotonic() - START:5.0f} s] {text}", flush=True)


def with_change(config: TrainConfig, change: dict) -> TrainConfig:
    rate = change.get("rate", 1.0)
    config = replace(config, **{name: value for name, value in change.items() if name != "rate"})
    return replace(config, muon_lr=config.muon_lr * rate, adam_lr=config.adam_lr * rate)


def settings(run: Run, config: TrainConfig) -> TrainConfig:
    """The configuration with the changes that won."""
    for name, result in run.about["sweep"].items():
        if result["kept"]:
            config = with_change(config, SWEEP[name])
    return config


def sweep(run: Run, trainer: Trainer, base: TrainConfig) -> bool:
    """True when every change has been tried."""
    length = run.args.sweep_seconds
    for name, change in SWEEP.items():
        if name in run.about["sweep"]:
            continue
        if run.left() < 1.2 * length:
            return False
        best = min((result["score"] for result in run.about["sweep"].values()), default=math.inf)
        trainer.restart(replace(with_change(settings(run, base), change), eval_every=math.inf))
        trainer.run(length)
        result = {"score": round(trainer.score, 4), "kept": trainer.score < best, "steps": trainer.step, "clips": trainer.clips}
        run.note(sweep=run.about["sweep"] | {name: result})
        say(f"sweep: {name}: {result}")
    return True


def train(run: Run, trainer: Trainer, config: TrainConfig) -> bool:
    """True when the whole budget is spent."""
    trainer.restart(config)
    for name in ("checkpoint.pt", "travel.pt"):
        if (run.main / name).exists():
            trainer.load(run.main / name)
            say(f"goes on from {name}: step {trainer.step}, {trainer.seconds / 60:.1f} minutes")
            break
    finished = trainer.run(run.args.budget_minutes * 60, run.main, piece=max(0.0, run.left()))
    trainer.save_travel(run.main)
    return finished


def load_average(path: Path, device: torch.device) -> Transformer:
    state = torch.load(path, map_location="cpu", weights_only=True)
    model = Transformer(ModelConfig.from_dict(state["model_config"]))
    model.load_state_dict(state["average"])
    return model.to(device).eval()


def drawn(run: Run, model: Transformer, label: str) -> bool:
    """Fills a copy of every folder of --plans (`npm run evaluate -- --plan`) with clips of this model: clips/LABEL-NAME. True
    when all are there; call it again to go on. The student's have four steps and no guidance."""
    exported = run.folder / "exported" / label
    export(model, model.config, exported, label, {"vocabulary": world.VOCABULARY[: model.config.vocabulary]})
    device = next(model.parameters()).device.type
    plans = sorted(run.args.plans.glob("*/clips.json")) if run.args.plans else []
    for plan in plans:
        about = json.loads(plan.read_text(encoding="utf-8"))
        if label == "student":
            if about["suite"] != "attributes":
                continue
            about["settings"] |= {"steps": student.STEPS, "sampler": "euler", "guidance": {"scale": 1.0, "from": 0.0, "to": 1.0}}
        if run.left() < 10 * run.args.pace:
            return False
        about["model"] = {"name": label, "sha256": fingerprint(exported), "folder": str(exported.resolve())}
        folder = run.clips / f"{label}-{plan.parent.name}"
        folder.mkdir(exist_ok=True)
        if not (folder / "clips.json").exists():
            write_about(folder, about)
        fill(folder, device, 256 if device == "cuda" else 2, device == "cuda")
        say(f"clips: {folder.name}")
    return True


# ---------------------------------------------------------------------------------------------------------------------
# Packing


def wanted(run: Run) -> list[Path]:
    """What should leave this machine, most needed first."""
    main = run.main
    small = [run.folder / "about.json", main / "log.jsonl", run.folder / "student" / "log.jsonl"]
    finished = "train" in run.about["done"]
    weights = [main / "ema-1-1.pt", run.folder / "student" / "student.pt"] if finished else [main / "travel.pt"]
    late = [main / f"ema-{label}.pt" for label in ("1-2", "1-8", "1-32")]  # a call on another machine would not make them again
    clips = [path for folder in sorted(run.clips.iterdir()) for path in (folder / "clips.json", folder / "clips.bin.gz")]
    return [path for path in (*small, *weights, *clips, *late) if path.exists()]


def pack(run: Run) -> None:
    out, room = run.args.out, run.args.room << 20
    if out is None:
        return
    out.mkdir(parents=True, exist_ok=True)
    chosen, waiting = [], []
    for path in wanted(run):
        stamp = zlib.crc32(path.read_bytes())
        name = str(path.relative_to(run.folder))
        if run.about["sent"].get(name) == stamp and path.suffix in (".pt", ".gz"):
            continue
        size = path.stat().st_size + 1024
        (chosen if size <= room else waiting).append(name)
        if name in chosen:
            room -= size
            run.about["sent"][name] = stamp
    run.note()
    bundle = run.folder / "bundle.tar"
    with tarfile.open(bundle, "w") as tar:
        for name in chosen:
            tar.add(run.folder / name, name)
    data = bundle.read_bytes()
    bundle.unlink()
    call = len(run.about["calls"])
    for i in range(0, len(data), PART):
        (out / f"results-{call:02d}.tar.{i // PART:02d}").write_bytes(data[i : i + PART])
    say(f"packed {len(chosen)} files, {len(data) / 2**20:.1f} MiB, into {out}; {len(waiting)} wait for the next call {waiting[:4]}")


def unpack(run: Run, folder: Path) -> None:
    """The other way: the parts of any number of calls, oldest first, into the run's folder."""
    calls = sorted({path.name.rsplit(".", 1)[0] for path in folder.rglob("results-*.tar.*")})
    if not calls:
        sys.exit(f"gpu_run: {folder} holds no results-*.tar.*: name the folder that the calls were packed into")
    for call in calls:
        joined = run.folder / "bundle.tar"
        joined.write_bytes(b"".join(path.read_bytes() for path in sorted(folder.rglob(f"{call}.*"))))
        with tarfile.open(joined) as tar:
            tar.extractall(run.folder, filter="data")
        joined.unlink()
    say(f"unpacked {len(calls)} calls into {run.folder}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--config", type=Path, default=Path(__file__).parent / "configs" / "small.toml")
    parser.add_argument("--start", type=Path, help="exported model whose weights a new run begins with")
    parser.add_argument("--plans", type=Path, help="folder of folders that `npm run evaluate -- --plan` prepared, to be filled")
    parser.add_argument("--run", type=Path, required=True, help="folder of the run")
    parser.add_argument("--out", type=Path, help="folder for what is packed")
    parser.add_argument("--unpack", type=Path, help="put together what earlier calls packed into this folder, and stop")
    parser.add_argument("--seconds", type=float, default=560, help="length of this call")
    parser.add_argument("--budget-minutes", type=float, default=13, help="training time of the whole run")
    parser.add_argument("--sweep-seconds", type=float, default=60, help="training time of each try; 0: no sweep")
    parser.add_argument("--student-minutes", type=float, default=3, help="training time of the student; 0: none")
    parser.add_argument("--room", type=int, default=57, help="MiB that may be packed in a call")
    parser.add_argument("--rehearse", action="store_true", help="on whatever is here, with few clips")
    args = parser.parse_args()
    args.pace = 1 / 16 if args.rehearse else 1
    run = Run(args)
    if args.unpack:
        return unpack(run, args.unpack)
    if args.rehearse:
        torch.set_num_threads(1)
    torch.set_float32_matmul_precision("high")
    torch.backends.cudnn.benchmark = True  # the detail head has few channels, which cuDNN does not expect
    name, model_config, base = load_config(args.config)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    card = torch.cuda.get_device_name() if device.type == "cuda" else "the CPU"
    run.note(calls=[*run.about["calls"], {"device": card, "torch": torch.__version__, "budget_minutes": args.budget_minutes}])
    say(f"{name} on {card}, PyTorch {torch.__version__}; done so far: {run.about['done'] or 'nothing'}")
    try:
        work(run, name, model_config, base, device)
    finally:  # whatever happened, what there is goes out
        pack(run)


def work(run: Run, name: str, model_config: ModelConfig, base: TrainConfig, device: torch.device) -> None:
    args, done = run.args, lambda stage: stage in run.about["done"]
    if not done("train"):
        trainer = Trainer(name, model_config, base, compiled=device.type == "cuda")
        if args.start:
            trainer.begin_with(args.start)
        if not done("sweep"):
            if args.sweep_seconds and not sweep(run, trainer, base):
                return
            run.finish("sweep")
        if not train(run, trainer, settings(run, base)):
            return
        run.finish("train")
        del trainer
    model = load_average(run.main / "ema-1-1.pt", device)
    if args.student_minutes and not done("student"):
        config = settings(run, base)
        if not student.train(model, config, run.folder / "student", args.student_minutes * 60, max(0.0, run.left()), say):
            return
        run.finish("student")
    if not done("clips"):
        if not drawn(run, model, "model"):
            return
        if args.student_minutes and not drawn(run, load_average(run.folder / "student" / "student.pt", device), "student"):
            return
        run.finish("clips")
    say("everything is done")


if __name__ == "__main__":
    main()
