"""Scenes and captions by the thousand, on the training device: what `world.sample_scene` and `world.caption` draw one by
one, drawn as tensors. The same laws of chance, not the same numbers: a test compares the two, number by number.

What it is: the world's sampler for models that see thousands of clips a second. What it is not: a way to name a scene;
that is `world.Draw(seed)`.
"""

from __future__ import annotations

import math
from functools import cache

import torch
from torch import Tensor

from . import world
from .world import WORLD, Batch

TRIES = 48  # candidates for each scene; three things that leave each other room are one in seven


@cache
def choices(device: torch.device) -> dict[str, Tensor]:
    """What each plot leaves to chance, as tables: the options of a kind (P, most) and how many there are (P,)."""
    plots = [WORLD["plots"][name] for name in world.PLOTS]
    tables = {}

    def options(name: str, words: list, chosen: list[list]) -> None:
        most = max(map(len, chosen))
        rows = [[words.index(word) for word in row] + [0] * (most - len(row)) for row in chosen]
        tables[name] = torch.tensor(rows, device=device)
        tables[f"{name}_count"] = torch.tensor([len(row) for row in chosen], device=device)

    options("settings", world.SETTINGS, [plot.get("settings", world.SETTINGS) for plot in plots])
    options("cameras", world.CAMERAS, [plot.get("cameras", ["stands"]) for plot in plots])
    options("lights", world.LIGHTS, [plot.get("lights", ["stays"]) for plot in plots])
    options("objects", [0, 1, 2, 3], [plot["objects"] for plot in plots])
    options("sizes", world.SIZES, [plot.get("sizes", world.SIZES) for plot in plots])
    options("motions", world.ALL_MOTIONS, [plot.get("motions", world.MOTIONS) for plot in plots])
    options("speeds", ["", *world.SPEEDS], [plot.get("speeds", world.SPEEDS) for plot in plots])
    for flag in ("turn", "wall", "picture"):
        tables[flag] = torch.tensor([bool(plot.get(flag)) for plot in plots], device=device)

    motions = list(WORLD["motions"].values())
    nothing = {"slowly": [0, 0], "fast": [0, 0]}
    tables |= {
        "law": torch.tensor(world.LAW_OF, device=device),
        "rates": torch.tensor([[m.get("speeds", nothing)[s] for s in world.SPEEDS] for m in motions], device=device),  # (M, 2, 2)
        "has_speed": torch.tensor(["speeds" in m for m in motions], device=device),
        "direction": torch.tensor([m.get("direction", [0, 0]) for m in motions], dtype=torch.float32, device=device),
        "reach": torch.tensor([m.get("radius", [0, 0]) for m in motions], device=device),
        "lean": torch.tensor([m.get("lean", 0.0) for m in motions], device=device),
        "growth": torch.tensor(world.GROWTH_OF, dtype=torch.float32, device=device),
        "radius": torch.tensor(list(WORLD["sizes"].values()), device=device),
        "company": torch.tensor(world.COMPANY, device=device),
        "spread": torch.tensor(world.SPREAD, device=device),
        "faces": torch.tensor([bool(WORLD["things"][name].get("faces")) for name in world.THINGS], device=device),
    }
    # A hole is a pair of words: for each kind of word, which holes it is the first or the second half of.
    pairs = WORLD["holes"]["pairs"]
    for kind, words in (
        ("colour", world.COLOURS),
        ("thing", world.THINGS),
        ("size", world.SIZES),
        ("motion", world.ALL_MOTIONS),
        ("setting", world.SETTINGS),
    ):
        tables[f"hole_{kind}"] = torch.tensor([[[word == half for half in pair] for pair in pairs] for word in words], device=device)
    return tables


def sample_scenes(plot: Tensor, frames: int, generator: torch.Generator, tries: int = TRIES) -> Batch:
    """One scene for each number of a plot (B,), for clips of so many frames: what `world.sample_scene` draws. Many
    candidates are drawn at once for each; the first that may be shown is kept."""
    batch = candidates(plot.repeat_interleave(tries), frames, generator)
    fits = showable(batch, frames).reshape(len(plot), tries)
    first = fits.int().argmax(1)  # argmax of equals is the first
    row = torch.arange(len(plot), device=plot.device)
    # A scene without a candidate (one in a thousand of three things) becomes another scene of the batch.
    row = torch.where(fits.any(1), row, fits.any(1).int().argmax())
    index = row * tries + first[row]
    return {name: values[index] for name, values in batch.items()}


def favoured_scenes(
    plots: Tensor, weights: Tensor, count: int, frames: int, generator: torch.Generator, favour: dict[str, float], tries: int = TRIES
) -> Batch:
    """`count` scenes of the numbered plots by their weights, the more often the more their most favoured thing or motion is, as
    `train.favoured_scene` draws them: others are drawn again."""
    most, parts, found = max(1.0, *favour.values(), 1.0), [], 0
    while found < count:
        chosen = torch.multinomial(weights, math.ceil(most * (count - found)), replacement=True, generator=generator)
        batch = sample_scenes(plots[chosen], frames, generator, tries)
        if most > 1:
            value = liking(batch, favour)
            rows = torch.nonzero(most * torch.rand(len(value), device=value.device, generator=generator) < value)[:, 0]
            batch = {name: values[rows] for name, values in batch.items()}
        parts.append(batch)
        found += len(batch["setting"])
    return {name: torch.cat([part[name] for part in parts])[:count] for name in parts[0]}


def liking(batch: Batch, favour: dict[str, float]) -> Tensor:
    """How many times as often a scene is shown (B,): the most of motion times thing, over what is there."""
    table = {
        kind: torch.tensor([favour.get(word, 1.0) for word in words], device=batch["thing"].device)
        for kind, words in (("thing", world.THINGS), ("motion", world.ALL_MOTIONS))
    }
    value = table["thing"][batch["thing"]] * table["motion"][batch["motion"]]  # (B, K)
    return torch.where(batch["here"], value, 0).amax(1)


def candidates(plot: Tensor, frames: int, generator: torch.Generator) -> Batch:
    """Scenes as `world.sample_plot` draws them, whether they may be shown or not."""
    table, device, batch, most = choices(plot.device), plot.device, len(plot), world.MAX_OBJECTS

    def chance(*shape: int) -> Tensor:
        return torch.rand(batch, *shape, device=device, generator=generator)

    def pick(kind: str, *shape: int) -> Tensor:
        u = chance(*shape)
        index = plot.reshape(-1, *[1] * len(shape))
        return table[kind][index, (u * table[f"{kind}_count"][index]).long()]

    def between(low, high, *shape: int) -> Tensor:
        return low + (high - low) * chance(*shape)

    setting, camera, light, count = pick("settings"), pick("cameras"), pick("lights"), pick("objects")
    company = torch.where(table["wall"][plot], 2, count)[:, None] - 1  # (B, 1)
    colour, thing = (chance(most) * len(world.COLOURS)).long(), (chance(most) * len(world.THINGS)).long()
    size, motion, speed = pick("sizes", most), pick("motions", most), pick("speeds", most)
    joint = motion == world.ALL_MOTIONS.index("colliding")  # (B, K)
    thing = torch.where(joint, world.THINGS.index("ball"), thing)
    speed = torch.where(joint, speed[:, :1], speed)
    jitter = WORLD["size_jitter"]
    radius = table["radius"][size] * between(1 - jitter, 1 + jitter, most) * table["company"][company]
    low, high = table["rates"][motion, speed - 1].unbind(-1)
    rate = between(low, high, most)
    floor = WORLD["floor"] - radius
    spread, rise = table["spread"][company].unbind(-1)
    u, v, w = 2 * chance(most) - 1, chance(most), chance(most)
    law = table["law"][motion]

    def under(name: str) -> Tensor:
        return law == world.LAWS.index(name)

    dx, dy = table["direction"][motion].unbind(-1)
    vx, vy = dx * rate, dy * rate
    x, y = 0.5 + spread * u, 0.48 + rise * (2 * v - 1)
    x = torch.where(dx != 0, 0.5 + 0.1 * u - vx * (frames - 1) / 2, x)
    y = torch.where(dx != 0, radius + (floor - radius) * v, y)
    x = torch.where(dy != 0, 0.5 + (0.5 - 0.8 * radius) * u, x)
    y = torch.where(dy != 0, 0.48 + 0.06 * (2 * v - 1) - vy * (frames - 1) / 2, y)
    x = torch.where(under("fall") | under("bounce"), 0.5 + (0.5 - 0.9 * radius) * u, x)
    y = torch.where(under("fall"), -0.05 + 0.25 * v, y)
    drop = 0.36 + 0.2 * v
    y = torch.where(under("bounce"), floor - drop, y)
    x = torch.where(under("orbit"), 0.5 + 0.5 * spread * u, x)
    y = torch.where(under("orbit"), 0.46 + 0.06 * (2 * v - 1), y)
    omega = torch.where(under("spin"), rate, torch.where(under("orbit"), torch.where(chance(most) < 0.5, rate, -rate), 0))
    fall_time = torch.sqrt(2 * drop / WORLD["gravity"])
    phase = torch.where(under("orbit"), 2 * math.pi * w, torch.where(under("bounce"), (1.4 * w - 0.8) * fall_time, 0))
    phase = torch.where(under("spin"), table["lean"][motion] * (2 * w - 1), phase)
    reach = torch.where(under("orbit"), between(*table["reach"][motion].unbind(-1), most), 0)

    # Two balls that run into each other: world.sample_collision.
    hit = (frames - 1) * between(0.35, 0.55)[:, None]  # (B, 1)
    angle, side = between(-0.6, 0.6), torch.where(chance() < 0.5, 1.0, -1.0)
    nx, ny = (side * angle.cos())[:, None], angle.sin()[:, None]
    sign = torch.tensor([-1.0, 1.0] + [0.0] * (most - 2), device=device)  # first ball, second ball
    towards = -side[:, None] * sign * rate * torch.where(sign > 0, chance(1), 1)  # (B, K)
    mass = radius[:, :2] ** 2
    closing = 2 * (towards[:, :1] - towards[:, 1:2]) * nx / mass.sum(1, keepdim=True)  # (B, 1)
    other = torch.cat([mass.flip(1), mass[:, :1].expand(-1, most - 2)], dim=1)  # (B, K)
    met_x, met_y = between(0.4, 0.6)[:, None], between(0.36, 0.56)[:, None]
    vx = torch.where(joint, towards, vx)
    x = torch.where(joint, met_x + sign * nx * radius - vx * hit, x)
    y = torch.where(joint, met_y + sign * ny * radius, y)
    never = torch.full_like(x, world.NEVER)
    ux, uy = vx + sign * other * closing * nx, sign * other * closing * ny

    night = world.SETTINGS.index("night")
    to = (chance(most) * (len(world.COLOURS) - 1)).long()
    turn = table["turn"][plot][:, None] & (torch.arange(most, device=device) == 0)
    wall = table["wall"][plot]
    return {
        "radius": radius, "x": x, "y": y, "vx": vx, "vy": vy, "omega": omega, "phase": phase, "reach": reach,
        "hit": torch.where(joint, hit, never), "ux": torch.where(joint, ux, 0), "uy": torch.where(joint, uy, 0),
        "mirror": torch.where(table["faces"][thing] & (vx < 0), -1.0, 1.0),
        "thing": thing, "colour": colour, "to": torch.where(turn, to + (to >= colour), colour), "size": size,
        "motion": motion, "speed": torch.where(table["has_speed"][motion], speed, 0),
        "here": torch.arange(most, device=device) < count[:, None],
        "camera": camera, "backdrop": chance() * WORLD["backdrop_period"], "setting": setting,
        "start": torch.where(light == world.LIGHTS.index("dawn"), night, setting),
        "end": torch.where(light == world.LIGHTS.index("dusk"), night, setting),
        "light": light, "wall": wall, "picture": table["picture"][plot],
        "wall_x": torch.where(wall, x[:, 0] + vx[:, 0] * (frames - 1) / 2, 0),
        "wall_top": torch.where(wall, y[:, 0] - radius[:, 0] - WORLD["wall"]["above"], 0),
    }  # fmt: skip


def showable(batch: Batch, frames: int) -> Tensor:
    """Which scenes training may show (B,): not in a hole, no two things of one colour, none that covers another."""
    table, here = choices(batch["thing"].device), batch["here"]
    said = table["hole_setting"][batch["setting"]][:, None] | table["hole_colour"][batch["colour"]] | table["hole_colour"][batch["to"]]
    for kind in ("thing", "size", "motion"):
        said = said | table[f"hole_{kind}"][batch[kind]]  # (B, K, holes, 2)
    bad = (said.all(-1).any(-1) & here).any(-1)
    law, growth = table["law"][batch["motion"]], table["growth"][batch["motion"]]
    numbers = {name: batch[name] for name in world.NUMBERS} | {"law": law, "from": growth[..., 0], "to": growth[..., 1]}
    moments = torch.tensor([0, frames // 2, frames - 1], device=law.device, dtype=torch.float32)
    x, y, _, _ = world.laws({name: value[..., None] for name, value in numbers.items()}, moments, frames, torch)  # (B, K, 3)
    for i in range(world.MAX_OBJECTS):
        for j in range(i):
            near = 0.7 * (batch["radius"][:, i] + batch["radius"][:, j])
            crowded = (torch.hypot(x[:, i] - x[:, j], y[:, i] - y[:, j]) < near[:, None]).any(-1)
            alike = batch["colour"][:, i] == batch["colour"][:, j]
            bad = bad | ((crowded | alike) & here[:, i])
    return ~bad


# ---------------------------------------------------------------------------------------------------------------------
# Captions


@cache
def phrases(device: torch.device) -> dict[str, Tensor]:
    """Word tokens of every phrase, as tables padded with <pad>: (options, words)."""

    def table(texts: list[str]) -> Tensor:
        rows = [[world.INDEX[word] for word in text.split()] for text in texts]
        most = max(map(len, rows))
        return torch.tensor([row + [0] * (most - len(row)) for row in rows], device=device)

    def of(kind: str) -> Tensor:
        return table([entry["phrase"] for entry in WORLD[kind].values()])

    return {
        "motion": of("motions"), "setting": of("settings"), "camera": of("cameras"), "light": of("lights"),
        "size": table(world.SIZES), "colour": table(world.COLOURS), "thing": table(world.THINGS),
        "speed": table(["", *world.SPEEDS]), "wall": table([WORLD["wall"]["phrase"]]),
        "vowel": torch.tensor([word[0] in "aeiou" for word in world.VOCABULARY], device=device),
    }  # fmt: skip


def caption_tokens(
    batch: Batch, length: int, generator: torch.Generator | None, odds: dict, text_drop: float = 0.0, fragments: float = 0.0
) -> Tensor:
    """Word tokens (B, length) of captions as `world.caption` words them. Every phrase that a caption can have stands in
    its place, as <pad> where this one has it not; then the words are moved together. Without a generator the captions
    are the full ones. text_drop: share of captions that are empty; fragments: of those of one thing that say little."""
    table, device = phrases(batch["thing"].device), batch["thing"].device
    size = len(batch["thing"])

    def chance(share: float) -> Tensor:
        if generator is None:
            return torch.zeros(size, dtype=torch.bool, device=device)
        return torch.rand(size, device=device, generator=generator) < share

    def word(text: str, where: Tensor) -> Tensor:
        return where[:, None] * world.INDEX[text]

    shortened, long = chance(odds["shortened_caption"]), chance(0.5)

    def said() -> Tensor:
        return ~(shortened & chance(odds["dropped_word"]))

    here = batch["here"]
    joint = batch["motion"][:, 0] == world.ALL_MOTIONS.index("colliding")

    def moves(verb: str, k: int, where: Tensor) -> tuple[list[Tensor], Tensor]:
        moving, rate = where & said(), said()
        motion, speed = table["motion"][batch["motion"][:, k]], table["speed"][batch["speed"][:, k]]
        return [word(verb, moving & long), motion * moving[:, None], speed * (moving & rate)[:, None]], moving

    parts = [word("a", batch["picture"]), word("picture", batch["picture"]), word("of", batch["picture"])]
    for k in range(world.MAX_OBJECTS):
        there, turns = here[:, k], batch["to"][:, k] != batch["colour"][:, k]
        if k:
            parts.append(word("and", there))
        parts.append(word("a", there))
        parts.append(table["size"][batch["size"][:, k]] * (there & said())[:, None])
        parts.append(table["colour"][batch["colour"][:, k]] * (there & said() & ~turns)[:, None])
        vague = shortened & chance(0.15)
        parts.append(torch.where(vague[:, None], world.INDEX["thing"], table["thing"][batch["thing"][:, k]]) * there[:, None])
        clause, moving = moves("is", k, there & ~joint & ~batch["picture"])
        turn = there & turns & said()
        a, b = (table["colour"][batch[name][:, k]] * turn[:, None] for name in ("colour", "to"))
        parts += [*clause, word("and", turn & moving & long), word("turns", turn), word("from", turn), a, word("to", turn), b]
    parts += moves("are", 0, joint)[0]
    parts.append(table["wall"].expand(size, -1) * (batch["wall"] & said())[:, None])
    for kind in ("setting", "camera", "light"):
        parts.append(table[kind][batch[kind]] * said()[:, None])
    words = torch.cat(parts, dim=1)  # (B, all places)
    if fragments:
        few = fragment_words(batch, generator, words.shape[1])
        words = torch.where((here.sum(1, keepdim=True) == 1) & chance(fragments)[:, None], few, words)
    words = words * ~chance(text_drop)[:, None]
    words = words.gather(1, (words == 0).long().argsort(dim=1, stable=True))[:, : length - 1]  # <pad>, which is 0, to the end
    vowel = table["vowel"][words].roll(-1, dims=1)
    words = torch.where((words == world.INDEX["a"]) & vowel, world.INDEX["an"], words)
    start = torch.full((size, 1), world.INDEX["<start>"], device=device)
    return torch.cat([start, words], dim=1)


def fragment_words(batch: Batch, generator: torch.Generator, places: int) -> Tensor:
    """One to three phrases of the caption of the first thing, as `world.fragment` chooses and orders them: (B, places), <pad>
    where nothing is said. It says "something" as the tokenizer reads it."""
    table, device = phrases(batch["thing"].device), batch["thing"].device
    size = len(batch["thing"])

    def chance(*shape: int) -> Tensor:
        return torch.rand(size, *shape, device=device, generator=generator)

    pans = batch["camera"] != world.CAMERAS.index("stands")
    order = chance(6)  # size, colour, thing, motion, setting, camera: those of the least numbers are said
    order[:, 5] = torch.where(pans, order[:, 5], 2)
    chosen = order.argsort(1).argsort(1) < 1 + (3 * chance(1)).long()
    big, colour, thing, motion, setting, camera = chosen.unbind(1)
    vague = ~thing & (big | colour | (chance() < 0.5))
    something = vague & (chance() < 0.5)

    def word(text: str, where: Tensor) -> Tensor:
        return where[:, None] * world.INDEX[text]

    def of(kind: str, name: str, where: Tensor) -> Tensor:
        values = batch[name] if batch[name].ndim == 1 else batch[name][:, 0]
        return table[kind][values] * where[:, None]

    parts = [
        word(world.WORLD["aliases"]["something"], something), word("a", (thing | vague) & ~something),
        of("size", "size", big), of("colour", "colour", colour), of("thing", "thing", thing), word("thing", vague & ~something),
        of("motion", "motion", motion), of("speed", "speed", motion & (chance() < 0.5)),
        of("setting", "setting", setting), of("camera", "camera", camera),
    ]  # fmt: skip
    words = torch.cat(parts, dim=1)
    return torch.cat([words, words.new_zeros(size, places - words.shape[1])], dim=1)
